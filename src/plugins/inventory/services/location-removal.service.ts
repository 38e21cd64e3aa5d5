import { Injectable } from '@nestjs/common';
import { RequestContext, StockLocation, StockLocationService, TransactionalConnection } from '@vendure/core';
import {
  DeletionResult,
  type DeleteStockLocationInput,
  type DeletionResponse,
} from '@vendure/common/lib/generated-types';
import { UnknownStockError } from '../errors';
import { rowIds } from '../rules/lock-plan';
import { PickListService } from './pick-list.service';

interface UnitsInUse {
  allocated: number;
  held: number;
}

/**
 * Removes stock locations. When core moves a location's levels to another one it deletes the movements that they come
 * from: the ledger would not add up any more, and what is allocated there could never be released. Here the movements,
 * the holds and what was picked go along, and what was still to be picked is listed anew where the units are now.
 *
 * Without another location core forgets what was promised of the stock: that is refused here.
 */
@Injectable()
export class LocationRemovalService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locations: StockLocationService,
    private readonly pickLists: PickListService,
  ) {}

  /** @throws UnknownStockError if the channel does not have the location that takes the stock over */
  async remove(ctx: RequestContext, input: DeleteStockLocationInput): Promise<DeletionResponse> {
    const [from] = rowIds([input.id]);
    // Core says that it does not know it.
    if (from === undefined || !(await this.inChannel(ctx, from))) return this.locations.delete(ctx, input);
    const [to] = rowIds([input.transferToLocationId]);
    if (input.transferToLocationId != null && (to === undefined || !(await this.inChannel(ctx, to)))) {
      throw new UnknownStockError();
    }
    if (to === undefined || to === from) {
      const { allocated, held } = await this.inUse(ctx, from);
      if (allocated === 0 && held === 0) return this.locations.delete(ctx, input);
      const message = ctx.translate('message.location-in-use', { allocated, held });
      return { result: DeletionResult.NOT_DELETED, message };
    }
    const picked = await this.query<{ orderId: number }>(
      ctx,
      `SELECT "orderId" FROM pick_list WHERE "stockLocationId" = $1 AND state = 'open' ORDER BY 1`,
      [from],
    );
    // Open lists are not moved: nobody picks there any more.
    for (const table of ['stock_movement', 'stock_hold', 'pick_list']) {
      await this.query(
        ctx,
        `UPDATE ${table} SET "stockLocationId" = $2 WHERE "stockLocationId" = $1
           ${table === 'pick_list' ? `AND state <> 'open'` : ''}`,
        [from, to],
      );
    }
    const response = await this.locations.delete(ctx, input);
    // The lock plan has locked these orders before the stock. One that got its list in between is locked only now:
    // should that be a deadlock, the whole removal is run again.
    for (const { orderId } of picked) await this.pickLists.allocate(ctx, orderId);
    return response;
  }

  private async inChannel(ctx: RequestContext, locationId: number): Promise<boolean> {
    const rows = await this.query(
      ctx,
      'SELECT FROM stock_location_channels_channel WHERE "stockLocationId" = $1 AND "channelId" = $2',
      [locationId, ctx.channelId],
    );
    return rows.length > 0;
  }

  /** What orders were promised of a location's stock, which is locked. */
  private async inUse(ctx: RequestContext, locationId: number): Promise<UnitsInUse> {
    const [units] = await this.query<UnitsInUse>(
      ctx,
      `SELECT (SELECT coalesce(sum("stockAllocated"), 0) FROM stock_level WHERE "stockLocationId" = $1)::int AS allocated,
              (SELECT coalesce(sum(quantity), 0) FROM stock_hold
               WHERE "stockLocationId" = $1 AND state = 'active' AND "expiresAt" > clock_timestamp())::int AS held`,
      [locationId],
    );
    return units ?? { allocated: 0, held: 0 };
  }

  private query<T extends object>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T[]> {
    return this.connection.getRepository(ctx, StockLocation).manager.query<T[]>(sql, parameters);
  }
}
