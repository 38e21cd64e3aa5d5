import { Injectable } from '@nestjs/common';
import { GlobalSettingsService, RequestContext, TransactionalConnection, type ID } from '@vendure/core';
import { PickList } from '../entities/pick-list.entity';
import { balanceOf, type MovementSum } from '../rules/line-balance';
import { rowIds } from '../rules/lock-plan';
import { stockKey, type PickBalance } from '../rules/plan-picks';
import type { PickListFilter, PickListView } from '../types';
import { languagesOf, VARIANT_NAME } from './variant-name';

interface ListedSum {
  lineId: string;
  locationId: string;
  picked: number;
  open: number;
}

interface OrderLineRow {
  orderLineId: string;
  name: string;
  quantity: number;
}

const VIEW = `
  SELECT p.id::text AS id, p."orderId"::text AS "orderId", o.code AS "orderCode", p."stockLocationId"::text AS "stockLocationId",
         s.name AS "stockLocationName", p.state, p."createdAt"::timestamptz AS "createdAt",
         coalesce((
           SELECT json_agg(json_build_object(
             'orderLineId', l."orderLineId"::text, 'productId', v."productId"::text, 'productVariantId', v.id::text, 'sku', v.sku,
             'name', coalesce(${VARIANT_NAME}, v.sku), 'quantity', l.quantity) ORDER BY l.id)
           FROM pick_list_line l JOIN product_variant v ON v.id = l."productVariantId"
           WHERE l."pickListId" = p.id
         ), '[]') AS lines
  FROM pick_list p JOIN "order" o ON o.id = p."orderId" JOIN stock_location s ON s.id = p."stockLocationId"`;

