import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  ACTIVE_ORDER_INPUT_FIELD_NAME,
  ActiveOrderService,
  Allow,
  Ctx,
  isGraphQlErrorResult,
  OrderService,
  Permission,
  RequestContext,
  Transaction,
  type OrderState,
} from '@vendure/core';
import { StockHoldService } from '../services/stock-hold.service';
import { unavailable } from './unavailable-lines.resolver';

interface TransitionArgs {
  state: OrderState;
  [ACTIVE_ORDER_INPUT_FIELD_NAME]?: Record<string, unknown>;
}

/** Core's mutation of the checkout, with the lines that cannot be had. Paying is the payments plugin's. */
@Resolver()
export class InventoryShopResolver {
  constructor(
    private readonly activeOrders: ActiveOrderService,
    private readonly orders: OrderService,
    private readonly holds: StockHoldService,
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
}
