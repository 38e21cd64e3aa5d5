import { Injectable } from '@nestjs/common';
import {
  GlobalSettingsService,
  RequestContext,
  RequestContextCacheService,
  StockLocationService,
  TransactionalConnection,
  StockLevel,
} from '@vendure/core';
import DataLoader from 'dataloader';
import type { LocationStock, VariantStock } from '../rules/plan-allocation';
import { rowIds } from '../rules/lock-plan';
import { StockLockService, type LockedLevel } from './stock-lock.service';

interface HeldRow {
  variantId: string;
  locationId: string;
  quantity: number;
}

interface VariantSettings {
  id: string;
  trackInventory: 'TRUE' | 'FALSE' | 'INHERIT';
  outOfStockThreshold: number;
  useGlobalOutOfStockThreshold: boolean;
}

/** Reads what of a variant can be had, with the holds of other checkouts subtracted. */
@Injectable()
export class StockAvailabilityService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locks: StockLockService,
    private readonly globalSettings: GlobalSettingsService,
    private readonly stockLocations: StockLocationService,
    private readonly requestCache: RequestContextCacheService,
  ) {}

  /**
   * Locks the stock of the variants and reads what can be had of them in the channel.
   *
   * The holds are read by a statement of their own, after the lock: one that waited would still see them as they
   * were before.
   *
   * @param exceptOrderId an order whose own holds do not count against it
   */
  async lockedStock(
    ctx: RequestContext,
    variantIds: readonly unknown[],
    exceptOrderId?: unknown,
  ): Promise<Map<string, VariantStock>> {
    const levels = await this.lockAllLevels(ctx, variantIds);
    const settings = await this.settings(ctx, variantIds);
    const held = await this.heldUnits(ctx, variantIds, exceptOrderId);
    const { trackInventory, outOfStockThreshold } = await this.globalSettings.getSettings(ctx);
    return new Map(
      settings.map(variant => [
        variant.id,
        {
          variantId: variant.id,
          tracked: variant.trackInventory === 'INHERIT' ? trackInventory : variant.trackInventory === 'TRUE',
          threshold: variant.useGlobalOutOfStockThreshold ? outOfStockThreshold : variant.outOfStockThreshold,
          locations: levels
            .filter(level => level.inChannel && level.variantId === variant.id)
            .map(level => withHeld(level, held)),
        },
      ]),
    );
  }

  /** Units of a variant that other checkouts hold now, by location; batched over a request, never remembered. */
  heldElsewhere(ctx: RequestContext, variantId: unknown): Promise<ReadonlyMap<string, number>> {
    const loader = this.requestCache.get(
      ctx,
      'StockAvailabilityService.held',
      () =>
        new DataLoader<string, Map<string, number>>(
          async ids => {
            const rows = await this.heldUnits(ctx, ids, ctx.session?.activeOrderId);
            return ids.map(
              id =>
                new Map(
                  rows
                    .filter(row => row.variantId === id)
                    .map(({ locationId, quantity }) => [locationId, quantity]),
                ),
            );
          },
          { cache: false },
        ),
    );
    return loader.load(String(variantId));
  }

  /** The locations that serve the channel of the request. */
  channelLocations(ctx: RequestContext): Promise<ReadonlySet<string>> {
    return this.requestCache.get(ctx, 'StockAvailabilityService.locations', async () => {
      const rows: { id: string }[] = await this.query(
        ctx,
        'SELECT "stockLocationId"::text AS id FROM stock_location_channels_channel WHERE "channelId" = $1',
        [ctx.channelId],
      );
      return new Set(rows.map(({ id }) => id));
    });
  }

  private heldUnits(
    ctx: RequestContext,
    variantIds: readonly unknown[],
    exceptOrderId: unknown,
  ): Promise<HeldRow[]> {
    return this.query(
      ctx,
      `SELECT "productVariantId"::text AS "variantId", "stockLocationId"::text AS "locationId",
              sum(quantity)::int AS quantity
       FROM stock_hold
       WHERE "productVariantId" = ANY($1::int[]) AND state = 'active' AND "expiresAt" > clock_timestamp()
         AND "orderId" IS DISTINCT FROM $2::int
       GROUP BY 1, 2`,
      [rowIds(variantIds), exceptOrderId ?? null],
    );
  }

  /** A variant that was never stocked has no row that could be locked: it gets one. */
  private async lockAllLevels(ctx: RequestContext, variantIds: readonly unknown[]): Promise<LockedLevel[]> {
    const levels = await this.locks.lockLevels(ctx, variantIds);
    const stocked = new Set(levels.filter(({ inChannel }) => inChannel).map(({ variantId }) => variantId));
    const missing = rowIds(variantIds).filter(id => !stocked.has(String(id)));
    if (missing.length === 0) return levels;
    const location = await this.stockLocations.defaultStockLocation(ctx);
    await this.query(
      ctx,
      `INSERT INTO stock_level ("productVariantId", "stockLocationId", "stockOnHand", "stockAllocated")
       SELECT v.id, $2, 0, 0 FROM product_variant v WHERE v.id = ANY($1::int[])
       ON CONFLICT DO NOTHING`,
      [missing, location.id],
    );
    return this.locks.lockLevels(ctx, variantIds);
  }

  private settings(ctx: RequestContext, variantIds: readonly unknown[]): Promise<VariantSettings[]> {
    return this.query(
      ctx,
      `SELECT id::text AS id, "trackInventory", "outOfStockThreshold", "useGlobalOutOfStockThreshold"
       FROM product_variant WHERE id = ANY($1::int[])`,
      [rowIds(variantIds)],
    );
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, StockLevel).manager.query(sql, parameters);
  }
}

function withHeld(level: LockedLevel, held: HeldRow[]): LocationStock {
  const { locationId, onHand, allocated, variantId } = level;
  const row = held.find(hold => hold.variantId === variantId && hold.locationId === locationId);
  return { locationId, onHand, allocated, held: row?.quantity ?? 0 };
}
