import { Injectable } from '@nestjs/common';
import {
  EntityNotFoundError,
  Order,
  TransactionalConnection,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { DeadLetterService, type EventMatch } from '../../domain-events';
import { EffectStateError } from '../api/error-results';
import type { OrderEffect } from '../entities/order-effect.entity';
import { effectEventType } from '../rules/effect-event-type';
import { canRetry, canSkip } from '../rules/effect-state';
import { EffectLedgerService } from './effect-ledger.service';

/** Longer than any run and any wait between two attempts. */
const SILENCE_MS = 15 * 60_000;

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
    await this.settleDeadLetters(ctx, effect, 'Skipped on the order.');
    await this.ledger.skip(ctx, effect, reason);
    return effect;
  }

  /**
   * Ends effects that can never end by themselves: their last delivery is a dead letter that took its worker along, or
   * staff discarded it. Gives how many.
   */
  async endLost(ctx: RequestContext, limit: number): Promise<number> {
    let ended = 0;
    for (const effect of await this.ledger.silent(ctx, SILENCE_MS, limit)) {
      if (await this.deadLetters.isUnderWay(ctx, requestOf(effect))) continue;
      if (await this.ledger.giveUp(ctx, effect)) ended += 1;
    }
    return ended;
  }

  /** The order first, then the effect: as everywhere. */
  private async load(ctx: RequestContext, effectId: ID): Promise<OrderEffect> {
    const found = await this.ledger.find(ctx, effectId);
    if (found === null) throw new EntityNotFoundError('OrderEffect', effectId);
    const order = await this.connection.findOneInChannel(ctx, Order, found.orderId, ctx.channelId);
    // In the same words as one that does not exist: what other channels have is nobody's business.
    if (order === undefined) throw new EntityNotFoundError('OrderEffect', effectId);
    await this.ledger.lockOrder(ctx, found.orderId);
    const effect = await this.ledger.locked(ctx, effectId);
    if (effect === undefined) throw new EntityNotFoundError('OrderEffect', effectId);
    return effect;
  }

  /** What the event bus still shows as failed is seen to by this. */
  private async settleDeadLetters(ctx: RequestContext, effect: OrderEffect, reason: string): Promise<void> {
    await this.deadLetters.discardOf(ctx, requestOf(effect), reason);
  }
}

/** The events that asked for an effect. */
function requestOf({ id, orderId, action }: OrderEffect): EventMatch {
  return {
    aggregateType: 'Order',
    aggregateId: String(orderId),
    eventType: effectEventType(action),
    data: { effectId: String(id) },
  };
}
