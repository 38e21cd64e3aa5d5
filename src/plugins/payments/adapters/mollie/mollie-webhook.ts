import { WebhookUnreadableError } from '../../errors';
import type { ProviderEvent } from '../../types';

/** Mollie says which payment has changed, and nothing else: `id=tr_...`. */
export function mollieEventOf(body: Buffer, newId: () => string): ProviderEvent {
  const id = body.length > 200 ? null : new URLSearchParams(body.toString('utf8')).get('id');
  if (id === null || !isPaymentId(id)) throw new WebhookUnreadableError('it names no payment of Mollie');
  return {
    eventId: newId(),
    type: 'payment.changed',
    kind: 'payment',
    transactionId: id,
    reference: null,
    occurredAt: null,
    dispute: null,
  };
}

export const isPaymentId = (id: string): boolean => /^tr_[A-Za-z0-9]{1,40}$/.test(id);
