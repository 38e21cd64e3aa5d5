import { ScheduledTask } from '@vendure/core';
import { EffectActionsService } from '../services/effect-actions.service';
import { EffectLedgerService } from '../services/effect-ledger.service';

/** Small enough that a run cannot outlast its time limit. */
const BATCH = 200;
const BATCHES = 20;

/**
 * Sends effects on their way whose time has come, such as the request for feedback some days after the delivery; and
 * ends those of which nothing was heard any more, because their job is gone.
 */
export const dueEffectsTask = new ScheduledTask({
  id: 'order-state-machine-due-effects',
  description: 'Starts what is to happen some time after an order moved, and ends what got lost',
  schedule: cron => cron.everyMinute(),
  async execute({ injector, scheduledContext: ctx }) {
    const ledger = injector.get(EffectLedgerService);
    let released = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const count = await ledger.releaseDue(ctx, BATCH);
      released += count;
      if (count < BATCH) break;
    }
    return { released, lost: await injector.get(EffectActionsService).endLost(ctx, BATCH) };
  },
});
