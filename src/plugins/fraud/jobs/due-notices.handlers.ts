import type { EffectHandler } from '../../domain-events';
import { FraudCaseDue, FraudDueMailRequested } from '../events/case-events';
import type { DueNotices } from '../services/review/due-notices';

/** At most twenty minutes of trying; then staff find it among the dead letters. */
const RETRY = { attempts: 9, baseMs: 5_000, maxMs: 10 * 60_000 };

/** Mails and a webhook, once for each case that is due. */
export function dueNoticesHandlers(notices: DueNotices): EffectHandler[] {
  return [
    {
      name: 'fraud.mail-due-case',
      kind: 'effect',
      events: [FraudDueMailRequested],
      retry: RETRY,
      timeoutMs: 60_000,
      handle: (ctx, { eventData }, { signal }) =>
        notices.mailTo(ctx, String(eventData.caseId), String(eventData.recipient), signal),
    },
    {
      name: 'fraud.call-due-webhook',
      kind: 'effect',
      events: [FraudCaseDue],
      retry: RETRY,
      handle: (ctx, { eventData }, { idempotencyKey, signal }) =>
        notices.callWebhook(ctx, String(eventData.caseId), { idempotencyKey, signal }),
    },
  ];
}
