import { Inject, Injectable } from '@nestjs/common';
import { GlobalSettingsService, RequestContext, StockLevel, TransactionalConnection } from '@vendure/core';
import { INVENTORY_PLUGIN_OPTIONS } from '../constants';
import { nothingExpected } from '../ports/expected-stock-source';
import { rowIds } from '../rules/lock-plan';
import type { InventoryPluginOptions, StockOverviewFilter, StockOverviewRow } from '../types';
import { languagesOf, VARIANT_NAME } from './variant-name';

type Row = Omit<StockOverviewRow, 'expected' | 'expectedQuantity'>;

/** What the shop has of what and where, for staff. Reads only. */
@Injectable()
export class StockOverviewService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly globalSettings: GlobalSettingsService,
    @Inject(INVENTORY_PLUGIN_OPTIONS) private readonly options: InventoryPluginOptions,
  ) {}

  async overview(
    ctx: RequestContext,
    filter: StockOverviewFilter,
  ): Promise<{ items: StockOverviewRow[]; totalItems: number }> {
    const { trackInventory, customFields } = await this.globalSettings.getSettings(ctx);
    const term = filter.term?.trim() ?? '';
    const rows = await this.query<(Row & { totalItems: number })[]>(ctx, OVERVIEW, [
      ctx.channelId,
      ...languagesOf(ctx),
      trackInventory,
      customFields.lowStockThreshold ?? null,
      term === '' ? null : `%${term.replace(/[\\%_]/g, '\\$&')}%`,
      filter.stockLocationId == null ? null : (rowIds([filter.stockLocationId])[0] ?? 0),
      filter.productVariantId == null ? null : (rowIds([filter.productVariantId])[0] ?? 0),
      filter.lowOnly === true,
      filter.take,
      filter.skip,
    ]);
    const expected = await this.expected(ctx, [
      ...new Set(rows.map(({ productVariantId }) => productVariantId)),
    ]);
    return {
      // A page behind the last one has no row that could tell how many there are.
      totalItems: rows[0]?.totalItems ?? (filter.skip === 0 ? 0 : await this.count(ctx, filter)),
      items: rows.map(({ totalItems: _, ...row }) => {
        const onItsWay = expected.get(row.productVariantId) ?? [];
        const expectedQuantity = onItsWay.reduce((sum, { quantity }) => sum + quantity, 0);
        return { ...row, expected: onItsWay, expectedQuantity };
      }),
    };
  }

  private async count(ctx: RequestContext, filter: StockOverviewFilter): Promise<number> {
    return (await this.overview(ctx, { ...filter, skip: 0, take: 1 })).totalItems;
  }

  private async expected(ctx: RequestContext, variantIds: string[]) {
    if (variantIds.length === 0) return new Map<string, StockOverviewRow['expected']>();
    const source = this.options.expectedStock ?? nothingExpected;
    const expected = await source.expected(ctx, variantIds);
    return new Map([...expected].map(([id, stock]) => [String(id), stock]));
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, StockLevel).manager.query(sql, parameters);
  }
}

const OVERVIEW = `
  SELECT stock.*, count(*) OVER ()::int AS "totalItems"
  FROM (
    SELECT level.*, tracked AND coalesce("onHand" - allocated <= threshold, false) AS low
    FROM (
      SELECT v."productId"::text AS "productId", v.id::text AS "productVariantId", v.sku, coalesce(${VARIANT_NAME}, v.sku) AS "productVariantName",
             s.id::text AS "stockLocationId", s.name AS "stockLocationName",
             (v."trackInventory" = 'TRUE' OR (v."trackInventory" = 'INHERIT' AND $4::boolean)) AS tracked,
             l."stockOnHand" AS "onHand", l."stockAllocated" AS allocated, coalesce(h.held, 0)::int AS held,
             (l."stockOnHand" - l."stockAllocated" - coalesce(h.held, 0))::int AS saleable,
             coalesce(t.threshold, $5::int) AS threshold, t.id IS NOT NULL AS "ownThreshold"
      FROM stock_level l
      JOIN product_variant v ON v.id = l."productVariantId" AND v."deletedAt" IS NULL
      JOIN product_variant_channels_channel vc ON vc."productVariantId" = v.id AND vc."channelId" = $1
      JOIN stock_location s ON s.id = l."stockLocationId"
      JOIN stock_location_channels_channel sc ON sc."stockLocationId" = s.id AND sc."channelId" = $1
      LEFT JOIN stock_threshold t ON t."productVariantId" = v.id AND t."stockLocationId" = s.id
      LEFT JOIN (
        SELECT "productVariantId", "stockLocationId", sum(quantity) AS held FROM stock_hold
        WHERE state = 'active' AND "expiresAt" > clock_timestamp() GROUP BY 1, 2
      ) h ON h."productVariantId" = v.id AND h."stockLocationId" = s.id
      WHERE ($7::int IS NULL OR s.id = $7) AND ($8::int IS NULL OR v.id = $8)
        AND ($6::text IS NULL OR v.sku ILIKE $6 OR EXISTS (
          SELECT FROM product_variant_translation t WHERE t."baseId" = v.id AND t.name ILIKE $6))
    ) level
  ) stock
  WHERE low OR NOT $9::boolean
  ORDER BY sku, "productVariantId"::int, "stockLocationId"::int LIMIT $10 OFFSET $11`;
