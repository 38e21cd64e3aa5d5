import { ScheduledTask } from '@vendure/core';
import { ENDED_HOLDS_KEPT_DAYS } from '../constants';
import { StockHoldService } from '../services/stock-hold.service';

/** Small enough that a run cannot outlast its time limit. */
const BATCH = 500;
const BATCHES = 20;

/**
 * Ends holds whose time has passed, and deletes those that ended long ago. Availability does not wait for it: a hold
 * stops to count by its time. This tells the event, and keeps the table small.
 */
export const expireHoldsTask = new ScheduledTask({
  id: 'inventory-expire-holds',
  description: 'Ends stock holds whose time has passed',
  schedule: cron => cron.everyMinute(),
  async execute({ injector, scheduledContext: ctx }) {
    const holds = injector.get(StockHoldService);
    let expired = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const ended = await holds.expire(ctx, BATCH);
      expired += ended;
      if (ended < BATCH) break;
    }
    return { expired, deleted: await holds.prune(ctx, ENDED_HOLDS_KEPT_DAYS, BATCH) };
  },
});
