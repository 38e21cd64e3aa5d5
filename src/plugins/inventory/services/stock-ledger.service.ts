import { Injectable } from '@nestjs/common';
import {
  GlobalSettingsService,
  Permission,
  RequestContext,
  StockMovement,
  TransactionalConnection,
} from '@vendure/core';
import { InvalidCursorError } from '../errors';
import {
  decodeCursor,
  effectOf,
  effectSql,
  encodeCursor,
  LEDGER_KINDS,
  RANKS,
  type LedgerKey,
  type LedgerKind,
} from '../rules/ledger';
import { rowIds } from '../rules/lock-plan';
import type { LedgerFilter, RecountRow, StockLedgerEntry, StockLedgerPage } from '../types';
import { languagesOf, VARIANT_NAME } from './variant-name';

interface EntryRow extends LedgerKey {
  at: Date;
  kind: LedgerKind;
  quantity: number;
  productId: string;
  productVariantId: string;
  sku: string;
  productVariantName: string;
  stockLocationId: string;
  stockLocationName: string;
  orderLineId: string | null;
  orderId: string | null;
  orderCode: string | null;
  userId: string | null;
  userIdentifier: string | null;
}

interface BalanceRow {
  rank: number;
  id: number;
  onHand: number;
  allocated: number;
  held: number;
}

/** A page of the ledger, before its filters are known to PostgreSQL. */
interface Search {
  /** The parameters; `$1` is the channel, `$2` and `$3` are languages, `$4` is whether orders may be seen. */
  values: unknown[];
  /** What all entries must fulfil, about the columns of a movement or a hold called `e`. */
  where: string[];
  kinds: readonly LedgerKind[];
  /** Conditions on the time of an entry, given the column of its time. */
  during: ((column: string, rank: number) => string)[];
  take: number;
}

const MICROS = `'epoch'::timestamptz + interval '1 microsecond' *`;
const HOLD_ENDS: Partial<Record<LedgerKind, string>> = {
  HOLD_CONSUMED: 'consumed',
  HOLD_RELEASED: 'released',
  HOLD_EXPIRED: 'expired',
};
const MOVEMENTS = LEDGER_KINDS.filter(kind => !kind.startsWith('HOLD_'));

/**
 * What happened to the stock, from core's movements and the holds. Reads only.
 *
 * Each source is read by an index in the order of the ledger, no further than a page needs. The balance after an entry
 * is counted back from what is there now.
 */
