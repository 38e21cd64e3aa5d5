import { Injectable } from '@nestjs/common';
import { GlobalSettingsService, RequestContext, TransactionalConnection } from '@vendure/core';
import { OutboxService } from '../../domain-events';
import { LowStock } from '../entities/stock-watch.entity';
import { UnknownStockError } from '../errors';
import { BackInStock, StockLow } from '../events/inventory-events';
import { rowIds } from '../rules/lock-plan';
import {
  isEmpty,
  watchChanges,
  type WatchChanges,
  type WatchedLocation,
  type WatchedVariant,
} from '../rules/stock-watch';
import type { StockThresholdInput } from '../types';

/** The first half of the keys of this plugin's advisory locks; the second is the variant's id. */
const WATCH_LOCK = 0x5701;

const DRIFT_BATCH = 200;

interface VariantRow {
  variantId: string;
  trackInventory: 'TRUE' | 'FALSE' | 'INHERIT';
  outOfStockThreshold: number;
  useGlobalOutOfStockThreshold: boolean;
  deleted: boolean;
  channels: string[];
  soldOutIn: string[];
}

/**
 * Tells when stock gets low at a location, and when a variant can be had again. The only writer of `stock_threshold`,
 * `low_stock` and `sold_out`.
 *
 * It never trusts what an event says: it counts anew from the tables, one look at a variant at a time, and compares
 * with what it remembers having told. So it does not matter in which order or how often it is asked.
 */
