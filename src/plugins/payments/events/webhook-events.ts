import { z } from 'zod';
import { defineEvent } from '../../domain-events';

/** A message of a provider is kept in the inbox; also when staff want it worked off once more. */
export const PaymentWebhookReceived = defineEvent({
  type: 'PaymentWebhookReceived',
  // One payment at its provider: its messages are worked off in the order in which they came.
  aggregateType: 'ProviderPayment',
  schemaVersion: 1,
  schema: z.object({ webhookId: z.string(), provider: z.string(), transactionId: z.string().nullable() }),
});
