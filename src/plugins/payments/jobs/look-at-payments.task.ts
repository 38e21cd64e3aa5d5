import { ScheduledTask } from '@vendure/core';
import { PaymentSyncService } from '../services/ledger/payment-sync.service';

/** Small enough that a run cannot outlast its time limit, even if a provider answers slowly. */
const BATCH = 10;
const BATCHES = 5;

/** Asks providers for payments whose end nobody heard, and brings every known end into its order. */
export const lookAtPaymentsTask = new ScheduledTask({
  id: 'payments-look-at-open',
  description:
    'Finds out what became of payments whose outcome is open, and gives back what no order can take',
  schedule: '*/10 * * * * *',
  timeout: 600_000,
  async execute({ injector, scheduledContext: ctx }) {
    const sync = injector.get(PaymentSyncService);
    let lookedAt = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const count = await sync.lookAtDue(ctx, BATCH);
      lookedAt += count;
      if (count < BATCH) break;
    }
    return { lookedAt };
  },
});