@Injectable()
export class StockWatchService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly globalSettings: GlobalSettingsService,
    private readonly outbox: OutboxService,
  ) {}

  /** Looks at the variants, in the caller's transaction, and tells what has changed. */
  async check(ctx: RequestContext, variantIds: readonly unknown[]): Promise<void> {
    const ids = rowIds(variantIds);
    if (ids.length === 0) return;
    // What is read after this is newer than anything that another look has decided on.
    await this.query(
      ctx,
      'SELECT pg_advisory_xact_lock($1, id) FROM (SELECT unnest($2::int[]) AS id ORDER BY 1) sorted',
      [WATCH_LOCK, ids],
    );
    const variants = await this.read(ctx, ids);
    const changes = variants
      .map(variant => ({ variantId: variant.variantId, ...watchChanges(variant) }))
      .filter(({ variantId: _, ...change }) => !isEmpty(change));
    if (changes.length > 0) await this.tell(ctx, changes);
  }

  /**
   * Sets at how many saleable units variants are low at locations. Null takes a threshold away: the shop's default is
   * in force again.
   */
  async setThresholds(ctx: RequestContext, input: readonly StockThresholdInput[]): Promise<void> {
    const byPlace = new Map(
      input.map(item => [`${item.productVariantId}:${item.stockLocationId}`, item] as const),
    );
    const items = [...byPlace.values()].map(item => ({
      variant: rowIds([item.productVariantId])[0] ?? 0,
      location: rowIds([item.stockLocationId])[0] ?? 0,
      threshold: item.threshold ?? null,
    }));
    const places = [items.map(({ variant }) => variant), items.map(({ location }) => location)];
    const [known] = await this.query<{ count: number }[]>(
      ctx,
      `SELECT count(*)::int AS count FROM unnest($1::int[], $2::int[]) AS t(variant, location)
       WHERE EXISTS (SELECT FROM product_variant_channels_channel c
                     WHERE c."productVariantId" = t.variant AND c."channelId" = $3)
         AND EXISTS (SELECT FROM stock_location_channels_channel c
                     WHERE c."stockLocationId" = t.location AND c."channelId" = $3)`,
      [...places, ctx.channelId],
    );
    if (known?.count !== items.length) throw new UnknownStockError();
    await this.query(
      ctx,
      `WITH input AS (
         SELECT * FROM unnest($1::int[], $2::int[], $3::int[]) AS t(variant, location, threshold)
       ), removed AS (
         DELETE FROM stock_threshold s USING input i
         WHERE s."productVariantId" = i.variant AND s."stockLocationId" = i.location AND i.threshold IS NULL
       )
       INSERT INTO stock_threshold ("productVariantId", "stockLocationId", threshold)
       SELECT variant, location, threshold FROM input WHERE threshold IS NOT NULL ORDER BY variant, location
       ON CONFLICT ("productVariantId", "stockLocationId")
         DO UPDATE SET threshold = excluded.threshold, "updatedAt" = now()`,
      [...places, items.map(({ threshold }) => threshold)],
    );
    await this.check(ctx, places[0] ?? []);
  }

  /**
   * Finds variants whose stock is not what was told of it, and looks at them: after a change that no event tells (of
   * the shop's settings, of a location's channels), or one that was made past this server.
   *
   * @returns how many variants were looked at
   */
  async checkDrifted(ctx: RequestContext, limit: number): Promise<number> {
    const settings = await this.settings(ctx);
    const drifted = await this.query<{ id: number }[]>(ctx, DRIFTED, [
      settings.lowStockThreshold,
      settings.trackInventory,
      settings.outOfStockThreshold,
      limit,
    ]);
    for (let at = 0; at < drifted.length; at += DRIFT_BATCH) {
      const ids = drifted.slice(at, at + DRIFT_BATCH).map(({ id }) => id);
      await this.connection.withTransaction(ctx, tx => this.check(tx, ids));
    }
    return drifted.length;
  }

  private async tell(
    ctx: RequestContext,
    changes: readonly (WatchChanges & { variantId: string })[],
  ): Promise<void> {
    const pairs = (of: (change: WatchChanges) => readonly string[]) => {
      const rows = changes.flatMap(change => of(change).map(id => [Number(change.variantId), Number(id)]));
      return [rows.map(([variant]) => variant), rows.map(([, other]) => other)];
    };
    const write = async (sql: string, [variants = [], others = []]: unknown[][]) => {
      if (variants.length > 0) await this.query(ctx, sql, [variants, others]);
    };
    await write(
      INSERT_LOW,
      pairs(({ low }) => low.map(({ locationId }) => locationId)),
    );
    await write(
      DELETE_LOW,
      pairs(({ recovered }) => recovered),
    );
    await write(
      INSERT_SOLD_OUT,
      pairs(({ soldOut }) => soldOut),
    );
    await write(
      DELETE_SOLD_OUT,
      pairs(({ backIn, forgotten }) => [...backIn.map(({ channelId }) => channelId), ...forgotten]),
    );
    await this.outbox.publishAll(
      ctx,
      changes.flatMap(({ variantId: productVariantId, low, backIn }) => [
        ...low.map(({ locationId: stockLocationId, saleable, threshold }) =>
          StockLow.of(productVariantId, { productVariantId, stockLocationId, saleable, threshold }),
        ),
        ...backIn.map(({ channelId, saleable }) =>
          BackInStock.of(productVariantId, { productVariantId, channelId, saleable }),
        ),
      ]),
    );
  }

  private async read(ctx: RequestContext, ids: readonly number[]): Promise<WatchedVariant[]> {
    const settings = await this.settings(ctx);
    const variants = await this.query<VariantRow[]>(
      ctx,
      `SELECT v.id::text AS "variantId", v."trackInventory", v."outOfStockThreshold",
              v."useGlobalOutOfStockThreshold", v."deletedAt" IS NOT NULL AS deleted,
              ARRAY(SELECT c."channelId"::text FROM product_variant_channels_channel c
                    WHERE c."productVariantId" = v.id ORDER BY 1) AS channels,
              ARRAY(SELECT s."channelId"::text FROM sold_out s WHERE s."productVariantId" = v.id ORDER BY 1)
                AS "soldOutIn"
       FROM product_variant v WHERE v.id = ANY($1::int[]) ORDER BY v.id`,
      [ids],
    );
    const locations = await this.query<(WatchedLocation & { variantId: string })[]>(
      ctx,
      `SELECT s."productVariantId"::text AS "variantId", s."stockLocationId"::text AS "locationId",
              s."stockOnHand" AS "onHand", s."stockAllocated" AS allocated,
              coalesce(t.threshold, $2::int) AS "lowThreshold", l.id IS NOT NULL AS "toldLow",
              ARRAY(SELECT c."channelId"::text FROM stock_location_channels_channel c
                    WHERE c."stockLocationId" = s."stockLocationId") AS channels
       FROM stock_level s
       LEFT JOIN stock_threshold t USING ("productVariantId", "stockLocationId")
       LEFT JOIN low_stock l USING ("productVariantId", "stockLocationId")
       WHERE s."productVariantId" = ANY($1::int[]) ORDER BY s.id`,
      [ids, settings.lowStockThreshold],
    );
    return variants.map(variant => ({
      ...variant,
      tracked:
        variant.trackInventory === 'INHERIT' ? settings.trackInventory : variant.trackInventory === 'TRUE',
      threshold: variant.useGlobalOutOfStockThreshold
        ? settings.outOfStockThreshold
        : variant.outOfStockThreshold,
      locations: locations.filter(({ variantId }) => variantId === variant.variantId),
    }));
  }

  private async settings(ctx: RequestContext) {
    const { trackInventory, outOfStockThreshold, customFields } = await this.globalSettings.getSettings(ctx);
    return {
      trackInventory,
      outOfStockThreshold,
      lowStockThreshold: customFields.lowStockThreshold ?? null,
    };
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, LowStock).manager.query(sql, parameters);
  }
}

