import { Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { Ctx, Order, RequestContext } from '@vendure/core';
import { statusOf } from '../rules/lifecycle-status';
import { LifecycleService } from '../services/lifecycle.service';
import { OrderHistoryService, type StatusHistoryView } from '../services/order-history.service';
import type { LifecycleStatus } from '../types';

/** The life of an order, for both APIs. */
@Resolver('Order')
export class OrderStatusResolver {
  constructor(
    private readonly history: OrderHistoryService,
    private readonly machine: LifecycleService,
  ) {}

  @ResolveField()
  lifecycleStatus(@Parent() order: Order): LifecycleStatus {
    return statusOf(order);
  }

  @ResolveField()
  statusHistory(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<StatusHistoryView[]> {
    return this.history.view(ctx, order, this.machine.lifecycle);
  }
}
