import { ScheduledTask } from '@vendure/core';
import { Clock } from '../services/clock';
import { DriftService } from '../services/drift/drift.service';
import { ModelPromotion } from '../services/models/model-promotion.service';
import { KEPT_DAYS } from '../services/models/model-limits';
import { ModelStore } from '../services/models/model-store';
import { TrainingRuns } from '../services/models/training-runs';

const DAY_MS = 86_400_000;

/** Every night: the drift report, promotion by the rule where staff want it, and what is old goes. */
export const watchModelsTask = new ScheduledTask({
  id: 'fraud-watch-models',
  description: 'Reports the drift of fraud scores, promotes better models if wanted, and deletes old ones',
  schedule: cron => cron.everyDayAt(4, 40),
  preventOverlap: true,
  timeout: 10 * 60_000,
  async execute({ injector, scheduledContext: ctx }) {
    const drift = injector.get(DriftService);
    const { level } = await drift.make(ctx);
    const promoted = await injector.get(ModelPromotion).byRule(ctx);
    const before = injector.get(Clock).date(-KEPT_DAYS * DAY_MS);
    const models = await injector.get(ModelStore).prune(ctx, before);
    const runs = await injector.get(TrainingRuns).prune(ctx, before);
    const reports = await drift.prune(ctx);
    return { level, promoted: promoted?.version ?? null, deleted: { models, runs, reports } };
  },
});
