import { z } from 'zod';
import { defineEvent } from '../../domain-events';

/** What comes in, or the score made of it, is not like before: a PSI is above 0.25. Told once for a day. */
export const FraudDriftDetected = defineEvent({
  type: 'FraudDriftDetected',
  aggregateType: 'FraudDriftReport',
  schemaVersion: 1,
  schema: z.object({
    /** YYYY-MM-DD, UTC. */
    day: z.string(),
    modelVersion: z.string().nullable(),
    /** What has moved: `score`, or names of features. */
    measures: z.array(z.object({ name: z.string(), psi: z.number() })),
  }),
});
