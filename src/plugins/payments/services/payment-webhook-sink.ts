import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../domain-events';
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
    private readonly connection: TransactionalConnection,
    private readonly ledger: AttemptLedgerService,
    private readonly sync: PaymentSyncService,
    private readonly outbox: OutboxService,
  ) {}

  async apply(ctx: RequestContext, webhook: PaymentWebhook): Promise<WebhookOutcome> {
    const attempt = await this.find(ctx, webhook);
    if (attempt === null) {
      return { state: 'ignored', reason: 'No payment of this shop has this id or reference.' };
    }
    if ((await this.sync.refresh(attempt)) === null) {
      return { state: 'ignored', reason: 'The provider does not know the payment (any more).' };
    }
    if (webhook.kind === 'dispute' || webhook.kind === 'fraud_warning')
      await this.tell(ctx, webhook, attempt);
    return { state: 'done', reason: null };
  }

  private async find(ctx: RequestContext, webhook: PaymentWebhook): Promise<PaymentAttempt | null> {
    const { provider, reference, transactionId } = webhook;
    const named = reference === null ? null : await this.ledger.byReference(ctx, reference);
    if (named?.provider === provider && named.kind === 'authorize') return named;
    return transactionId === null ? null : this.ledger.byTransaction(ctx, provider, transactionId);
  }

  private async tell(ctx: RequestContext, webhook: PaymentWebhook, attempt: PaymentAttempt): Promise<void> {
    const facts = { ...factsOf(attempt), webhookId: String(webhook.id) };
    const { dispute } = webhook;
    const event =
      webhook.kind === 'dispute' && dispute !== null
        ? PaymentDisputed.of(attempt.orderId, {
            ...facts,
            disputeId: dispute.disputeId,
            reason: dispute.reason,
            status: dispute.status,
            disputedAmount: dispute.amount,
            respondBy: dispute.respondBy,
          })
        : FraudWarningReceived.of(attempt.orderId, facts);
    await this.connection.withTransaction(ctx, tx =>
      this.outbox.publish(tx, event, { channelId: String(attempt.channelId) }),
    );
  }
}