const INSERT_LOW = `INSERT INTO low_stock ("productVariantId", "stockLocationId")
  SELECT * FROM unnest($1::int[], $2::int[]) ON CONFLICT DO NOTHING`;
const DELETE_LOW = `DELETE FROM low_stock USING unnest($1::int[], $2::int[]) AS gone(variant, location)
  WHERE "productVariantId" = variant AND "stockLocationId" = location`;
const INSERT_SOLD_OUT = `INSERT INTO sold_out ("productVariantId", "channelId")
  SELECT * FROM unnest($1::int[], $2::int[]) ON CONFLICT DO NOTHING`;
const DELETE_SOLD_OUT = `DELETE FROM sold_out USING unnest($1::int[], $2::int[]) AS gone(variant, channel)
  WHERE "productVariantId" = variant AND "channelId" = channel`;

/** The rules of `watchChanges` once more, for the whole shop at once: only to find where it is worth to look. */
const DRIFTED = `
  WITH variant AS (
    SELECT v.id, (v."trackInventory" = 'TRUE' OR (v."trackInventory" = 'INHERIT' AND $2::boolean)) AS tracked,
           CASE WHEN v."useGlobalOutOfStockThreshold" THEN $3::int ELSE v."outOfStockThreshold" END AS threshold
    FROM product_variant v WHERE v."deletedAt" IS NULL
  ), level AS (
    SELECT s."productVariantId" AS variant, s."stockLocationId" AS location,
           s."stockOnHand" - s."stockAllocated" AS free
    FROM stock_level s
  ), low AS (
    SELECT l.variant FROM level l JOIN variant v ON v.id = l.variant
    LEFT JOIN stock_threshold t ON t."productVariantId" = l.variant AND t."stockLocationId" = l.location
    LEFT JOIN low_stock w ON w."productVariantId" = l.variant AND w."stockLocationId" = l.location
    WHERE (w.id IS NOT NULL)
          <> (v.tracked AND coalesce(l.free <= coalesce(t.threshold, $1::int), false))
  ), sold AS (
    SELECT c."productVariantId" AS variant, c."channelId" AS channel,
           v.tracked AND (count(l.variant) = 0 OR sum(l.free) <= v.threshold) AS out
    FROM product_variant_channels_channel c JOIN variant v ON v.id = c."productVariantId"
    LEFT JOIN (level l JOIN stock_location_channels_channel lc ON lc."stockLocationId" = l.location)
      ON l.variant = v.id AND lc."channelId" = c."channelId"
    GROUP BY 1, 2, v.tracked, v.threshold
  ), stale AS (
    SELECT variant FROM sold s LEFT JOIN sold_out o ON o."productVariantId" = s.variant AND o."channelId" = s.channel
    WHERE (o.id IS NOT NULL) <> s.out
  )
  SELECT variant AS id FROM low UNION SELECT variant FROM stale ORDER BY 1 LIMIT $4`;
