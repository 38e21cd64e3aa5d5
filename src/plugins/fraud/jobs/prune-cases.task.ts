import { ScheduledTask } from '@vendure/core';
import { CASES_KEPT_DAYS } from '../services/review/constants';
import { CaseStore } from '../services/review/case-store';
import { Clock } from '../services/clock';

/** Small enough that a run cannot outlast its time limit; the next run goes on. */
const BATCH = 500;
const BATCHES = 40;
const DAY_MS = 86_400_000;

/** Every night: deletes cases that ended long ago, with their notes and history. */
export const pruneCasesTask = new ScheduledTask({
  id: 'fraud-prune-cases',
  description: 'Deletes cases of the fraud review that ended long ago',
  schedule: cron => cron.everyDayAt(4, 30),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const store = injector.get(CaseStore);
    const before = injector.get(Clock).date(-CASES_KEPT_DAYS * DAY_MS);
    let deleted = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const gone = await store.prune(ctx, before, BATCH);
      deleted += gone;
      if (gone < BATCH) break;
    }
    return { deleted };
  },
});
