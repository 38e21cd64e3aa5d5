import { ScheduledTask } from '@vendure/core';
import { DIFFERENCES_KEPT_DAYS, RUNS_KEPT_DAYS } from '../constants';
import { Clock } from '../services/clock';
import { DifferencesService } from '../services/reconciliation/differences.service';
import { ReconciliationRuns } from '../services/reconciliation/reconciliation-runs';

/** Small enough that a run cannot outlast its time limit; the next run goes on. */
const BATCH = 500;
const BATCHES = 40;

const DAY_MS = 86_400_000;

/** Every night: deletes what was resolved long ago, and runs that nobody looks at any more. */
export const pruneReconciliationTask = new ScheduledTask({
  id: 'payments-prune-reconciliation',
  description: 'Deletes payment differences that were resolved long ago, and old reconciliation runs',
  schedule: cron => cron.everyDayAt(4, 20),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const clock = injector.get(Clock);
    const differences = injector.get(DifferencesService);
    const before = clock.date(-DIFFERENCES_KEPT_DAYS * DAY_MS);
    let deleted = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const gone = await differences.prune(ctx, before, BATCH);
      deleted += gone;
      if (gone < BATCH) break;
    }
    const runs = await injector.get(ReconciliationRuns).prune(ctx, clock.date(-RUNS_KEPT_DAYS * DAY_MS));
    return { differences: deleted, runs };
  },
});
