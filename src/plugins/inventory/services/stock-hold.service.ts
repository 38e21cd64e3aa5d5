import { Inject, Injectable } from '@nestjs/common';
import { Order, OrderService, RequestContext, TransactionalConnection, type ID } from '@vendure/core';
import type { QueryRunner } from 'typeorm';
import { OutboxService, type NewDomainEvent } from '../../domain-events';
import { DEFAULT_HOLD_SECONDS, INVENTORY_PLUGIN_OPTIONS, LOCATION_STRATEGY } from '../constants';
import { StockHold } from '../entities/stock-hold.entity';
import {
  forLines,
  HoldExpired,
  InventoryReservationConfirmed,
  InventoryReservationReleased,
  InventoryReserved,
  PaidOrderOutOfStock,
} from '../events/inventory-events';
import { planAllocation, type AllocationPlan, type Assignment, type Demand } from '../rules/plan-allocation';
import type { StockHoldState } from '../rules/states';
import type { LocationStrategy } from '../strategies/location-strategy';
import type { InventoryPluginOptions, OrderShortage, UnavailableLine } from '../types';
import { StockAvailabilityService } from './stock-availability.service';
import { StockLockService } from './stock-lock.service';

interface HoldRow {
  orderId: string;
  channelId: string;
  orderLineId: string;
  productVariantId: string;
  stockLocationId: string;
  quantity: number;
}

const HOLD_COLUMNS = `"orderId"::text AS "orderId", "channelId"::text AS "channelId", "orderLineId"::text AS "orderLineId",
  "productVariantId"::text AS "productVariantId", "stockLocationId"::text AS "stockLocationId", quantity`;

/**
 * Holds the units of orders that are being paid. The only writer of `stock_hold`.
 *
 * Whatever gives units away (a hold, an allocation) first locks the stock rows of its variants in id order and then
 * counts; so two checkouts can never both be promised the last unit.
 */
