import { ScheduledTask } from '@vendure/core';
import { ModelsService } from '../services/models/models.service';
import { TrainingRuns } from '../services/models/training-runs';

/** Longer than a training takes; the run's own lease keeps two workers apart. */
const LIMIT_MS = 30 * 60_000;

/** Every night, and then once a week: trains a challenger. Takes up a run whose job or worker was lost, too. */
export const trainModelTask = new ScheduledTask({
  id: 'fraud-train-model',
  description: 'Trains a fraud model from what became of payments, once a week',
  schedule: cron => cron.everyDayAt(3, 20),
  preventOverlap: true,
  timeout: LIMIT_MS,
  async execute({ injector, scheduledContext: ctx }) {
    const runs = injector.get(TrainingRuns);
    const waiting = (await runs.underWay(ctx)) !== null;
    if (!waiting) {
      if (!(await injector.get(ModelsService).isDue(ctx))) return { due: false };
      await runs.request(ctx, 'schedule', null);
    }
    const run = await runs.work(ctx);
    return run === undefined ? { underWay: true } : { state: run.state, good: run.good, frauds: run.frauds };
  },
});
