import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { In, MoreThan, type FindOptionsWhere } from 'typeorm';
import { ChannelContextService, OutboxService } from '../../../domain-events';
import { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { SELF_SETTLING } from '../../rules/plugin-handlers';
import { aggregateOf } from '../../rules/webhook';
import type { ProviderEvent } from '../../types';
import { Clock } from '../clock';
import { columnsOf, OPEN, shown } from '../webhooks/webhook-inbox.service';
import type { WebhookOutcome } from '../webhooks/webhook-sink';

/** How long a controller may work on a message. Whoever has not come back by then has died. */
const HOLD_MS = 60_000;

/** After so many times it is left to staff; with the waits between them, that is about an hour. */
const ATTEMPTS = 12;

/** A message, and whether it is the caller's to work off: `over` needs no more work, at `busy` somebody else is. */
export interface Hold {
  readonly webhook: PaymentWebhook;
  readonly state: 'held' | 'over' | 'busy';
}

/**
 * Messages to the webhooks of other plugins: kept before their controllers see them, and worked off by one at a time for each
 * payment, whichever process they come to. No connection is held meanwhile, for the controller needs some itself.
 */
@Injectable()
export class HeldWebhooks {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: ChannelContextService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** Keeps a message, unless it is kept already, and takes hold of it. */
  async keep(provider: string, event: ProviderEvent): Promise<Hold> {
    return this.inTurn(aggregateOf(provider, event), async tx => {
      await this.webhooks(tx)
        .createQueryBuilder()
        .insert()
        .values({
          ...columnsOf(event),
          provider,
          receivedAt: this.clock.date(),
          heldUntil: this.clock.date(),
        })
        .orIgnore()
        .execute();
      const { eventId } = event;
      return this.take(tx, await this.locked(tx, { provider, eventId }));
    });
  }

  /** Takes hold of a message that is kept. */
  async hold(webhook: PaymentWebhook): Promise<Hold> {
    return this.inTurn(aggregateOf(webhook.provider, webhook), async tx =>
      this.take(tx, await this.locked(tx, { id: webhook.id })),
    );
  }

  /** What the message tells others is published if and only if its work ends here. */
  async end(
    { id }: PaymentWebhook,
    { state, reason, events = [], channelId }: WebhookOutcome,
  ): Promise<void> {
    await this.connection.withTransaction(await this.contexts.of(null), async tx => {
      const { affected } = await this.webhooks(tx).update(
        { id, state: In(OPEN) },
        { state, error: shown(reason), processedAt: this.clock.date(), heldUntil: null },
      );
      if (affected === 1) {
        await this.outbox.publishAll(tx, events, channelId === undefined ? {} : { channelId });
      }
    });
  }

  /** It did not work: later, once more. */
  async giveUp({ id, attempts }: PaymentWebhook, error: string): Promise<void> {
    const last = attempts >= ATTEMPTS;
    const ctx = await this.contexts.of(null);
    await this.webhooks(ctx).update(
      { id, state: In(OPEN) },
      {
        state: last ? 'failed' : 'received',
        error: shown(error),
        processedAt: last ? this.clock.date() : null,
        heldUntil: last ? null : this.clock.date(),
      },
    );
  }

  /** Messages that were let go of before their end, and have waited long enough: ever longer. */
  async overdue(limit: number): Promise<PaymentWebhook[]> {
    const ctx = await this.contexts.of(null);
    return this.webhooks(ctx)
      .createQueryBuilder('webhook')
      .where('webhook.provider IN (:...providers) AND webhook.state = :state', {
        providers: SELF_SETTLING,
        state: 'received',
      })
      .andWhere(`webhook."heldUntil" + least(900, 2 * 2 ^ webhook.attempts) * interval '1 second' <= :now`, {
        now: this.clock.date(),
      })
      .orderBy('webhook.heldUntil', 'ASC')
      .take(limit)
      .getMany();
  }

  /** Locked: else its end could come between reading that it is open and seeing that nobody holds it. */
  private locked(ctx: RequestContext, where: FindOptionsWhere<PaymentWebhook>): Promise<PaymentWebhook> {
    return this.webhooks(ctx).findOneOrFail({ where, lock: { mode: 'pessimistic_write' } });
  }

  private async take(ctx: RequestContext, webhook: PaymentWebhook): Promise<Hold> {
    if (!OPEN.includes(webhook.state)) return { webhook, state: 'over' };
    const { id, provider, transactionId } = webhook;
    const heldUntil = MoreThan(this.clock.date());
    const busy = await this.webhooks(ctx).existsBy([
      { id, heldUntil },
      ...(transactionId === null ? [] : [{ provider, transactionId, heldUntil }]),
    ]);
    if (busy) return { webhook, state: 'busy' };
    webhook.heldUntil = this.clock.date(HOLD_MS);
    webhook.attempts += 1;
    webhook.state = 'received';
    webhook.processedAt = null;
    await this.webhooks(ctx).save(webhook, { reload: false });
    return { webhook, state: 'held' };
  }

  /** In a transaction in which nobody else takes hold of a message about the same payment. */
  private async inTurn(payment: string, work: (tx: RequestContext) => Promise<Hold>): Promise<Hold> {
    return this.connection.withTransaction(await this.contexts.of(null), async tx => {
      await this.webhooks(tx).query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [
        `payment_webhook:${payment}`,
      ]);
      return work(tx);
    });
  }

  private webhooks(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentWebhook);
  }
}
