import type { DatabaseHandler } from '../../domain-events';
import { PaymentAuthorized, PaymentCaptured, PaymentFailed } from '../../payments';
import type { AttemptHistoryService } from '../services/scoring/attempt-history.service';

/** What became of attempts to pay. Refused captures and refunds say nothing of who pays. */
export function attemptStatusHandler(attempts: Pick<AttemptHistoryService, 'setStatus'>): DatabaseHandler {
  return {
    name: 'fraud.attempt-status',
    kind: 'database',
    events: [PaymentAuthorized, PaymentCaptured, PaymentFailed],
    async handle(ctx, { eventType, eventData }) {
      const failed = eventType === PaymentFailed.type;
      if (failed && eventData.kind !== 'authorize') return;
      await attempts.setStatus(ctx, String(eventData.attemptId), failed ? 'failed' : 'ordered');
    },
  };
}