@Injectable()
export class StockHoldService {
  /** What the transaction found missing, for the mutation that answers the shopper. */
  private readonly shortages = new WeakMap<QueryRunner, OrderShortage>();
  /** The holds that the transaction has turned into allocations. */
  private readonly consumed = new WeakMap<QueryRunner, HoldRow[]>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly orders: OrderService,
    private readonly locks: StockLockService,
    private readonly availability: StockAvailabilityService,
    @Inject(INVENTORY_PLUGIN_OPTIONS) private readonly options: InventoryPluginOptions,
    @Inject(LOCATION_STRATEGY) private readonly locationStrategy: LocationStrategy,
    private readonly outbox: OutboxService,
  ) {}

  /** Locks the stock of an order's lines and decides where their units come from. Its own holds do not count. */
  async plan(ctx: RequestContext, order: Order): Promise<AllocationPlan> {
    const demands = demandsOf(order);
    const stocks = await this.availability.lockedStock(
      ctx,
      demands.map(({ variantId }) => variantId),
      order.id,
    );
    const ranking = await this.locationStrategy.ranking(ctx, { orderId: order.id });
    const plan = planAllocation(demands, stocks, ranking);
    if (plan.shortages.length > 0) {
      this.shortages.set(this.locks.queryRunner(ctx, 'plan'), { order, shortages: plan.shortages });
    }
    // Nothing is counted of a variant without tracking, so nothing is held of it.
    const assignments = plan.assignments.filter(({ variantId }) => stocks.get(variantId)?.tracked === true);
    return { ...plan, assignments };
  }

  /** What the last plan of this transaction found missing; forgotten once it is taken. */
  takeShortage(ctx: RequestContext): OrderShortage | undefined {
    const runner = this.locks.queryRunner(ctx, 'takeShortage');
    const shortage = this.shortages.get(runner);
    this.shortages.delete(runner);
    return shortage;
  }

  /** Puts a shortage in words. */
  describe(ctx: RequestContext, { order, shortages }: OrderShortage): UnavailableLine[] {
    return shortages.map(({ lineId, variantId, asked, left }) => {
      const name = order.lines.find(({ id }) => String(id) === lineId)?.productVariant.name ?? variantId;
      const key = left === 0 ? 'message.line-no-longer-available' : 'message.line-partly-available';
      const message = ctx.translate(key, { name, asked, left });
      return { orderLineId: lineId, productVariantId: variantId, name, asked, left, message };
    });
  }

  /** Holds what was planned under the same locks. */
  async place(ctx: RequestContext, orderId: ID, assignments: readonly Assignment[]): Promise<void> {
    await this.end(ctx, orderId, 'released');
    if (assignments.length === 0) return;
    const rows: { expiresAt: Date }[] = await this.query(
      ctx,
      `INSERT INTO stock_hold
         ("orderId", "channelId", "expiresAt", "orderLineId", "productVariantId", "stockLocationId", quantity)
       SELECT $1, $2, clock_timestamp() + make_interval(secs => $3), line, variant, location, units
       FROM unnest($4::int[], $5::int[], $6::int[], $7::int[]) AS held(line, variant, location, units)
       RETURNING "expiresAt"`,
      [
        orderId,
        ctx.channelId,
        this.holdSeconds(ctx),
        assignments.map(({ lineId }) => lineId),
        assignments.map(({ variantId }) => variantId),
        assignments.map(({ locationId }) => locationId),
        assignments.map(({ quantity }) => quantity),
      ],
    );
    const expiresAt = (rows[0]?.expiresAt ?? new Date()).toISOString();
    const lines = assignments.map(({ lineId, variantId, locationId, quantity }) => ({
      orderLineId: lineId,
      productVariantId: variantId,
      stockLocationId: locationId,
      quantity,
    }));
    await this.outbox.publishAll(
      ctx,
      forLines(lines, part =>
        InventoryReserved.of(orderId, { orderId: String(orderId), expiresAt, lines: part }),
      ),
    );
  }

  /**
   * Makes sure that an order's units are there and stay there while its payment is made: to be called, and committed,
   * before a payment provider is. A hold that runs is extended; one that has run out is taken again if the units are
   * still to be had.
   *
   * Coupons are not locked here: whoever claims them in the same transaction locks them before.
   *
   * @returns what is missing, if anything is
   */
  async secureForPayment(ctx: RequestContext, orderId: ID): Promise<OrderShortage | undefined> {
    await this.locks.lock(ctx, { orderIds: [orderId] });
    const order = await this.orders.findOne(ctx, orderId, ['lines', 'lines.productVariant']);
    // In any other state its stock is allocated, or not asked for yet.
    if (order?.state !== 'ArrangingPayment') return undefined;
    const { assignments } = await this.plan(ctx, order);
    const shortage = this.takeShortage(ctx);
    if (shortage !== undefined) return shortage;
    const held = await this.activeHolds(ctx, orderId);
    const extended = covers(held, assignments) ? await this.extend(ctx, orderId) : [];
    // One that has run out a moment ago is not extended: then all are taken anew.
    if (extended.length < held.length || held.length === 0) await this.place(ctx, orderId, assignments);
    return undefined;
  }

  /**
   * Turns a line's hold into the units that core is about to allocate. Gives what was held. Core allocates line by line;
   * `settle` tells it of the order as a whole.
   */
  async consume(ctx: RequestContext, orderLineId: ID): Promise<HoldRow[]> {
    const rows = await this.update(
      ctx,
      `state = 'consumed', "endedAt" = clock_timestamp()`,
      `"orderLineId" = $1 AND "expiresAt" > clock_timestamp()`,
      [orderLineId],
    );
    const runner = this.locks.queryRunner(ctx, 'consume');
    this.consumed.set(runner, [...(this.consumed.get(runner) ?? []), ...rows]);
    return rows;
  }

  /** The order has left its payment: what it still holds is let go, and what became of its units is told. */
  async settle(ctx: RequestContext, orderId: ID): Promise<void> {
    const released = await this.end(ctx, orderId, 'released');
    const runner = this.locks.queryRunner(ctx, 'settle');
    const consumed = (this.consumed.get(runner) ?? []).filter(row => row.orderId === String(orderId));
    this.consumed.delete(runner);
    await this.outbox.publishAll(ctx, [
      ...byOrder(consumed, InventoryReservationConfirmed),
      ...byOrder(released, InventoryReservationReleased),
    ]);
  }

  /**
   * Ends holds whose time has passed. They have not counted since then; a hold that a payment is extending right now
   * is left to it.
   *
   * @returns how many were ended
   */
  async expire(ctx: RequestContext, limit: number): Promise<number> {
    return this.connection.withTransaction(ctx, async tx => {
      const rows = await this.update(
        tx,
        `state = 'expired', "endedAt" = clock_timestamp()`,
        `id IN (
           SELECT id FROM stock_hold WHERE state = 'active' AND "expiresAt" <= clock_timestamp()
           ORDER BY id LIMIT $1 FOR UPDATE SKIP LOCKED
         )`,
        [limit],
      );
      // The sweep runs in the default channel: each hold is told of in its own.
      for (const channelId of new Set(rows.map(row => row.channelId))) {
        const ofChannel = rows.filter(row => row.channelId === channelId);
        await this.outbox.publishAll(tx, byOrder(ofChannel, HoldExpired), { channelId });
      }
      return rows.length;
    });
  }

  /** Deletes holds that ended long ago. Gives how many. */
  async prune(ctx: RequestContext, days: number, limit: number): Promise<number> {
    const [rows]: [unknown[], number] = await this.query(
      ctx,
      `DELETE FROM stock_hold WHERE id IN (
         SELECT id FROM stock_hold WHERE "endedAt" < now() - make_interval(days => $1) LIMIT $2
       ) RETURNING id`,
      [days, limit],
    );
    return rows.length;
  }

  /** All holds that an order ever had, the newest first. */
  async ofOrder(ctx: RequestContext, orderId: ID): Promise<StockHold[]> {
    return this.connection
      .getRepository(ctx, StockHold)
      .find({ where: { orderId }, order: { id: 'DESC' }, take: 500 });
  }

  /** Tells that a payment came for units that are gone. */
  async tellPaidOutOfStock(ctx: RequestContext, { order, shortages }: OrderShortage): Promise<void> {
    const lines = shortages.map(({ lineId, variantId, asked, left }) => ({
      orderLineId: lineId,
      productVariantId: variantId,
      asked,
      left,
    }));
    await this.outbox.publishAll(
      ctx,
      forLines(lines, part => PaidOrderOutOfStock.of(order.id, { orderId: String(order.id), lines: part })),
    );
  }

  private holdSeconds(ctx: RequestContext): number {
    // A context that was made without a request may have a bare channel.
    const stockHoldMinutes = ctx.channel.customFields?.stockHoldMinutes;
    if (typeof stockHoldMinutes === 'number') return stockHoldMinutes * 60;
    return this.options.holdSeconds ?? DEFAULT_HOLD_SECONDS;
  }

  private extend(ctx: RequestContext, orderId: ID): Promise<HoldRow[]> {
    return this.update(
      ctx,
      `"expiresAt" = greatest("expiresAt", clock_timestamp() + make_interval(secs => $2))`,
      `"orderId" = $1 AND "expiresAt" > clock_timestamp()`,
      [orderId, this.holdSeconds(ctx)],
    );
  }

  private end(ctx: RequestContext, orderId: ID, state: StockHoldState): Promise<HoldRow[]> {
    return this.update(ctx, `state = $2, "endedAt" = clock_timestamp()`, `"orderId" = $1`, [orderId, state]);
  }

  private activeHolds(ctx: RequestContext, orderId: ID): Promise<HoldRow[]> {
    return this.query(
      ctx,
      `SELECT ${HOLD_COLUMNS} FROM stock_hold
       WHERE "orderId" = $1 AND state = 'active' AND "expiresAt" > clock_timestamp()`,
      [orderId],
    );
  }

  /** Changes active holds; gives those that were changed. */
  private async update(
    ctx: RequestContext,
    set: string,
    where: string,
    parameters: unknown[],
  ): Promise<HoldRow[]> {
    const [rows]: [HoldRow[], number] = await this.query(
      ctx,
      `UPDATE stock_hold SET ${set}, "updatedAt" = now() WHERE state = 'active' AND ${where} RETURNING ${HOLD_COLUMNS}`,
      parameters,
    );
    return rows;
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, StockHold).manager.query(sql, parameters);
  }
}

/** An event for each order that the holds belong to. */
function byOrder(
  rows: readonly HoldRow[],
  definition: typeof InventoryReservationConfirmed,
): NewDomainEvent[] {
  return [...new Set(rows.map(({ orderId }) => orderId))].flatMap(orderId => {
    const lines = rows
      .filter(row => row.orderId === orderId)
      .map(({ orderId: _, channelId: __, ...line }) => line);
    return forLines(lines, part => definition.of(orderId, { orderId, lines: part }));
  });
}

function demandsOf(order: Order): Demand[] {
  return order.lines.map(line => ({
    lineId: String(line.id),
    variantId: String(line.productVariantId),
    quantity: line.quantity,
  }));
}

/** Whether each line holds exactly what it needs, wherever that is. */
function covers(holds: readonly HoldRow[], assignments: readonly Assignment[]): boolean {
  const open = new Map<string, number>();
  const add = (lineId: string, quantity: number) => open.set(lineId, (open.get(lineId) ?? 0) + quantity);
  for (const { lineId, quantity } of assignments) add(lineId, quantity);
  for (const { orderLineId, quantity } of holds) add(orderLineId, -quantity);
  return [...open.values()].every(quantity => quantity === 0);
}
