import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import type { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { toldBy } from '../../events/told-by';
import { SELF_SETTLING } from '../../rules/plugin-handlers';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { DisputesService } from '../reconciliation/disputes.service';
import { PaymentSyncService } from '../ledger/payment-sync.service';
import { PluginWebhooks } from '../plugin-handlers/plugin-webhooks';
import { UnknownPayments } from '../reconciliation/unknown-payments.service';
import type { WebhookOutcome, WebhookSink } from './webhook-sink';

const NOT_OURS = 'No payment of this shop has this id or reference.';
const QUEUED = 'The shop has no record of this payment: it is among the differences, for staff to look at.';

/** Takes a message for what it is, a hint: the provider is asked how the payment is, and that is brought into the order. */
@Injectable()
export class PaymentWebhookSink implements WebhookSink {
  constructor(
    private readonly ledger: AttemptLedgerService,
    private readonly sync: PaymentSyncService,
    private readonly disputes: DisputesService,
    private readonly unknown: UnknownPayments,
    private readonly plugins: PluginWebhooks,
  ) {}

  async apply(ctx: RequestContext, webhook: PaymentWebhook): Promise<WebhookOutcome> {
    if (SELF_SETTLING.includes(webhook.provider)) return this.plugins.again(webhook);
    const known = (await this.find(ctx, webhook)) ?? (await this.lookAtUnknown(ctx, webhook));
    if (typeof known === 'string') {
      // Whoever the payment belongs to, the dispute has a day by which it must be answered.
      if (known === QUEUED) await this.disputes.take(ctx, webhook, null);
      return { state: known === QUEUED ? 'done' : 'ignored', reason: known };
    }
    const attempt = known;
    if ((await this.sync.refresh(attempt)) === null) {
      return { state: 'ignored', reason: 'The provider does not know the payment (any more).' };
    }
    await this.disputes.take(ctx, webhook, await this.ledger.find(ctx, attempt.id));
    return {
      state: 'done',
      reason: null,
      events: toldBy(webhook, attempt),
      channelId: String(attempt.channelId),
    };
  }

  /** @returns the attempt, or why there is nothing more to do */
  private async lookAtUnknown(
    ctx: RequestContext,
    { provider, transactionId, kind }: PaymentWebhook,
  ): Promise<PaymentAttempt | string> {
    if (transactionId === null || kind === 'other') return NOT_OURS;
    const found = await this.unknown.look(ctx, provider, transactionId);
    if (typeof found !== 'string') return found;
    return found === 'queued' ? QUEUED : NOT_OURS;
  }

  private async find(ctx: RequestContext, webhook: PaymentWebhook): Promise<PaymentAttempt | null> {
    const { provider, reference, transactionId } = webhook;
    const named = reference === null ? null : await this.ledger.byReference(ctx, reference);
    if (named?.provider === provider && named.kind === 'authorize') return named;
    return transactionId === null ? null : this.ledger.byTransaction(ctx, provider, transactionId);
  }
}