@Injectable()
export class StockLedgerService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly globalSettings: GlobalSettingsService,
  ) {}

  /** A page of the ledger, the newest entry first. */
  async entries(ctx: RequestContext, filter: LedgerFilter): Promise<StockLedgerPage> {
    const search = await this.search(ctx, filter);
    if (search === undefined) return { items: [], nextCursor: null };
    const rows = await this.query<EntryRow[]>(ctx, pageSql(search), search.values);
    const page = rows.slice(0, filter.take);
    const balances = await this.balances(ctx, page);
    const last = page.at(-1);
    return {
      items: page.map(row => entryOf(row, balances)),
      nextCursor: rows.length > filter.take && last !== undefined ? encodeCursor(last) : null,
    };
  }

  /**
   * Counts the stock of variants anew from their movements, beside what the stock levels say. They differ where
   * something wrote past the movements. Variants that are not tracked are left out: their movements change no level.
   */
  async recount(ctx: RequestContext, variantIds: readonly unknown[]): Promise<RecountRow[]> {
    const { trackInventory } = await this.globalSettings.getSettings(ctx);
    const rows = await this.query<Omit<RecountRow, 'differs'>[]>(
      ctx,
      `WITH counted AS (
         SELECT m."productVariantId" AS variant, m."stockLocationId" AS location,
                sum(${effectSql('onHand', 'm.type', 'm.quantity')}) AS "onHand",
                sum(${effectSql('allocated', 'm.type', 'm.quantity')}) AS allocated
         FROM stock_movement m WHERE m."productVariantId" = ANY($1::int[]) GROUP BY 1, 2
       ), level AS (
         SELECT "productVariantId" AS variant, "stockLocationId" AS location, "stockOnHand", "stockAllocated"
         FROM stock_level WHERE "productVariantId" = ANY($1::int[])
       )
       SELECT v.id::text AS "productVariantId", v.sku, l.id::text AS "stockLocationId",
              l.name AS "stockLocationName",
              coalesce(level."stockOnHand", 0)::int AS "onHand",
              coalesce(level."stockAllocated", 0)::int AS allocated,
              coalesce(counted."onHand", 0)::int AS "countedOnHand",
              coalesce(counted.allocated, 0)::int AS "countedAllocated"
       FROM counted FULL JOIN level USING (variant, location)
       JOIN product_variant v ON v.id = variant JOIN stock_location l ON l.id = location
       WHERE (v."trackInventory" = 'TRUE' OR (v."trackInventory" = 'INHERIT' AND $2))
         AND EXISTS (SELECT FROM product_variant_channels_channel c
                     WHERE c."productVariantId" = v.id AND c."channelId" = $3)
         AND EXISTS (SELECT FROM stock_location_channels_channel c
                     WHERE c."stockLocationId" = l.id AND c."channelId" = $3)
       ORDER BY v.id, l.id`,
      [rowIds(variantIds), trackInventory, ctx.channelId],
    );
    return rows.map(row => ({
      ...row,
      differs: row.onHand !== row.countedOnHand || row.allocated !== row.countedAllocated,
    }));
  }

  /** Nothing when no entry can fulfil the filter. */
  private async search(ctx: RequestContext, filter: LedgerFilter): Promise<Search | undefined> {
    const seesOrders = ctx.userHasPermissions([Permission.ReadOrder]);
    const values: unknown[] = [ctx.channelId, ...languagesOf(ctx), seesOrders];
    const parameter = (value: unknown) => `$${values.push(value)}`;
    const where = [
      `EXISTS (SELECT FROM product_variant_channels_channel c
               WHERE c."productVariantId" = e."productVariantId" AND c."channelId" = $1)`,
      `EXISTS (SELECT FROM stock_location_channels_channel c
               WHERE c."stockLocationId" = e."stockLocationId" AND c."channelId" = $1)`,
    ];
    const among = (column: string, ids: readonly number[]) =>
      where.push(`e."${column}" = ANY(${parameter(ids)}::int[])`);

    if (filter.productVariantId != null) among('productVariantId', rowIds([filter.productVariantId]));
    if (filter.stockLocationId != null) among('stockLocationId', rowIds([filter.stockLocationId]));
    if (filter.sku != null) {
      const sql = 'SELECT id FROM product_variant WHERE sku = $1';
      among('productVariantId', await this.ids(ctx, sql, [filter.sku]));
    }
    if (filter.orderId != null || filter.orderCode != null) {
      const sql = `SELECT l.id FROM order_line l JOIN "order" o ON o.id = l."orderId"
        WHERE ($1::int IS NULL OR o.id = $1) AND ($2::text IS NULL OR o.code = $2) AND $4::boolean
          AND EXISTS (SELECT FROM order_channels_channel c WHERE c."orderId" = o.id AND c."channelId" = $3)`;
      const orderId = filter.orderId == null ? null : (rowIds([filter.orderId])[0] ?? 0);
      among(
        'orderLineId',
        await this.ids(ctx, sql, [orderId, filter.orderCode ?? null, ctx.channelId, seesOrders]),
      );
    }
    const during: Search['during'] = [];
    if (filter.from != null) {
      const from = parameter(filter.from);
      during.push(column => `${column} >= ${from}::timestamptz`);
    }
    if (filter.to != null) {
      const to = parameter(filter.to);
      during.push(column => `${column} < ${to}::timestamptz`);
    }
    if (filter.after != null) {
      const key = decodeCursor(filter.after);
      if (key === undefined) throw new InvalidCursorError();
      const at = `${MICROS} ${parameter(key.micros)}::bigint`;
      const id = parameter(key.id);
      during.push(column => `${column} <= ${at}`);
      during.push(
        (column, rank) =>
          `(${column} < ${at} OR ${rank < key.rank ? 'true' : rank > key.rank ? 'false' : `e.id < ${id}`})`,
      );
    }
    const kinds = filter.kinds ?? LEDGER_KINDS;
    return kinds.length === 0 ? undefined : { values, where, kinds, during, take: filter.take };
  }

  private async ids(ctx: RequestContext, sql: string, values: unknown[]): Promise<number[]> {
    return (await this.query<{ id: number }[]>(ctx, sql, values)).map(({ id }) => id);
  }

  /** What a location had of a variant right after each entry of a page. */
  private async balances(ctx: RequestContext, page: readonly EntryRow[]): Promise<Map<string, BalanceRow>> {
    const since = new Map<string, EntryRow>();
    // The page goes back in time: the last entry of a place is its oldest.
    for (const row of page) since.set(`${row.productVariantId}:${row.stockLocationId}`, row);
    if (since.size === 0) return new Map();
    const { trackInventory } = await this.globalSettings.getSettings(ctx);
    const places = [...since.values()];
    const rows = await this.query<BalanceRow[]>(ctx, BALANCES, [
      places.map(({ productVariantId }) => Number(productVariantId)),
      places.map(({ stockLocationId }) => Number(stockLocationId)),
      places.map(({ micros }) => micros),
      page.map(({ rank }) => rank),
      page.map(({ id }) => id),
      trackInventory,
    ]);
    return new Map(rows.map(row => [`${row.rank}:${row.id}`, row]));
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, StockMovement).manager.query(sql, parameters);
  }
}

