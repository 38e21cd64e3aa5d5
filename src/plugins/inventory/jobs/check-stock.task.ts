import { ScheduledTask } from '@vendure/core';
import { StockWatchService } from '../services/stock-watch.service';

/** As many as can be looked at well within the task's time limit; the next run goes on. */
const LIMIT = 5_000;

/** Finds what no event has told: a changed default, a location's channels, stock that was written past this server. */
export const checkStockTask = new ScheduledTask({
  id: 'inventory-check-stock',
  description: 'Looks for variants that are low, sold out or back in stock without anybody having been told',
  schedule: cron => cron.every(15).minutes(),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    return { checked: await injector.get(StockWatchService).checkDrifted(ctx, LIMIT) };
  },
});
