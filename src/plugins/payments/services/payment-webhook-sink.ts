import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
import type { NewDomainEvent } from '../../domain-events';
import type { PaymentAttempt } from '../entities/payment-attempt.entity';
import type { PaymentWebhook } from '../entities/payment-webhook.entity';
import { factsOf } from '../events/facts';
import { FraudWarningReceived, PaymentDisputed } from '../events/payment-events';
import { AttemptLedgerService } from './attempt-ledger.service';
import { PaymentSyncService } from './payment-sync.service';
import type { WebhookOutcome, WebhookSink } from './webhook-sink';

/** Takes a message for what it is, a hint: the provider is asked how the payment is, and that is brought into the order. */
@Injectable()
export class PaymentWebhookSink implements WebhookSink {
  constructor(
    private readonly ledger: AttemptLedgerService,
    private readonly sync: PaymentSyncService,
  ) {}

  async apply(ctx: RequestContext, webhook: PaymentWebhook): Promise<WebhookOutcome> {
    const attempt = await this.find(ctx, webhook);
    if (attempt === null) {
      return { state: 'ignored', reason: 'No payment of this shop has this id or reference.' };
    }
    if ((await this.sync.refresh(attempt)) === null) {
      return { state: 'ignored', reason: 'The provider does not know the payment (any more).' };
    }
    return {
      state: 'done',
      reason: null,
      events: toldBy(webhook, attempt),
      channelId: String(attempt.channelId),
    };
  }

  private async find(ctx: RequestContext, webhook: PaymentWebhook): Promise<PaymentAttempt | null> {
    const { provider, reference, transactionId } = webhook;
    const named = reference === null ? null : await this.ledger.byReference(ctx, reference);
    if (named?.provider === provider && named.kind === 'authorize') return named;
    return transactionId === null ? null : this.ledger.byTransaction(ctx, provider, transactionId);
  }
}

/** What others have to know: the state of a payment tells nothing of the bank's doubts. */
function toldBy(webhook: PaymentWebhook, attempt: PaymentAttempt): NewDomainEvent[] {
  const facts = { ...factsOf(attempt), webhookId: String(webhook.id) };
  const { kind, dispute } = webhook;
  if (kind === 'fraud_warning') return [FraudWarningReceived.of(attempt.orderId, facts)];
  if (kind !== 'dispute' || dispute === null) return [];
  const { disputeId, reason, status, amount, respondBy } = dispute;
  return [
    PaymentDisputed.of(attempt.orderId, {
      ...facts,
      disputeId,
      reason,
      status,
      disputedAmount: amount,
      respondBy,
    }),
  ];
}
