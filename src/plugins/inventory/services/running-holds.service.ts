import { Injectable } from '@nestjs/common';
import { RequestContext, TransactionalConnection } from '@vendure/core';
import { StockHold } from '../entities/stock-hold.entity';
import { rowIds } from '../rules/lock-plan';
import type { RunningHold, RunningHoldsFilter } from '../types';
import { languagesOf, VARIANT_NAME } from './variant-name';

/** What checkouts keep at this moment, for staff. Reads only. */
@Injectable()
export class RunningHoldsService {
  constructor(private readonly connection: TransactionalConnection) {}

  /** Those that end first first. */
  async list(
    ctx: RequestContext,
    { term, stockLocationId, skip, take }: RunningHoldsFilter,
  ): Promise<{ items: RunningHold[]; totalItems: number }> {
    const text = term?.trim() ?? '';
    const filters = [
      ctx.channelId,
      ...languagesOf(ctx),
      stockLocationId == null ? null : (rowIds([stockLocationId])[0] ?? 0),
      text === '' ? null : `%${text.replace(/[\\%_]/g, '\\$&')}%`,
    ];
    const items = await this.query<RunningHold[]>(
      ctx,
      `SELECT h.id::text AS id, h."createdAt"::timestamptz AS "createdAt", h."expiresAt", h.quantity,
              o.id::text AS "orderId", o.code AS "orderCode", v."productId"::text AS "productId",
              v.id::text AS "productVariantId", v.sku, coalesce(${VARIANT_NAME}, v.sku) AS "productVariantName",
              s.id::text AS "stockLocationId", s.name AS "stockLocationName"
       ${RUNNING} ORDER BY h."expiresAt", h.id LIMIT $6 OFFSET $7`,
      [...filters, take, skip],
    );
    const [count] = await this.query<{ total: number }[]>(
      ctx,
      // The languages are not asked for here, but the numbers of the parameters are the same.
      `SELECT count(*)::int AS total ${RUNNING} AND $2::text IS NOT NULL AND $3::text IS NOT NULL`,
      filters,
    );
    return { items, totalItems: count?.total ?? 0 };
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, StockHold).manager.query(sql, parameters);
  }
}

const RUNNING = `
  FROM stock_hold h
  JOIN "order" o ON o.id = h."orderId"
  JOIN product_variant v ON v.id = h."productVariantId"
  JOIN stock_location s ON s.id = h."stockLocationId"
  WHERE h.state = 'active' AND h."expiresAt" > clock_timestamp() AND h."channelId" = $1
    AND ($4::int IS NULL OR s.id = $4)
    AND ($5::text IS NULL OR v.sku ILIKE $5 OR o.code ILIKE $5 OR EXISTS (
      SELECT FROM product_variant_translation t WHERE t."baseId" = v.id AND t.name ILIKE $5))`;
