import type { RequestContext } from '@vendure/core';
import type { NewDomainEvent } from '../../../domain-events';
import type { PaymentWebhook } from '../../entities/payment-webhook.entity';

export const WEBHOOK_SINK = Symbol('WEBHOOK_SINK');

/** What came of a message. */
export interface WebhookOutcome {
  readonly state: 'done' | 'ignored';
  /** For staff; null where there is nothing to say. */
  readonly reason: string | null;
  /** What the message tells others. Published once, with the end of the message's work. */
  readonly events?: readonly NewDomainEvent[];
  /** The channel that these are about. */
  readonly channelId?: string;
}

/**
 * Port: what a message of a provider means for the shop. It says only that something happened: the provider is asked
 * what. Called outside any transaction; for one payment never twice at the same time, but perhaps again after a crash,
 * late, and in another order than things happened in.
 */
export interface WebhookSink {
  /**
   * @param signal aborted when the time is up
   * @throws anything, to be called again later
   */
  apply(ctx: RequestContext, webhook: PaymentWebhook, signal: AbortSignal): Promise<WebhookOutcome>;
}
