import { Injectable } from '@nestjs/common';
import {
  EntityNotFoundError,
  Order,
  TransactionalConnection,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { DeadLetterService } from '../../domain-events';
import { EffectStateError } from '../api/error-results';
import type { OrderEffect } from '../entities/order-effect.entity';
import { effectEventType } from '../rules/effect-event-type';
import { canRetry, canSkip } from '../rules/effect-state';
import { EffectLedgerService } from './effect-ledger.service';

/** What staff do to effects. In the caller's transaction. */
@Injectable()
export class EffectActionsService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly ledger: EffectLedgerService,
    private readonly deadLetters: DeadLetterService,
  ) {}

  /** Has it run again, with all its attempts. @throws EntityNotFoundError for one that is not in the channel */
  async retry(ctx: RequestContext, effectId: ID): Promise<OrderEffect | EffectStateError> {
    const effect = await this.load(ctx, effectId);
    if (!canRetry(effect.state)) return new EffectStateError({ operation: 'retry', state: effect.state });
    await this.settleDeadLetters(ctx, effect, 'Retried from the order.');
    await this.ledger.retry(ctx, effect);
    return effect;
  }

  /** Gives it up. @throws EntityNotFoundError for one that is not in the channel */
  async skip(ctx: RequestContext, effectId: ID, reason: string): Promise<OrderEffect | EffectStateError> {
    const effect = await this.load(ctx, effectId);
    if (!canSkip(effect.state)) return new EffectStateError({ operation: 'skip', state: effect.state });
    await this.settleDeadLetters(ctx, effect, reason);
    await this.ledger.skip(ctx, effect, reason);
    return effect;
  }

  /** The order first, then the effect: as everywhere. */
  private async load(ctx: RequestContext, effectId: ID): Promise<OrderEffect> {
    const found = await this.ledger.find(ctx, effectId);
    if (found === null) throw new EntityNotFoundError('OrderEffect', effectId);
    await this.connection.getEntityOrThrow(ctx, Order, found.orderId, { channelId: ctx.channelId });
    await this.ledger.lockOrder(ctx, found.orderId);
    const effect = await this.ledger.locked(ctx, effectId);
    if (effect === undefined) throw new EntityNotFoundError('OrderEffect', effectId);
    return effect;
  }

  /** What the event bus still shows as failed is seen to by this. */
  private async settleDeadLetters(ctx: RequestContext, effect: OrderEffect, reason: string): Promise<void> {
    await this.deadLetters.discardOf(
      ctx,
      {
        aggregateType: 'Order',
        aggregateId: String(effect.orderId),
        eventType: effectEventType(effect.action),
        data: { effectId: String(effect.id) },
      },
      reason,
    );
  }
}
