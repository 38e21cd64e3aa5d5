import { z } from 'zod';
import { defineEvent, type DomainEventDefinition } from '../../domain-events';
import { effectEventType } from '../rules/effect-event-type';

const id = z.string().min(1);

/** The payment is confirmed and nobody holds the order back: it can be prepared. */
export const OrderReadyForFulfillment = defineEvent({
  type: 'OrderReadyForFulfillment',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ orderId: id, code: z.string() }),
});

/** A parcel has its label. */
export const ShippingLabelCreated = defineEvent({
  type: 'ShippingLabelCreated',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    orderId: id,
    /** Where the label and its number are: the event holds no personal data. */
    documentId: id,
    stockLocationId: id,
    carrier: z.string(),
  }),
});

/** Something that should have happened outside did not, and staff must see to it. */
export const OrderEffectFailed = defineEvent({
  type: 'OrderEffectFailed',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    orderId: id,
    effectId: id,
    action: z.string(),
    /** Why is in the ledger: it may name people. */
    state: z.enum(['failed', 'unknown']),
  }),
});

const requested = z.object({ orderId: id, effectId: id });

export type EffectRequest = z.infer<typeof requested>;

/** Nothing more of the order is sent, and what was not sent is free again. */
export const OrderCancelled = defineEvent({
  type: 'OrderCancelled',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ orderId: id, code: z.string() }),
});

/** The goods have come back. */
export const OrderReturned = defineEvent({
  type: 'OrderReturned',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ orderId: id, code: z.string() }),
});

/** The request to run an effect: each action has an event of its own, so that each has a queue of its own. */
export function defineEffectRequest(code: string): DomainEventDefinition<EffectRequest> {
  return defineEvent({
    type: effectEventType(code),
    aggregateType: 'Order',
    schemaVersion: 1,
    schema: requested,
  });
}
