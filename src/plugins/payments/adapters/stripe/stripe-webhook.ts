import { z } from 'zod';
import { WebhookUnreadableError } from '../../errors';
import type { ProviderDispute, ProviderEvent } from '../../types';
import { fromStripeAmount } from '../amounts';
import { REFERENCE_KEY } from './stripe-request';

const EventShape = z.object({
  id: z.string().min(1).max(100),
  object: z.literal('event'),
  type: z.string().min(1).max(100),
  created: z.number().int().nonnegative().optional(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
});

const DisputeShape = z.object({
  id: z.string().min(1).max(100),
  amount: z.number().int().nonnegative(),
  currency: z.string().length(3),
  reason: z.string().max(100),
  status: z.string(),
  evidence_details: z.object({ due_by: z.number().nullish() }).nullish(),
});

/** Reduced to what may be stored: no card, no address, no secret of the message goes on. */
export function eventOf(body: Buffer): ProviderEvent {
  const { id, type, created, data } = parsed(body);
  const kind = kindOf(type);
  return {
    eventId: id,
    type,
    kind,
    transactionId: paymentOf(data.object),
    reference: kind === 'payment' || kind === 'refund' ? referenceOf(data.object) : null,
    occurredAt: created === undefined ? null : new Date(created * 1000),
    dispute: kind === 'dispute' ? disputeOf(data.object) : null,
  };
}

function parsed(body: Buffer): z.infer<typeof EventShape> {
  let json: unknown;
  try {
    json = JSON.parse(body.toString('utf8'));
  } catch {
    throw new WebhookUnreadableError('it is no JSON');
  }
  const event = EventShape.safeParse(json);
  if (!event.success) throw new WebhookUnreadableError('it is no event of Stripe');
  return event.data;
}

export function kindOf(type: string): ProviderEvent['kind'] {
  if (type.startsWith('charge.dispute.')) return 'dispute';
  if (type.startsWith('radar.early_fraud_warning.')) return 'fraud_warning';
  if (type === 'charge.refunded' || type.startsWith('charge.refund.') || type.startsWith('refund.'))
    return 'refund';
  if (type.startsWith('payment_intent.') || type.startsWith('charge.')) return 'payment';
  return 'other';
}

/** The payment that a message is about: it is the intent itself, or names it. */
function paymentOf(object: Record<string, unknown>): string | null {
  if (object.object === 'payment_intent') return idOf(object);
  return idOf(object.payment_intent);
}

/** An id stands by itself or in the object that was put in its place. */
function idOf(value: unknown): string | null {
  const id = typeof value === 'object' && value !== null ? (value as { id?: unknown }).id : value;
  return typeof id === 'string' && id !== '' && id.length <= 100 ? id : null;
}

/** A charge has its intent's reference; a refund the one of its own attempt. */
function referenceOf({ metadata }: Record<string, unknown>): string | null {
  if (typeof metadata !== 'object' || metadata === null) return null;
  const reference = (metadata as Record<string, unknown>)[REFERENCE_KEY];
  return typeof reference === 'string' && reference.length <= 100 ? reference : null;
}

function disputeOf(object: Record<string, unknown>): ProviderDispute {
  const dispute = DisputeShape.safeParse(object);
  if (!dispute.success) throw new WebhookUnreadableError('it is no dispute of Stripe');
  const { id, amount, currency, reason, status, evidence_details: evidence } = dispute.data;
  return {
    disputeId: id,
    amount: fromStripeAmount(amount, currency),
    currency: currency.toUpperCase(),
    reason,
    status: disputeStatus(status),
    respondBy: evidence?.due_by ? new Date(evidence.due_by * 1000) : null,
  };
}

/** A warning that was closed has cost nothing. A status that is not known needs somebody to look. */
export function disputeStatus(status: string): ProviderDispute['status'] {
  switch (status) {
    case 'won':
    case 'warning_closed':
      return 'won';
    case 'lost':
      return 'lost';
    case 'under_review':
    case 'warning_under_review':
      return 'under_review';
    default:
      return 'needs_response';
  }
}
