import { ScheduledTask } from '@vendure/core';
import { WEBHOOKS_KEPT_DAYS } from '../constants';
import { Clock } from '../services/clock';
import { WebhookInboxService } from '../services/webhooks/webhook-inbox.service';

/** Small enough that a run cannot outlast its time limit; the next run goes on. */
const BATCH = 500;
const BATCHES = 40;
const DAY_MS = 86_400_000;

/** Every night: deletes webhooks that were worked off long ago. */
export const pruneWebhooksTask = new ScheduledTask({
  id: 'payments-prune-webhooks',
  description: 'Deletes webhooks of payment providers that were worked off long ago',
  schedule: cron => cron.everyDayAt(4, 10),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const inbox = injector.get(WebhookInboxService);
    const before = injector.get(Clock).date(-WEBHOOKS_KEPT_DAYS * DAY_MS);
    let deleted = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const gone = await inbox.prune(ctx, before, BATCH);
      deleted += gone;
      if (gone < BATCH) break;
    }
    return { deleted };
  },
});
