import {
  type ActiveOrderStrategy,
  type Injector,
  InternalServerError,
  Order,
  OrderService,
  type RequestContext,
  TransactionalConnection,
} from '@vendure/core';
import { StockLockService } from '../services/stock-lock.service';

/**
 * Finds the cart of a session, and serializes the changes to it.
 *
 * In a transaction it first locks the customer's row, or the session's for guests, then the order's, and takes both as
 * the database has them: the session in the request may come from a cache and be older than a change that was
 * committed while this request waited. The first lock also covers the moment when there is no cart yet, so two
 * requests cannot both make one. Outside of a transaction nothing is locked.
 */
export class LockingActiveOrderStrategy implements ActiveOrderStrategy {
  readonly name = 'default-active-order-strategy';
  private connection!: TransactionalConnection;
  private orders!: OrderService;
  private locks!: StockLockService;

  init(injector: Injector): void {
    this.connection = injector.get(TransactionalConnection);
    this.orders = injector.get(OrderService);
    this.locks = injector.get(StockLockService);
  }

  createActiveOrder(ctx: RequestContext): Promise<Order> {
    return this.orders.create(ctx, ctx.activeUserId);
  }

  async determineActiveOrder(ctx: RequestContext): Promise<Order | undefined> {
    if (ctx.session === undefined) throw new InternalServerError('error.no-active-session');
    const locking = this.locks.inTransaction(ctx);
    const sessionOrderId = locking ? await this.lockOwner(ctx) : ctx.session.activeOrderId;
    const ofSession = sessionOrderId == null ? undefined : await this.read(ctx, sessionOrderId, locking);
    if (ofSession?.active === true) return ofSession;
    if (ctx.activeUserId !== undefined) {
      const ofCustomer = await this.orders.getActiveOrderForUser(ctx, ctx.activeUserId);
      return ofCustomer === undefined || !locking ? ofCustomer : this.read(ctx, ofCustomer.id, locking);
    }
    if (locking) return undefined;
    // The cached session may not know the cart yet, or know one whose creation was undone.
    const stored = await this.storedOrderId(ctx);
    if (stored == null || String(stored) === String(sessionOrderId)) return undefined;
    const order = await this.read(ctx, stored, locking);
    return order?.active === true ? order : undefined;
  }

  /** Locks who the cart belongs to. Gives the order that the session knows. */
  private async lockOwner(ctx: RequestContext): Promise<unknown> {
    if (ctx.activeUserId !== undefined && (await this.locks.lockCustomer(ctx))) {
      return ctx.session?.activeOrderId ?? (await this.storedOrderId(ctx));
    }
    return (await this.locks.lockSession(ctx))?.activeOrderId;
  }

  private async storedOrderId(ctx: RequestContext): Promise<number | null | undefined> {
    const rows: { activeOrderId: number | null }[] = await this.locks
      .manager(ctx)
      .query('SELECT "activeOrderId" FROM session WHERE id = $1', [ctx.session?.id]);
    return rows[0]?.activeOrderId;
  }

  private async read(ctx: RequestContext, id: unknown, locking: boolean): Promise<Order | undefined> {
    const query = this.connection
      .getRepository(ctx, Order)
      .createQueryBuilder('cart')
      .innerJoin('cart.channels', 'channel', 'channel.id = :channelId', { channelId: ctx.channelId })
      .where('cart.id = :id', { id });
    if (locking) query.setLock('for_no_key_update', undefined, ['cart']);
    return (await query.getOne()) ?? undefined;
  }
}
