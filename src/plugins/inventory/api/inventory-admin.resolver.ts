import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  isGraphQlErrorResult,
  Order,
  OrderService,
  Permission,
  RequestContext,
  StockLevel,
  Transaction,
  type OrderState,
} from '@vendure/core';
import type { ManualPaymentInput } from '@vendure/common/lib/generated-types';
import type { StockHold } from '../entities/stock-hold.entity';
import { StockAvailabilityService } from '../services/stock-availability.service';
import { StockHoldService } from '../services/stock-hold.service';
import { unavailable } from './unavailable-lines.resolver';

/** Core's mutations by which staff bring an order to its payment, with the lines that cannot be had. */
@Resolver()
export class InventoryAdminResolver {
  constructor(
    private readonly orders: OrderService,
    private readonly holds: StockHoldService,
  ) {}

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  async transitionOrderToState(
    @Ctx() ctx: RequestContext,
    @Args() { id, state }: { id: string; state: OrderState },
  ) {
    const result = await this.orders.transitionToState(ctx, id, state);
    return isGraphQlErrorResult(result) ? (unavailable(ctx, this.holds) ?? result) : result;
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  async addManualPaymentToOrder(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: ManualPaymentInput },
  ) {
    const shortage = await this.holds.secureForPayment(ctx, input.orderId);
    if (shortage !== undefined) return unavailable(ctx, this.holds, shortage);
    return this.orders.addManualPaymentToOrder(ctx, input);
  }
}

@Resolver('Order')
export class OrderHoldsResolver {
  constructor(private readonly holds: StockHoldService) {}

  @ResolveField()
  stockHolds(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<StockHold[]> {
    return this.holds.ofOrder(ctx, order.id);
  }
}

@Resolver('StockLevel')
export class StockLevelHoldsResolver {
  constructor(private readonly availability: StockAvailabilityService) {}

  @ResolveField()
  async stockHeld(@Ctx() ctx: RequestContext, @Parent() level: StockLevel): Promise<number> {
    const held = await this.availability.heldElsewhere(ctx, level.productVariantId);
    return held.get(String(level.stockLocationId)) ?? 0;
  }
}
