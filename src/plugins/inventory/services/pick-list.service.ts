import { Injectable } from '@nestjs/common';
import { RequestContext, TransactionalConnection, type ID } from '@vendure/core';
import { PickList } from '../entities/pick-list.entity';
import {
  missingUnits,
  planPicks,
  sentUnmarked,
  surplusPicked,
  takeOff,
  unsoldPicked,
  type PickBalance,
  type PickLine,
  type PickMode,
} from '../rules/plan-picks';
import { rowIds } from '../rules/lock-plan';
import { sourcesOf, PICK_LIST_STATES, type PickListState } from '../rules/states';
import type { MissingUnits, PickListFilter, PickListView } from '../types';
import { PickListReader } from './pick-list-reader';
import { StockLockService } from './stock-lock.service';

/**
 * Assigns an order's allocated units to one pick list per location. The only writer of `pick_list` and
 * `pick_list_line`.
 *
 * Every change locks the order and then its stock, in the caller's transaction: two calls for one order come one after
 * the other, and the second finds what the first has listed. The unique indexes hold even against a caller that did
 * not come through here.
 */
@Injectable()
export class PickListService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locks: StockLockService,
    private readonly reader: PickListReader,
  ) {}

  /**
   * Lists all units of an order that its stock movements say are allocated and not yet sold, and that are there. What
   * is listed already stays listed once; open lists are brought in line with what was changed since. Gives the order's
   * lists that are not cancelled.
   *
   * @throws TransactionNeededError outside of a transaction
   */
  async allocate(ctx: RequestContext, orderId: ID): Promise<PickListView[]> {
    await this.lock(ctx, orderId);
    const balances = await this.bringInLine(ctx, orderId, 'allocate');
    return balances.length === 0 ? [] : this.ofOrder(ctx, orderId);
  }

  /** An order's lists that are not cancelled, the oldest first. */
  ofOrder(ctx: RequestContext, orderId: ID): Promise<PickListView[]> {
    return this.reader.ofOrder(ctx, orderId);
  }

  /** All lists that an order ever had, also those that were cancelled, the oldest first. */
  everOfOrder(ctx: RequestContext, orderId: ID): Promise<PickListView[]> {
    return this.reader.ofOrder(ctx, orderId, { cancelled: true });
  }

  /** The lists of the channel's orders in one state, the oldest first: what a warehouse works through. */
  list(ctx: RequestContext, filter: PickListFilter): Promise<{ items: PickListView[]; totalItems: number }> {
    return this.reader.list(ctx, filter);
  }

  /** Units of the order that are neither sold nor on a list: what is missing before all of it can be shipped. */
  async missing(ctx: RequestContext, orderId: ID): Promise<MissingUnits[]> {
    const lines = await this.reader.orderLines(ctx, orderId);
    const balances = await this.reader.balances(ctx, orderId);
    return lines.flatMap(({ orderLineId, name, quantity }) => {
      const ofLine = balances.filter(({ lineId }) => lineId === orderLineId);
      const missing = missingUnits(quantity, ofLine);
      return missing === 0 ? [] : [{ orderLineId, name, quantity: missing }];
    });
  }

  /** The order's open lists have been picked. */
  async markPicked(ctx: RequestContext, orderId: ID): Promise<void> {
    await this.lock(ctx, orderId);
    await this.end(ctx, orderId, 'picked');
  }

  /** Takes the order's lists back: it was cancelled, or is not to be sent yet. What was picked is put back. */
  async cancel(ctx: RequestContext, orderId: ID): Promise<void> {
    await this.lock(ctx, orderId);
    await this.end(ctx, orderId, 'cancelled');
    await this.query(
      ctx,
      `UPDATE pick_list_line SET "closedAt" = clock_timestamp(), "updatedAt" = now()
       WHERE "closedAt" IS NULL
         AND "pickListId" IN (SELECT id FROM pick_list WHERE "orderId" = $1 AND state = 'cancelled')`,
      [orderId],
    );
  }

  /**
   * Lets lists follow what happened to their units elsewhere (sent without having been marked as picked, cancelled in
   * part). Adds nothing to any list.
   */
  async follow(ctx: RequestContext, orderLineId: ID): Promise<void> {
    const [line] = await this.query<{ orderId: string }[]>(
      ctx,
      `SELECT l."orderId"::text AS "orderId" FROM order_line l
       WHERE l.id = $1 AND EXISTS (SELECT FROM pick_list p WHERE p."orderId" = l."orderId")`,
      [rowIds([orderLineId])[0] ?? 0],
    );
    if (line === undefined) return;
    await this.lock(ctx, line.orderId);
    await this.bringInLine(ctx, line.orderId, 'follow');
  }

  /** Deletes the lists of orders whose last list ended long ago. Gives how many. */
  async prune(ctx: RequestContext, days: number, limit: number): Promise<number> {
    // All lists of an order go at once: what is left to list is counted from all of them.
    const [rows]: [unknown[], number] = await this.query(
      ctx,
      `DELETE FROM pick_list WHERE "orderId" IN (
         SELECT p."orderId" FROM pick_list p
         WHERE p."endedAt" < now() - make_interval(days => $1)
           AND NOT EXISTS (
             SELECT FROM pick_list q WHERE q."orderId" = p."orderId"
               AND (q."endedAt" IS NULL OR q."endedAt" >= now() - make_interval(days => $1))
           )
         LIMIT $2
       ) RETURNING id`,
      [days, limit],
    );
    return rows.length;
  }

  private lock(ctx: RequestContext, orderId: ID): Promise<void> {
    return this.locks.lock(ctx, { orderIds: [orderId], stockOfOrders: true });
  }

  private async bringInLine(ctx: RequestContext, orderId: ID, mode: PickMode): Promise<PickBalance[]> {
    const balances = await this.reader.balances(ctx, orderId);
    if (balances.length === 0) return balances;
    const atHand =
      mode === 'allocate' ? await this.reader.atHand(ctx, orderId, balances) : new Map<string, number>();
    await this.write(ctx, orderId, balances, planPicks(balances, atHand, mode));
    return balances;
  }

  /** Makes the lists say what was sent, and the open ones what was planned. */
  private async write(
    ctx: RequestContext,
    orderId: ID,
    balances: readonly PickBalance[],
    plan: readonly PickLine[],
  ): Promise<void> {
    const kept = new Set(plan.map(({ locationId }) => locationId));
    const emptied = balances.filter(({ open, locationId }) => open > 0 && !kept.has(locationId));
    const sent = balances.filter(balance => sentUnmarked(balance) > 0 && !emptied.includes(balance));
    if (emptied.length > 0) await this.endEmptied(ctx, orderId, emptied);
    if (sent.length > 0) await this.recordSent(ctx, orderId, sent);
    const changed = balances.some(({ lineId, locationId, open }) => {
      const line = plan.find(item => item.lineId === lineId && item.locationId === locationId);
      return (line?.quantity ?? 0) !== open;
    });
    if (changed && plan.length > 0) await this.writeLines(ctx, orderId, plan);
    await this.settlePicked(ctx, orderId, balances);
  }

  /** Units that were sent while their list stayed open, or had none: a picked list of their own has them. */
  private async recordSent(ctx: RequestContext, orderId: ID, sent: readonly PickBalance[]): Promise<void> {
    await this.query(
      ctx,
      `WITH line AS (
         SELECT * FROM unnest($2::int[], $3::int[], $4::int[]) AS t(line, location, sent)
       ), list AS (
         INSERT INTO pick_list ("orderId", "stockLocationId", state, "endedAt")
         SELECT DISTINCT $1::int, location, 'picked', clock_timestamp() FROM line
         RETURNING id, "stockLocationId" AS location
       )
       INSERT INTO pick_list_line ("pickListId", "orderLineId", "productVariantId", quantity, "closedAt")
       SELECT list.id, line.line, o."productVariantId", line.sent, clock_timestamp()
       FROM line JOIN list USING (location) JOIN order_line o ON o.id = line.line`,
      [orderId, ...columnsOf(sent), sent.map(sentUnmarked)],
    );
  }

  /**
   * Ends the open lists of locations where nothing is left to pick. If something of them was sent it was picked, by
   * whoever sent it, and the list says what; else it is cancelled.
   */
  private async endEmptied(ctx: RequestContext, orderId: ID, emptied: readonly PickBalance[]): Promise<void> {
    await this.query(
      ctx,
      `WITH line AS (
         SELECT * FROM unnest($2::int[], $3::int[], $4::int[]) AS t(line, location, sent)
       ), ended AS (
         UPDATE pick_list p SET "endedAt" = clock_timestamp(), "updatedAt" = now(),
                state = CASE WHEN place.sent > 0 THEN 'picked' ELSE 'cancelled' END
         FROM (SELECT location, sum(sent) AS sent FROM line GROUP BY 1) place
         WHERE p."orderId" = $1 AND p.state = 'open' AND p."stockLocationId" = place.location
         RETURNING p.id, p."stockLocationId" AS location, p.state
       ), unsent AS (
         DELETE FROM pick_list_line l USING ended e, line
         WHERE l."pickListId" = e.id AND e.state = 'picked'
           AND line.line = l."orderLineId" AND line.location = e.location AND line.sent = 0
       )
       UPDATE pick_list_line l SET "closedAt" = clock_timestamp(), "updatedAt" = now(),
              quantity = CASE WHEN e.state = 'picked' THEN line.sent ELSE l.quantity END
       FROM ended e, line
       WHERE l."pickListId" = e.id AND line.line = l."orderLineId" AND line.location = e.location
         AND (e.state = 'cancelled' OR line.sent > 0)`,
      [orderId, ...columnsOf(emptied), emptied.map(sentUnmarked)],
    );
  }

  private async writeLines(ctx: RequestContext, orderId: ID, plan: readonly PickLine[]): Promise<void> {
    const [lines, locations] = columnsOf(plan);
    await this.query(
      ctx,
      `INSERT INTO pick_list ("orderId", "stockLocationId")
       SELECT DISTINCT $1::int, location FROM unnest($2::int[]) AS w(location) ORDER BY 2
       ON CONFLICT ("orderId", "stockLocationId") WHERE state = 'open' DO NOTHING`,
      [orderId, locations],
    );
    await this.query(
      ctx,
      `WITH wanted AS (
         SELECT p.id AS list, w.line, w.units
         FROM unnest($2::int[], $3::int[], $4::int[]) AS w(line, location, units)
         JOIN pick_list p ON p."orderId" = $1 AND p."stockLocationId" = w.location AND p.state = 'open'
       ), dropped AS (
         DELETE FROM pick_list_line l USING pick_list p
         WHERE p.id = l."pickListId" AND p."orderId" = $1 AND p.state = 'open'
           AND NOT EXISTS (SELECT FROM wanted w WHERE w.list = p.id AND w.line = l."orderLineId")
       )
       INSERT INTO pick_list_line ("pickListId", "orderLineId", "productVariantId", quantity)
       SELECT w.list, w.line, o."productVariantId", w.units FROM wanted w JOIN order_line o ON o.id = w.line
       ON CONFLICT ("pickListId", "orderLineId")
         DO UPDATE SET quantity = excluded.quantity, "updatedAt" = now()
         WHERE pick_list_line.quantity <> excluded.quantity`,
      [orderId, lines, locations, plan.map(({ quantity }) => quantity)],
    );
  }

  /**
   * Units on picked lists take up stock until they are sold; and again if they come back. What is wanted no more is
   * taken off them, the newest first: it is put back, and listed anew if it should be wanted again.
   */
  private async settlePicked(
    ctx: RequestContext,
    orderId: ID,
    balances: readonly PickBalance[],
  ): Promise<void> {
    const picked = balances.filter(balance => balance.picked > 0);
    if (picked.length === 0) return;
    const surplus = picked.filter(balance => surplusPicked(balance) > 0);
    if (surplus.length > 0) await this.putBack(ctx, orderId, surplus);
    await this.query(
      ctx,
      `UPDATE pick_list_line l
       SET "closedAt" = CASE WHEN s.closed THEN clock_timestamp() END, "updatedAt" = now()
       FROM pick_list p, unnest($2::int[], $3::int[], $4::boolean[]) AS s(line, location, closed)
       WHERE p.id = l."pickListId" AND p."orderId" = $1 AND p.state = 'picked'
         AND s.line = l."orderLineId" AND s.location = p."stockLocationId" AND (l."closedAt" IS NOT NULL) <> s.closed`,
      [
        orderId,
        ...columnsOf(picked),
        picked.map(balance => unsoldPicked(balance) - surplusPicked(balance) <= 0),
      ],
    );
  }

  private async putBack(ctx: RequestContext, orderId: ID, surplus: readonly PickBalance[]): Promise<void> {
    const listed = await this.query<{ id: number; lineId: string; locationId: string; quantity: number }[]>(
      ctx,
      `SELECT l.id, l."orderLineId"::text AS "lineId", p."stockLocationId"::text AS "locationId", l.quantity
       FROM pick_list p JOIN pick_list_line l ON l."pickListId" = p.id
       WHERE p."orderId" = $1 AND p.state = 'picked' ORDER BY l.id DESC`,
      [orderId],
    );
    const changed = surplus.flatMap(balance =>
      takeOff(
        listed.filter(
          ({ lineId, locationId }) => lineId === balance.lineId && locationId === balance.locationId,
        ),
        surplusPicked(balance),
      ),
    );
    await this.query(
      ctx,
      `WITH change AS (
         SELECT * FROM unnest($1::int[], $2::int[]) AS t(id, units)
       ), removed AS (
         DELETE FROM pick_list_line l USING change c WHERE l.id = c.id AND c.units = 0
       )
       UPDATE pick_list_line l SET quantity = c.units, "updatedAt" = now()
       FROM change c WHERE l.id = c.id AND c.units > 0`,
      [changed.map(({ id }) => id), changed.map(({ quantity }) => quantity)],
    );
    await this.query(
      ctx,
      `UPDATE pick_list p SET state = 'cancelled', "updatedAt" = now()
       WHERE p."orderId" = $1 AND p.state = 'picked'
         AND NOT EXISTS (SELECT FROM pick_list_line l WHERE l."pickListId" = p.id)`,
      [orderId],
    );
  }

  private async end(
    ctx: RequestContext,
    orderId: ID,
    state: Extract<PickListState, 'picked' | 'cancelled'>,
  ): Promise<void> {
    await this.query(
      ctx,
      `UPDATE pick_list SET state = $2, "endedAt" = clock_timestamp(), "updatedAt" = now()
       WHERE "orderId" = $1 AND state = ANY($3::varchar[])`,
      [orderId, state, sourcesOf(PICK_LIST_STATES, state)],
    );
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, PickList).manager.query(sql, parameters);
  }
}

/** The lines and the locations, as arrays for `unnest`. */
function columnsOf(rows: readonly { lineId: string; locationId: string }[]): [number[], number[]] {
  return [rows.map(({ lineId }) => Number(lineId)), rows.map(({ locationId }) => Number(locationId))];
}
