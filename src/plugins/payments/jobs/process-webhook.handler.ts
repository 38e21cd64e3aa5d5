import type { EffectHandler } from '../../domain-events';
import { PaymentWebhookReceived } from '../events/webhook-events';
import type { WebhookInboxService } from '../services/webhooks/webhook-inbox.service';
import type { WebhookSink } from '../services/webhooks/webhook-sink';

/** About an hour of trying; reconciliation finds what is missed, and staff see what has failed. */
const RETRY = { attempts: 12, baseMs: 2_000, maxMs: 15 * 60_000 };
const TIMEOUT_MS = 60_000;

/** Works off what the inbox has kept: as a job, for the provider is asked. */
export function processWebhookHandler(
  inbox: Pick<WebhookInboxService, 'begin' | 'end'>,
  sink: WebhookSink,
): EffectHandler {
  return {
    name: 'payments.process-webhook',
    kind: 'effect',
    events: [PaymentWebhookReceived],
    retry: RETRY,
    timeoutMs: TIMEOUT_MS,
    handle: async (ctx, { eventData }, { attempt, signal }) => {
      const webhook = await inbox.begin(ctx, String(eventData.webhookId));
      if (webhook === undefined) return;
      try {
        const { reason, ...outcome } = await sink.apply(ctx, webhook, signal);
        await inbox.end(ctx, webhook.id, { ...outcome, error: reason });
      } catch (error) {
        const state = attempt >= RETRY.attempts ? 'failed' : 'received';
        await inbox.end(ctx, webhook.id, {
          state,
          error: error instanceof Error ? error.message : String(error),
        });
        // Thrown again, so that it is tried again; or shows as a dead letter beside those of other plugins.
        throw error;
      }
    },
  };
}
