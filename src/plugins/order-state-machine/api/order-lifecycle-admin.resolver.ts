import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type {
  MutationAddFulfillmentToOrderArgs,
  MutationCancelOrderArgs,
  MutationTransitionFulfillmentToStateArgs,
} from '@vendure/common/lib/generated-types';
import {
  Allow,
  assertFound,
  Ctx,
  isGraphQlErrorResult,
  Order,
  OrderService,
  Permission,
  RequestContext,
  Transaction,
  type FulfillmentState,
} from '@vendure/core';
import type { OrderEffect } from '../entities/order-effect.entity';
import { canRetry, canSkip } from '../rules/effect-state';
import { EffectActionsService } from '../services/effect-actions.service';
import { EffectLedgerService } from '../services/effect-ledger.service';
import { OrderLifecycleService, type TriggerView } from '../services/order-lifecycle.service';
import { Savepoint } from '../services/savepoint';
import type { LifecycleStatus } from '../types';
import { checkedText } from './checked-text';
import type { EffectStateError, TransitionRefusal } from './error-results';

interface TriggerArgs {
  orderId: string;
  trigger: string;
  note?: string | null;
  notePublic?: boolean | null;
  ifStatus?: LifecycleStatus | null;
}

/** What staff see and do of an order's life. */
@Resolver()
export class OrderLifecycleAdminResolver {
  constructor(
    private readonly lifecycle: OrderLifecycleService,
    private readonly effects: EffectActionsService,
    private readonly orders: OrderService,
    private readonly savepoint: Savepoint,
  ) {}

  @Query()
  @Allow(Permission.ReadOrder)
  orderTriggers(
    @Ctx() ctx: RequestContext,
    @Args() { orderId }: { orderId: string },
  ): Promise<TriggerView[]> {
    return this.lifecycle.triggers(ctx, orderId);
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  triggerOrderTransition(
    @Ctx() ctx: RequestContext,
    @Args() { orderId, trigger, note, notePublic, ifStatus }: TriggerArgs,
  ): Promise<Order | TransitionRefusal> {
    return this.lifecycle.trigger(ctx, orderId, {
      trigger,
      note: note == null || note.trim() === '' ? null : checkedText('note', note),
      notePublic: notePublic ?? false,
      ifStatus: ifStatus ?? null,
    });
  }

  /** Core's, and then what is left of the order may be shipped. */
  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  cancelOrder(@Ctx() ctx: RequestContext, @Args() { input }: MutationCancelOrderArgs) {
    return this.savepoint.run(ctx, async tx => {
      const result = await this.orders.cancelOrder(tx, input);
      if (isGraphQlErrorResult(result)) return result;
      await this.lifecycle.settle(tx, input.orderId);
      return assertFound(this.orders.findOne(tx, input.orderId));
    });
  }

  /** Core's, but when the parcel may not be made nothing is left of it. */
  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  addFulfillmentToOrder(@Ctx() ctx: RequestContext, @Args() { input }: MutationAddFulfillmentToOrderArgs) {
    return this.savepoint.run(ctx, tx => this.orders.createFulfillment(tx, input));
  }

  /** The same for its way. */
  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  transitionFulfillmentToState(
    @Ctx() ctx: RequestContext,
    @Args() { id, state }: MutationTransitionFulfillmentToStateArgs,
  ) {
    return this.savepoint.run(ctx, tx =>
      this.orders.transitionFulfillmentToState(tx, id, state as FulfillmentState),
    );
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  retryOrderEffect(
    @Ctx() ctx: RequestContext,
    @Args() { effectId }: { effectId: string },
  ): Promise<OrderEffect | EffectStateError> {
    return this.effects.retry(ctx, effectId);
  }

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateOrder)
  skipOrderEffect(
    @Ctx() ctx: RequestContext,
    @Args() { effectId, reason }: { effectId: string; reason: string },
  ): Promise<OrderEffect | EffectStateError> {
    return this.effects.skip(ctx, effectId, checkedText('reason', reason));
  }
}

@Resolver('Order')
export class OrderEffectsResolver {
  constructor(private readonly ledger: EffectLedgerService) {}

  @ResolveField()
  effects(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<OrderEffect[]> {
    return this.ledger.ofOrder(ctx, order.id);
  }
}

@Resolver('OrderEffect')
export class OrderEffectResolver {
  @ResolveField()
  compensation(@Parent() effect: OrderEffect): boolean {
    return effect.compensatesId !== null;
  }

  @ResolveField()
  fulfillmentId(@Parent() effect: OrderEffect): string | null {
    return effect.fulfillmentKey === '' ? null : effect.fulfillmentKey;
  }

  @ResolveField()
  canRetry(@Parent() effect: OrderEffect): boolean {
    return canRetry(effect.state);
  }

  @ResolveField()
  canSkip(@Parent() effect: OrderEffect): boolean {
    return canSkip(effect.state);
  }
}
