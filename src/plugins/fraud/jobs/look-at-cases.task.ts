import { Logger, ScheduledTask } from '@vendure/core';
import { loggerCtx } from '../constants';
import { CaseWatch } from '../services/review/case-watch';
import { DueCases } from '../services/review/due-cases';

/** Small enough that a run cannot outlast its time limit, even if a provider answers slowly. */
const BATCH = 10;
const BATCHES = 5;
const DUE_BATCH = 100;

/** Goes on with decisions that were cut off, closes cases whose payment is gone, and tells of those that are due. */
export const lookAtCasesTask = new ScheduledTask({
  id: 'fraud-look-at-cases',
  description: 'Finishes decisions of the fraud review that were cut off, and tells of cases that are due',
  schedule: '*/15 * * * * *',
  timeout: 600_000,
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const watch = injector.get(CaseWatch);
    let lookedAt = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const count = await watch.look(ctx, BATCH);
      lookedAt += count;
      if (count < BATCH) break;
    }
    const due = await injector.get(DueCases).tell(ctx, DUE_BATCH);
    if (due > 0) Logger.info(`${due} cases of the fraud review are due`, loggerCtx);
    return { lookedAt, due };
  },
});
