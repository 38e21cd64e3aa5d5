import { Injectable } from '@nestjs/common';
import { RequestContextService, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In } from 'typeorm';
import { OutboxService } from '../../../domain-events';
import { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { PaymentWebhookReceived } from '../../events/webhook-events';
import { hasCardNumber } from '../../rules/card-number';
import { RETRYABLE, aggregateOf, type WebhookState } from '../../rules/webhook';
import type { ProviderEvent } from '../../types';
import { Clock } from '../clock';
import type { WebhookOutcome } from './webhook-sink';

/** How a run of a message's work ended. */
export interface WebhookEnd extends Pick<WebhookOutcome, 'events' | 'channelId'> {
  readonly state: WebhookState;
  readonly error: string | null;
}

const MOST_OF_AN_ERROR = 500;

/** Keeps the messages of providers: each once, and its work in the outbox if and only if it is kept. */
@Injectable()
export class WebhookInboxService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly contexts: RequestContextService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /**
   * Keeps a message. Of several at the same instant with one id, the database lets the first in, and the others wait
   * for its commit.
   *
   * @returns whether it is new
   */
  async receive(provider: string, event: ProviderEvent): Promise<boolean> {
    const context = await this.contexts.create({ apiType: 'admin' });
    return this.connection.withTransaction(context, async ctx => {
      const inserted = await this.webhooks(ctx)
        .createQueryBuilder()
        .insert()
        .values({ ...columnsOf(event), provider, receivedAt: this.clock.date() })
        .orIgnore()
        .returning('id')
        .execute();
      const [row] = inserted.raw as { id: ID }[];
      if (row === undefined) return false;
      await this.announce(ctx, { id: row.id, provider, ...event });
      return true;
    });
  }

  /** Counts an attempt before it is made. Nothing for a message that is worked off, or deleted. */
  async begin(ctx: RequestContext, id: ID): Promise<PaymentWebhook | undefined> {
    const webhooks = this.webhooks(ctx);
    await webhooks.increment({ id, state: In(OPEN) }, 'attempts', 1);
    return (await webhooks.findOneBy({ id, state: In(OPEN) })) ?? undefined;
  }

  /** What the message tells others is published if and only if its work ends here. */
  async end(
    context: RequestContext,
    id: ID,
    { state, error, events = [], channelId }: WebhookEnd,
  ): Promise<void> {
    await this.connection.withTransaction(context, async ctx => {
      const { affected } = await this.webhooks(ctx).update(
        { id, state: In(OPEN) },
        { state, error: shown(error), processedAt: state === 'received' ? null : this.clock.date() },
      );
      if (affected === 1) {
        await this.outbox.publishAll(ctx, events, channelId === undefined ? {} : { channelId });
      }
    });
  }

  /** Has a message worked off once more. To be called in a transaction. */
  async retry(ctx: RequestContext, webhook: PaymentWebhook): Promise<boolean> {
    const { affected } = await this.webhooks(ctx).update(
      { id: webhook.id, state: In(RETRYABLE) },
      { state: 'received', error: null, processedAt: null },
    );
    if (affected !== 1) return false;
    await this.announce(ctx, webhook);
    return true;
  }

  /** Deletes messages whose work ended before a time, the oldest first. @returns how many */
  async prune(ctx: RequestContext, before: Date, most: number): Promise<number> {
    const [deleted]: [unknown[], number] = await this.webhooks(ctx).query(
      `DELETE FROM payment_webhook WHERE id IN (
         SELECT id FROM payment_webhook WHERE "processedAt" < $1 ORDER BY "processedAt" LIMIT $2
       ) RETURNING id`,
      [before, most],
    );
    return deleted.length;
  }

  private async announce(
    ctx: RequestContext,
    webhook: Pick<PaymentWebhook, 'id' | 'provider' | 'transactionId' | 'eventId'>,
  ): Promise<void> {
    const { id, provider, transactionId } = webhook;
    await this.outbox.publish(
      ctx,
      PaymentWebhookReceived.of(aggregateOf(provider, webhook), {
        webhookId: String(id),
        provider,
        transactionId,
      }),
    );
  }

  private webhooks(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentWebhook);
  }
}

/** What is stored of a message. */
export function columnsOf(event: ProviderEvent) {
  const { dispute } = event;
  return {
    ...event,
    dispute: dispute && { ...dispute, respondBy: dispute.respondBy?.toISOString() ?? null },
  };
}

/** One that was given up may be tried again from the list of dead letters too. */
export const OPEN: readonly WebhookState[] = ['received', 'failed'];

/** An error's text may repeat what somebody sent. */
export function shown(error: string | null): string | null {
  if (error === null) return null;
  return hasCardNumber(error)
    ? 'The reason has card data in it and is not kept.'
    : error.slice(0, MOST_OF_AN_ERROR);
}
