import { Injectable } from '@nestjs/common';
import { RequestContext, StockLevel, TransactionalConnection, type ID } from '@vendure/core';
import type { EntityManager, QueryRunner } from 'typeorm';
import { TransactionNeededError } from '../errors';
import { rowIds, type CancelledUnits, type LockTargets } from '../rules/lock-plan';

/** A stock level as it is now, locked until the transaction ends. */
export interface LockedLevel {
  variantId: string;
  locationId: string;
  onHand: number;
  allocated: number;
  /** Whether its location serves the channel of the request. */
  inChannel: boolean;
}

/**
 * Takes row locks, always in the shop's order: session or customer, orders by id, promotions by id, stock rows by id.
 *
 * The locks are FOR NO KEY UPDATE: they exclude each other and every write, but not the foreign key checks of rows
 * that are only added (a history entry, an event).
 */
@Injectable()
export class StockLockService {
  private readonly cancellations = new WeakMap<QueryRunner, CancelledUnits>();
  private readonly users = new WeakMap<QueryRunner, ID>();

  constructor(private readonly connection: TransactionalConnection) {}

  /** Whether locks of this context would be held longer than a moment. */
  inTransaction(ctx: RequestContext): boolean {
    return this.manager(ctx).queryRunner?.isTransactionActive === true;
  }

  /** The query runner of the transaction; copies of a context share it. */
  queryRunner(ctx: RequestContext, operation: string): QueryRunner {
    const { queryRunner } = this.manager(ctx);
    if (queryRunner?.isTransactionActive !== true) throw new TransactionNeededError(operation);
    return queryRunner;
  }

  /** Locks what a mutation is going to write. */
  async lock(ctx: RequestContext, targets: LockTargets): Promise<void> {
    const runner = this.queryRunner(ctx, 'lock');
    this.noteUser(ctx, runner);
    if (targets.cancels !== undefined) this.cancellations.set(runner, targets.cancels);
    if (targets.ownSession === true && ctx.session !== undefined) await this.lockSession(ctx);
    const orderIds = await this.lockOrders(ctx, targets);
    if (targets.couponsOfOrders === true) await this.lockCoupons(ctx, orderIds);
    await this.lockStock(ctx, targets, targets.stockOfOrders === true ? orderIds : []);
  }

  /** What the order cancellation of this transaction takes away; nothing outside of one. */
  cancelledUnits(ctx: RequestContext): CancelledUnits | undefined {
    const { queryRunner } = this.manager(ctx);
    return queryRunner === undefined ? undefined : this.cancellations.get(queryRunner);
  }

  /** Locks the session and gives the id of its cart, as the database has it. */
  async lockSession(ctx: RequestContext): Promise<{ activeOrderId: number | null } | undefined> {
    const rows: { activeOrderId: number | null }[] = await this.manager(ctx).query(
      'SELECT "activeOrderId" FROM session WHERE id = $1 FOR NO KEY UPDATE',
      [ctx.session?.id],
    );
    return rows[0];
  }

  /** Locks the signed-in customer. False for a user who is none, such as staff. */
  async lockCustomer(ctx: RequestContext): Promise<boolean> {
    const rows: unknown[] = await this.manager(ctx).query(
      'SELECT id FROM customer WHERE "userId" = $1 AND "deletedAt" IS NULL ORDER BY id FOR NO KEY UPDATE',
      [ctx.activeUserId],
    );
    return rows.length > 0;
  }

  /**
   * Lets this transaction wait for rows as long as a minute. For one that a payment provider was asked in: what it
   * answered must be written, however many are before it.
   */
  async waitPatiently(ctx: RequestContext): Promise<void> {
    await this.manager(ctx).query(
      `SELECT set_config('lock_timeout', '0', true), set_config('statement_timeout', '60s', true)`,
    );
  }

  /** Locks the stock of the variants and reads it. The values are those that the lock was given for. */
  async lockLevels(ctx: RequestContext, variantIds: readonly unknown[]): Promise<LockedLevel[]> {
    this.noteUser(ctx, this.queryRunner(ctx, 'lockLevels'));
    return this.manager(ctx).query(
      `SELECT l."productVariantId"::text AS "variantId", l."stockLocationId"::text AS "locationId",
              l."stockOnHand" AS "onHand", l."stockAllocated" AS allocated,
              EXISTS (
                SELECT 1 FROM stock_location_channels_channel c
                WHERE c."stockLocationId" = l."stockLocationId" AND c."channelId" = $2
              ) AS "inChannel"
       FROM stock_level l WHERE l."productVariantId" = ANY($1::int[]) ORDER BY l.id FOR NO KEY UPDATE OF l`,
      [rowIds(variantIds), ctx.channelId],
    );
  }

  /** Who moves stock in this transaction, if a user does. */
  userOf(runner: QueryRunner): ID | undefined {
    return this.users.get(runner);
  }

  manager(ctx: RequestContext): EntityManager {
    return this.connection.getRepository(ctx, StockLevel).manager;
  }

  private noteUser(ctx: RequestContext, runner: QueryRunner): void {
    if (ctx.activeUserId !== undefined) this.users.set(runner, ctx.activeUserId);
  }

  private async lockOrders(ctx: RequestContext, targets: LockTargets): Promise<number[]> {
    const { orderIds, orderLineIds, paymentIds, fulfillmentIds, pickedAtIds } = targets;
    const ids = [orderIds, orderLineIds, paymentIds, fulfillmentIds, pickedAtIds].map(rowIds);
    if (ids.every(group => group.length === 0)) return [];
    const rows: { id: number }[] = await this.manager(ctx).query(
      `SELECT o.id FROM "order" o
       WHERE o.id = ANY($1::int[])
          OR o.id IN (SELECT "orderId" FROM order_line WHERE id = ANY($2::int[]))
          OR o.id IN (SELECT "orderId" FROM payment WHERE id = ANY($3::int[]))
          OR o.id IN (SELECT "orderId" FROM order_fulfillments_fulfillment WHERE "fulfillmentId" = ANY($4::int[]))
          OR o.id IN (SELECT "orderId" FROM pick_list WHERE "stockLocationId" = ANY($5::int[]) AND state = 'open')
       ORDER BY o.id FOR NO KEY UPDATE OF o`,
      ids,
    );
    return rows.map(({ id }) => id);
  }

  /** As strong as core's own lock, which takes them one by one in the order in which the shopper has entered them. */
  private async lockCoupons(ctx: RequestContext, orderIds: number[]): Promise<void> {
    await this.manager(ctx).query(
      `SELECT p.id FROM promotion p
       WHERE p."couponCode" IN (
         SELECT unnest(string_to_array(o."couponCodes", ',')) FROM "order" o
         WHERE o.id = ANY($1::int[]) AND o."couponCodes" <> ''
       )
       ORDER BY p.id FOR UPDATE`,
      [orderIds],
    );
  }

  private async lockStock(ctx: RequestContext, targets: LockTargets, orderIds: number[]): Promise<void> {
    const variantIds = rowIds(targets.variantIds);
    const locationIds = rowIds(targets.locationIds);
    if (orderIds.length + variantIds.length + locationIds.length === 0) return;
    await this.manager(ctx).query(
      `SELECT l.id FROM stock_level l
       WHERE l."productVariantId" = ANY($1::int[])
          OR l."productVariantId" IN (SELECT "productVariantId" FROM order_line WHERE "orderId" = ANY($2::int[]))
          OR l."stockLocationId" = ANY($3::int[])
       ORDER BY l.id FOR NO KEY UPDATE OF l`,
      [variantIds, orderIds, locationIds],
    );
  }
}
