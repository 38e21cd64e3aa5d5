import { ScheduledTask } from '@vendure/core';
import { FRAUD_PLUGIN_OPTIONS } from '../constants';
import { DEFAULT_KEEP_DAYS, type FraudPluginOptions } from '../options';
import { Clock } from '../services/clock';
import { AttemptHistoryService } from '../services/scoring/attempt-history.service';
import { DecisionService } from '../services/scoring/decision.service';

/** Small enough that a run cannot outlast its time limit; the next run goes on. */
const BATCH = 1_000;
const BATCHES = 40;
const DAY_MS = 86_400_000;

/** Every night: deletes attempts and decisions that are too old to say anything. */
export const pruneFraudTask = new ScheduledTask({
  id: 'fraud-prune-history',
  description: 'Deletes old attempts to pay and what was decided about them',
  schedule: cron => cron.everyDayAt(4, 40),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const { keepDays = DEFAULT_KEEP_DAYS } = injector.get<FraudPluginOptions>(FRAUD_PLUGIN_OPTIONS);
    const before = injector.get(Clock).date(-keepDays * DAY_MS);
    const attempts = injector.get(AttemptHistoryService);
    const decisions = injector.get(DecisionService);
    return {
      attempts: await inBatches(() => attempts.prune(ctx, before, BATCH)),
      decisions: await inBatches(() => decisions.prune(ctx, before, BATCH)),
      values: await attempts.pruneCategories(ctx, before),
    };
  },
});

async function inBatches(deleteSome: () => Promise<number>): Promise<number> {
  let deleted = 0;
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const gone = await deleteSome();
    deleted += gone;
    if (gone < BATCH) break;
  }
  return deleted;
}
