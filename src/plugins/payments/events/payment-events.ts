import { z } from 'zod';
import { defineEvent } from '../../domain-events';

const facts = {
  orderId: z.string(),
  attemptId: z.string(),
  paymentId: z.string().nullable(),
  provider: z.string(),
  method: z.string(),
  /** Minor units. */
  amount: z.number().int(),
  currency: z.string(),
};

/** An amount is reserved for an order; it can be captured or voided. */
export const PaymentAuthorized = defineEvent({
  type: 'PaymentAuthorized',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object(facts),
});

/** The money of an order is taken. */
export const PaymentCaptured = defineEvent({
  type: 'PaymentCaptured',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object(facts),
});

/** A reservation was given back. */
export const PaymentVoided = defineEvent({
  type: 'PaymentVoided',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object(facts),
});

/** An attempt to pay, capture, void or refund came to nothing: no money moved. */
export const PaymentFailed = defineEvent({
  type: 'PaymentFailed',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    ...facts,
    kind: z.enum(['authorize', 'capture', 'void', 'refund']),
    failureKind: z.string().nullable(),
    failureCode: z.string().nullable(),
  }),
});

/** Money was given back to the shopper. */
export const RefundSettled = defineEvent({
  type: 'RefundSettled',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ ...facts, refundId: z.string().nullable() }),
});

/** Money moved that no order can take: it is given back by itself where that is possible, else staff decide. */
export const PaymentStranded = defineEvent({
  type: 'PaymentStranded',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ ...facts, reason: z.string() }),
});

/** The shopper's bank wants the money back: the shop has to answer in time. Told for every change of the dispute. */
export const PaymentDisputed = defineEvent({
  type: 'PaymentDisputed',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    ...facts,
    webhookId: z.string(),
    disputeId: z.string(),
    /** The provider's word for it, such as `fraudulent`. */
    reason: z.string(),
    status: z.enum(['needs_response', 'under_review', 'won', 'lost']),
    /** Minor units of the payment's currency. */
    disputedAmount: z.number().int(),
    /** ISO 8601. */
    respondBy: z.string().nullable(),
  }),
});

/** The bank suspects that the card is not the shopper's. */
export const FraudWarningReceived = defineEvent({
  type: 'FraudWarningReceived',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ ...facts, webhookId: z.string() }),
});

/** Reserved money will be free again at `expiresAt` (ISO 8601): capture it or void it before. Told once. */
export const PaymentAuthorizationExpiring = defineEvent({
  type: 'PaymentAuthorizationExpiring',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ ...facts, expiresAt: z.string() }),
});

export const PAYMENT_EVENTS = [
  PaymentAuthorized,
  PaymentCaptured,
  PaymentVoided,
  PaymentFailed,
  RefundSettled,
  PaymentStranded,
  PaymentDisputed,
  FraudWarningReceived,
  PaymentAuthorizationExpiring,
];
