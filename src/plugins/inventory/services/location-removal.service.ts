import { Injectable } from '@nestjs/common';
import { RequestContext, StockLocation, StockLocationService, TransactionalConnection } from '@vendure/core';
import type { DeleteStockLocationInput, DeletionResponse } from '@vendure/common/lib/generated-types';
import { rowIds } from '../rules/lock-plan';

/**
 * Removes stock locations. When core moves a location's levels to another one it deletes the movements that they come
 * from: the ledger would not add up any more, and what is allocated there could never be released. Here the movements,
 * the holds and what was picked go along.
 */
@Injectable()
export class LocationRemovalService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locations: StockLocationService,
  ) {}

  async remove(ctx: RequestContext, input: DeleteStockLocationInput): Promise<DeletionResponse> {
    const [from] = rowIds([input.id]);
    const [to] = rowIds([input.transferToLocationId]);
    if (from !== undefined && to !== undefined && from !== to) {
      const { manager } = this.connection.getRepository(ctx, StockLocation);
      // Open pick lists are not moved: nobody picks there any more. What they had is listed anew.
      for (const table of ['stock_movement', 'stock_hold', 'pick_list']) {
        await manager.query(
          `UPDATE ${table} SET "stockLocationId" = $2 WHERE "stockLocationId" = $1
             AND EXISTS (SELECT FROM stock_location WHERE id = $2)
             AND EXISTS (SELECT FROM stock_location_channels_channel
                         WHERE "stockLocationId" = $1 AND "channelId" = $3)
             ${table === 'pick_list' ? `AND state <> 'open'` : ''}`,
          [from, to, ctx.channelId],
        );
      }
    }
    return this.locations.delete(ctx, input);
  }
}