function pageSql(search: Search): string {
  const branches = branchesOf(search).map(branch => `(${branch})`);
  return `
    SELECT e.rank, e.id, (extract(epoch FROM e.at) * 1000000)::bigint::text AS micros, e.at, e.kind, e.quantity,
           v."productId"::text AS "productId", v.id::text AS "productVariantId", v.sku, coalesce(${VARIANT_NAME}, v.sku) AS "productVariantName",
           s.id::text AS "stockLocationId", s.name AS "stockLocationName",
           CASE WHEN o.id IS NOT NULL THEN l.id::text END AS "orderLineId", o.id::text AS "orderId",
           o.code AS "orderCode", u.id::text AS "userId",
           CASE WHEN EXISTS (SELECT FROM administrator a WHERE a."userId" = u.id) THEN u.identifier END
             AS "userIdentifier"
    FROM (${branches.join(' UNION ALL ')}) e
    JOIN product_variant v ON v.id = e."productVariantId"
    JOIN stock_location s ON s.id = e."stockLocationId"
    LEFT JOIN order_line l ON l.id = e."orderLineId"
    LEFT JOIN "order" o ON o.id = l."orderId" AND $4::boolean
      AND EXISTS (SELECT FROM order_channels_channel c WHERE c."orderId" = o.id AND c."channelId" = $1)
    LEFT JOIN "user" u ON u.id = e."userId"
    ORDER BY e.at DESC, e.rank DESC, e.id DESC LIMIT ${search.take + 1}`;
}

