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
import type {
  DeleteStockLocationInput,
  DeletionResponse,
  ManualPaymentInput,
} from '@vendure/common/lib/generated-types';
import type { StockHold } from '../entities/stock-hold.entity';
import { LocationRemovalService } from '../services/location-removal.service';
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

/** Core's removal of stock locations, with what belongs to their stock. */
@Resolver()
export class LocationRemovalResolver {
  constructor(private readonly removal: LocationRemovalService) {}

  @Transaction()
  @Mutation()
  @Allow(Permission.DeleteStockLocation)
  deleteStockLocation(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: DeleteStockLocationInput },
  ): Promise<DeletionResponse> {
    return this.removal.remove(ctx, input);
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.DeleteStockLocation)
  async deleteStockLocations(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: DeleteStockLocationInput[] },
  ): Promise<DeletionResponse[]> {
    const responses: DeletionResponse[] = [];
    for (const location of input) responses.push(await this.removal.remove(ctx, location));
    return responses;
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
