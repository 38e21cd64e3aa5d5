import { ScheduledTask } from '@vendure/core';
import { ReconciliationRuns } from '../services/reconciliation/reconciliation-runs';

/** Longer than a run takes; the run's own lease keeps two workers apart. */
const LIMIT_MS = 10 * 60_000;

/** Compares the ledger with the providers, repairs what is certain and queues the rest for staff. */
export function reconcilePaymentsTask(everyMinutes: number): ScheduledTask {
  return new ScheduledTask({
    id: 'payments-reconcile',
    description: 'Compares payments with their providers and queues differences for staff',
    schedule: `*/${everyMinutes} * * * *`,
    preventOverlap: true,
    timeout: LIMIT_MS,
    async execute({ injector, scheduledContext: ctx }) {
      const runs = injector.get(ReconciliationRuns);
      await runs.request(ctx, 'schedule');
      const run = await runs.work(ctx);
      if (run === undefined) return { underWay: true };
      const { state, checked, repaired, differences, unreachable } = run;
      return { state, checked, repaired, differences, unreachable };
    },
  });
}