/** One select for each source, and for each kind of movement when not all are wanted: every one has its index. */
function branchesOf(search: Search): string[] {
  const wanted = (kind: LedgerKind) => search.kinds.includes(kind);
  const select = (rank: number, table: string, time: string, columns: string, condition: string) => `
    SELECT ${rank} AS rank, e.id, ${time}::timestamptz AS at, ${columns},
           e."productVariantId", e."stockLocationId", e."orderLineId"
    FROM ${table} e
    WHERE ${[condition, ...search.where, ...search.during.map(limit => limit(time, rank))].join(' AND ')}
    ORDER BY ${time} DESC, e.id DESC LIMIT ${search.take + 1}`;
  const movement = (condition: string) =>
    select(
      RANKS.movement,
      'stock_movement',
      'e."createdAt"',
      `e.type AS kind, e.quantity, e."customFieldsUserid" AS "userId"`,
      condition,
    );
  const hold = (rank: number, time: string, kind: string, condition: string) =>
    select(rank, 'stock_hold', time, `${kind} AS kind, e.quantity, NULL::int AS "userId"`, condition);
  const ends = LEDGER_KINDS.filter(kind => wanted(kind) && HOLD_ENDS[kind] !== undefined);
  return [
    ...(MOVEMENTS.every(wanted)
      ? [movement('true')]
      : MOVEMENTS.filter(wanted).map(kind => movement(`e.type = '${kind}'`))),
    ...(wanted('HOLD_PLACED') ? [hold(RANKS.placed, 'e."createdAt"', `'HOLD_PLACED'`, 'true')] : []),
    ...(ends.length > 0
      ? [
          hold(
            RANKS.ended,
            'e."endedAt"',
            `'HOLD_' || upper(e.state)`,
            `e."endedAt" IS NOT NULL AND e.state IN (${ends.map(kind => `'${HOLD_ENDS[kind]}'`).join(', ')})`,
          ),
        ]
      : []),
  ];
}

const BALANCES = `
  WITH place AS (
    SELECT variant, location, ${MICROS} since AS since
    FROM unnest($1::int[], $2::int[], $3::bigint[]) AS p(variant, location, since)
  ), entry AS (
    SELECT p.variant, p.location, ${RANKS.movement} AS rank, m.id, m."createdAt"::timestamptz AS at,
           ${effectSql('onHand', 'm.type', 'm.quantity')} AS "onHand",
           ${effectSql('allocated', 'm.type', 'm.quantity')} AS allocated, 0 AS held
    FROM place p JOIN stock_movement m ON m."productVariantId" = p.variant AND m."stockLocationId" = p.location
     AND m."createdAt" >= p.since
    UNION ALL
    SELECT p.variant, p.location, ${RANKS.placed}, h.id, h."createdAt"::timestamptz, 0, 0, h.quantity
    FROM place p JOIN stock_hold h ON h."productVariantId" = p.variant AND h."stockLocationId" = p.location
     AND h."createdAt" >= p.since
    UNION ALL
    SELECT p.variant, p.location, ${RANKS.ended}, h.id, h."endedAt", 0, 0, -h.quantity
    FROM place p JOIN stock_hold h ON h."productVariantId" = p.variant AND h."stockLocationId" = p.location
     AND h."endedAt" >= p.since
  ), summed AS (
    SELECT variant, location, rank, id,
           coalesce(sum("onHand") OVER later, 0) AS "onHand", coalesce(sum(allocated) OVER later, 0) AS allocated,
           coalesce(sum(held) OVER later, 0) AS held
    FROM entry
    WINDOW later AS (PARTITION BY variant, location ORDER BY at DESC, rank DESC, id DESC
                     ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
  )
  SELECT s.rank, s.id, (l."stockOnHand" - s."onHand")::int AS "onHand",
         (l."stockAllocated" - s.allocated)::int AS allocated,
         (coalesce((SELECT sum(h.quantity) FROM stock_hold h
                    WHERE h."productVariantId" = s.variant AND h."stockLocationId" = s.location
                      AND h.state = 'active'), 0) - s.held)::int AS held
  FROM summed s
  JOIN unnest($4::int[], $5::int[]) AS wanted(rank, id) USING (rank, id)
  JOIN stock_level l ON l."productVariantId" = s.variant AND l."stockLocationId" = s.location
  JOIN product_variant v ON v.id = s.variant
  WHERE v."trackInventory" = 'TRUE' OR (v."trackInventory" = 'INHERIT' AND $6)`;

function entryOf(row: EntryRow, balances: ReadonlyMap<string, BalanceRow>): StockLedgerEntry {
  const { rank, id, micros, kind, quantity, ...rest } = row;
  const balance = balances.get(`${rank}:${id}`);
  return {
    ...rest,
    kind,
    cursor: encodeCursor({ rank, id, micros }),
    quantity: kind === 'ADJUSTMENT' ? quantity : Math.abs(quantity),
    change: effectOf(kind, quantity),
    balance: balance === undefined ? null : balance,
  };
}
