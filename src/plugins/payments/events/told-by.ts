import type { NewDomainEvent } from '../../domain-events';
import type { PaymentAttempt } from '../entities/payment-attempt.entity';
import type { PaymentWebhook } from '../entities/payment-webhook.entity';
import { factsOf } from './facts';
import { FraudWarningReceived, PaymentDisputed } from './payment-events';

/** What others have to know: the state of a payment tells nothing of the bank's doubts. */
export function toldBy(webhook: PaymentWebhook, attempt: PaymentAttempt): NewDomainEvent[] {
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
