import { ScheduledTask, type ID } from '@vendure/core';
import { Clock } from '../services/clock';
import { LabelService } from '../services/labels/label.service';
import { FraudSettingsService } from '../services/models/learning-ports';

/** Attempts in one transaction. */
const BATCH = 200;
/** What one run takes on; the next one goes on from there. */
const BATCHES = 100;
const DAY_MS = 86_400_000;

/** Every night: paid attempts of which nothing bad was heard for long enough are good. */
export const matureLabelsTask = new ScheduledTask({
  id: 'fraud-mature-labels',
  description: 'Calls paid orders good that nothing bad was heard of for long enough',
  schedule: cron => cron.everyDayAt(2, 20),
  preventOverlap: true,
  timeout: 10 * 60_000,
  async execute({ injector, scheduledContext: ctx }) {
    const labels = injector.get(LabelService);
    const { maturityDays } = await injector.get(FraudSettingsService).load();
    const before = injector.get(Clock).date(-maturityDays * DAY_MS);
    let after: { at: Date; id: ID } | undefined;
    let matured = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const done = await labels.mature(ctx, before, after, BATCH);
      if (done === undefined) break;
      after = done.last;
      matured += done.count;
    }
    return { matured };
  },
});
