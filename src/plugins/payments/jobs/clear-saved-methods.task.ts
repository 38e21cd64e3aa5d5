import { ScheduledTask } from '@vendure/core';
import { SavedMethodService } from '../services/saved-methods/saved-method.service';

/** A provider that is down is asked once in a run; all others answer within seconds. */
const LIMIT_MS = 10 * 60_000;

/** Deletes at the providers what customers have removed, and what was half saved when a process died. */
export const clearSavedMethodsTask = new ScheduledTask({
  id: 'payments-clear-saved-methods',
  description: 'Deletes removed and half saved payment methods at their providers',
  schedule: cron => cron.every(5).minutes(),
  preventOverlap: true,
  timeout: LIMIT_MS,
  async execute({ injector, scheduledContext: ctx }) {
    return { cleared: await injector.get(SavedMethodService).clear(ctx) };
  },
});