/** Reads what is listed, and what could be. */
@Injectable()
export class PickListReader {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly globalSettings: GlobalSettingsService,
  ) {}

  ofOrder(ctx: RequestContext, orderId: ID, { cancelled = false } = {}): Promise<PickListView[]> {
    const [id] = rowIds([orderId]);
    const which = cancelled ? '' : ` AND p.state <> 'cancelled'`;
    return this.query(ctx, `${VIEW} WHERE p."orderId" = $1${which} ORDER BY p.id`, [
      id ?? 0,
      ...languagesOf(ctx),
    ]);
  }

  async list(
    ctx: RequestContext,
    { stockLocationId, state, skip, take }: PickListFilter,
  ): Promise<{ items: PickListView[]; totalItems: number }> {
    const where = `p.state = $1 AND ($4::int IS NULL OR p."stockLocationId" = $4)
      AND EXISTS (SELECT FROM order_channels_channel c WHERE c."orderId" = p."orderId" AND c."channelId" = $5)`;
    const location = stockLocationId == null ? null : (rowIds([stockLocationId])[0] ?? 0);
    const items = await this.query<PickListView[]>(
      ctx,
      `${VIEW} WHERE ${where} ORDER BY p.id LIMIT $6 OFFSET $7`,
      [state, ...languagesOf(ctx), location, ctx.channelId, take, skip],
    );
    const [count] = await this.query<{ total: number }[]>(
      ctx,
      // The languages are not asked for here, but the numbers of the parameters are the same.
      `SELECT count(*)::int AS total FROM pick_list p
       WHERE ${where} AND $2::text IS NOT NULL AND $3::text IS NOT NULL`,
      [state, ...languagesOf(ctx), location, ctx.channelId],
    );
    return { items, totalItems: count?.total ?? 0 };
  }

  orderLines(ctx: RequestContext, orderId: ID): Promise<OrderLineRow[]> {
    return this.query(
      ctx,
      `SELECT l.id::text AS "orderLineId", coalesce(${VARIANT_NAME}, v.sku) AS name, l.quantity
       FROM order_line l JOIN product_variant v ON v.id = l."productVariantId"
       WHERE l."orderId" = $1 AND l.quantity > 0 ORDER BY l.id`,
      [orderId, ...languagesOf(ctx)],
    );
  }

  /** Where each line's units are and on which lists, in the order of the lines. */
  async balances(ctx: RequestContext, orderId: ID): Promise<PickBalance[]> {
    const moved = await this.query<(MovementSum & { lineId: string; variantId: string })[]>(
      ctx,
      `SELECT l.id::text AS "lineId", l."productVariantId"::text AS "variantId",
              m."stockLocationId"::text AS "locationId", m.type, sum(m.quantity)::int AS quantity
       FROM order_line l JOIN stock_movement m ON m."orderLineId" = l.id
       WHERE l."orderId" = $1 GROUP BY l.id, m."stockLocationId", m.type ORDER BY l.id, m."stockLocationId"`,
      [orderId],
    );
    const listed = await this.query<ListedSum[]>(
      ctx,
      `SELECT l."orderLineId"::text AS "lineId", p."stockLocationId"::text AS "locationId",
              coalesce(sum(l.quantity) FILTER (WHERE p.state = 'picked'), 0)::int AS picked,
              coalesce(sum(l.quantity) FILTER (WHERE p.state = 'open'), 0)::int AS open
       FROM pick_list p JOIN pick_list_line l ON l."pickListId" = p.id
       WHERE p."orderId" = $1 AND p.state <> 'cancelled' GROUP BY 1, 2`,
      [orderId],
    );
    return [...new Set(moved.map(({ lineId }) => lineId))].flatMap(lineId => {
      const ofLine = moved.filter(row => row.lineId === lineId);
      const { allocated, sold } = balanceOf(ofLine);
      return [...new Set(ofLine.map(({ locationId }) => locationId))].map(locationId => {
        const on = listed.find(row => row.lineId === lineId && row.locationId === locationId);
        return {
          lineId,
          variantId: ofLine[0]?.variantId ?? '',
          locationId,
          allocated: allocated.get(locationId) ?? 0,
          sold: sold.get(locationId) ?? 0,
          picked: on?.picked ?? 0,
          open: on?.open ?? 0,
        };
      });
    });
  }

  /**
   * Units of tracked variants that are at each location and on no other order's list. A list that was sent in the
   * meantime counts with what its order still has allocated there.
   */
  async atHand(
    ctx: RequestContext,
    orderId: ID,
    balances: readonly PickBalance[],
  ): Promise<Map<string, number>> {
    const { trackInventory } = await this.globalSettings.getSettings(ctx);
    const rows = await this.query<{ variantId: string; locationId: string; units: number }[]>(
      ctx,
      `SELECT s."productVariantId"::text AS "variantId", s."stockLocationId"::text AS "locationId",
              (s."stockOnHand" - coalesce((
                SELECT sum(least(listed.units, greatest(0, (
                  SELECT coalesce(sum(CASE WHEN m.type = 'RELEASE' THEN -m.quantity ELSE m.quantity END), 0)
                  FROM stock_movement m
                  WHERE m."orderLineId" = listed.line AND m."stockLocationId" = s."stockLocationId"
                    AND m.type IN ('ALLOCATION', 'RELEASE', 'SALE')
                ))))
                FROM (
                  SELECT l."orderLineId" AS line, sum(l.quantity) AS units
                  FROM pick_list_line l JOIN pick_list p ON p.id = l."pickListId"
                  WHERE l."productVariantId" = s."productVariantId" AND l."closedAt" IS NULL
                    AND p."stockLocationId" = s."stockLocationId" AND p.state <> 'cancelled' AND p."orderId" <> $1
                  GROUP BY 1
                ) listed
              ), 0))::int AS units
       FROM stock_level s JOIN product_variant v ON v.id = s."productVariantId"
       WHERE s."productVariantId" = ANY($2::int[])
         AND (v."trackInventory" = 'TRUE' OR (v."trackInventory" = 'INHERIT' AND $3))`,
      [orderId, rowIds(balances.map(({ variantId }) => variantId)), trackInventory],
    );
    return new Map(rows.map(row => [stockKey(row), row.units]));
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, PickList).manager.query(sql, parameters);
  }
}
