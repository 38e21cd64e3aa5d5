import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  ACTIVE_ORDER_INPUT_FIELD_NAME,
  ActiveOrderService,
  Allow,
  Ctx,
  CustomerService,
  isGraphQlErrorResult,
  NoActiveOrderError,
  type Order,
  OrderService,
  Permission,
  RequestContext,
  SessionService,
  Transaction,
  TransactionalConnection,
  type OrderState,
} from '@vendure/core';
import { RetryNotes } from '../services/retry-notes';
import { StockHoldService } from '../services/stock-hold.service';
import { StockLockService } from '../services/stock-lock.service';
import { unavailable } from './unavailable-lines.resolver';

interface PaymentArgs {
  input: { method: string; metadata: Record<string, unknown> };
  [ACTIVE_ORDER_INPUT_FIELD_NAME]?: Record<string, unknown>;
}

interface TransitionArgs {
  state: OrderState;
  [ACTIVE_ORDER_INPUT_FIELD_NAME]?: Record<string, unknown>;
}

/** Core's mutations of the checkout, with the lines that cannot be had. */
@Resolver()
export class InventoryShopResolver {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly activeOrders: ActiveOrderService,
    private readonly orders: OrderService,
    private readonly customers: CustomerService,
    private readonly sessions: SessionService,
    private readonly holds: StockHoldService,
    private readonly notes: RetryNotes,
    private readonly locks: StockLockService,
  ) {}

  @Transaction()
  @Mutation()
  @Allow(Permission.Owner)
  async transitionOrderToState(@Ctx() ctx: RequestContext, @Args() args: TransitionArgs) {
    if (!ctx.authorizedAsOwnerOnly) return undefined;
    const { id } = await this.activeOrders.getActiveOrder(ctx, args[ACTIVE_ORDER_INPUT_FIELD_NAME], true);
    const result = await this.orders.transitionToState(ctx, id, args.state);
    return isGraphQlErrorResult(result) ? (unavailable(ctx, this.holds) ?? result) : result;
  }

  /**
   * In two transactions: the first makes sure of the units and is committed before the provider is asked, so that no
   * stock row is locked while the provider takes its time; the second is core's.
   */
  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async addPaymentToOrder(@Ctx() ctx: RequestContext, @Args() args: PaymentArgs) {
    if (!ctx.authorizedAsOwnerOnly) return new NoActiveOrderError();
    const refused = await this.connection.withTransaction(ctx, async tx => {
      const active = await this.activeOrder(tx, args);
      if (active === undefined) return new NoActiveOrderError();
      const shortage = await this.holds.secureForPayment(tx, active.id);
      return shortage === undefined ? undefined : unavailable(tx, this.holds, shortage);
    });
    return refused ?? this.connection.withTransaction(ctx, tx => this.pay(tx, args));
  }

  private async pay(ctx: RequestContext, args: PaymentArgs) {
    const active = await this.activeOrder(ctx, args);
    if (active === undefined) return new NoActiveOrderError();
    await this.locks.waitPatiently(ctx);
    // Before core takes them in the order of the cart: two carts with the same coupons would wait for each other.
    await this.locks.lock(ctx, { orderIds: [active.id], couponsOfOrders: true });
    this.notes.callsOutside(ctx);
    const order = await this.orders.addPaymentToOrder(ctx, active.id, args.input);
    if (isGraphQlErrorResult(order) || order.active) return order;
    await this.customers.createAddressesForNewCustomer(ctx, order);
    if (ctx.session !== undefined && String(ctx.session.activeOrderId) === String(active.id)) {
      await this.sessions.unsetActiveOrder(ctx, ctx.session);
    }
    return order;
  }

  private activeOrder(ctx: RequestContext, args: PaymentArgs): Promise<Order | undefined> {
    return this.activeOrders.getActiveOrder(ctx, args[ACTIVE_ORDER_INPUT_FIELD_NAME]);
  }
}
