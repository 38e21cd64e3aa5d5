import { z } from 'zod';
import { defineEvent } from '../../domain-events';

const facts = { orderId: z.string(), caseId: z.string(), attemptId: z.string() };

/** Somebody has to look at a payment. */
export const FraudCaseOpened = defineEvent({
  type: 'FraudCaseOpened',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object(facts),
});

/** A case waits for longer than allowed. Told once for each case. */
export const FraudCaseDue = defineEvent({
  type: 'FraudCaseDue',
  aggregateType: 'Order',
  schemaVersion: 1,
  /** ISO 8601. */
  schema: z.object({ ...facts, dueAt: z.string() }),
});

/** One of those who are to be told of a due case gets a mail. */
export const FraudDueMailRequested = defineEvent({
  type: 'FraudDueMailRequested',
  aggregateType: 'Order',
  schemaVersion: 1,
  /** `recipient` stands for an address of the settings: see `recipientKey`. */
  schema: z.object({ ...facts, dueAt: z.string(), recipient: z.string() }),
});

/** Staff have decided, and the payment was captured, or given back and the order cancelled. */
export const FraudCaseDecided = defineEvent({
  type: 'FraudCaseDecided',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    ...facts,
    /** Whether they take it for fraud. */
    fraud: z.boolean(),
    /** Of who decided. */
    userId: z.string(),
  }),
});

/** A case closed without a decision: there is nothing to decide any more. */
export const FraudCaseClosed = defineEvent({
  type: 'FraudCaseClosed',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    ...facts,
    because: z.enum(['payment_gone', 'payment_captured', 'order_cancelled']),
  }),
});

export const CASE_EVENTS = [
  FraudCaseOpened,
  FraudCaseDue,
  FraudDueMailRequested,
  FraudCaseDecided,
  FraudCaseClosed,
];
