import { z } from 'zod';
import { defineEvent } from '../../domain-events';

/** An attempt to pay was scored, before or after the amount was reserved. */
export const FraudDecisionMade = defineEvent({
  type: 'FraudDecisionMade',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({
    orderId: z.string(),
    attemptId: z.string(),
    decisionId: z.string(),
    phase: z.enum(['before', 'after']),
    /** Ten-thousandths of a point. */
    units: z.number().int(),
    recommendation: z.enum(['approve', 'review', 'decline']),
    /** What payments were told. */
    decision: z.enum(['allow', 'challenge', 'review', 'block']),
  }),
});
