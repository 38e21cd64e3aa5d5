import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ProviderEvent } from '../types';

/**
 * - `received`: kept, and to be worked off
 * - `done`: worked off
 * - `ignored`: nothing of this shop was concerned
 * - `failed`: given up after all attempts; staff may try again
 */
export const WEBHOOK_STATES = ['received', 'done', 'ignored', 'failed'] as const;
export type WebhookState = (typeof WEBHOOK_STATES)[number];

/** In these states a message can be worked off (again). */
export const RETRYABLE: readonly WebhookState[] = ['received', 'ignored', 'failed'];

/** Ids and names of providers: printable ASCII without spaces. PostgreSQL refuses some of all other signs. */
const word = (max: number) =>
  z
    .string()
    .max(max)
    .regex(/^[\x21-\x7e]+$/);
const money = z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER);

const dispute = z.object({
  disputeId: word(255),
  amount: money,
  currency: z.string().regex(/^[A-Z]{3}$/),
  reason: z
    .string()
    .max(200)
    .regex(/^[\x20-\x7e]*$/),
  status: z.enum(['needs_response', 'under_review', 'won', 'lost']),
  respondBy: z.date().nullable(),
});

const event = z.object({
  eventId: word(255),
  type: word(100),
  kind: z.enum(['payment', 'refund', 'dispute', 'fraud_warning', 'other']),
  transactionId: word(255).nullable(),
  reference: word(64).nullable(),
  occurredAt: z.date().nullable(),
  dispute: dispute.nullable(),
});

/** What may be stored of a message, and nothing that an adapter says besides; undefined where it cannot be stored. */
export function storable(message: ProviderEvent): ProviderEvent | undefined {
  const parsed = event.safeParse(message);
  return parsed.success ? parsed.data : undefined;
}

const MOST_OF_AN_AGGREGATE_ID = 100;

/**
 * Messages about one payment are worked off one after the other. One that names no payment stands for itself.
 *
 * @returns at most 100 characters
 */
export function aggregateOf(
  provider: string,
  { transactionId, eventId }: Pick<ProviderEvent, 'transactionId' | 'eventId'>,
) {
  const id = transactionId === null ? `${provider}/event/${eventId}` : `${provider}/${transactionId}`;
  return id.length <= MOST_OF_AN_AGGREGATE_ID ? id : createHash('sha256').update(id).digest('hex');
}
