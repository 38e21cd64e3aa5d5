import { ScheduledTask } from '@vendure/core';
import { BacktestRunner } from '../services/backtest/backtest-runner';

/** Longer than backtests take; each one's own lease keeps two workers apart. */
const LIMIT_MS = 10 * 60_000;

/** Every ten minutes: takes up backtests whose job was lost, or whose worker is gone. */
export const runBacktestsTask = new ScheduledTask({
  id: 'fraud-run-backtests',
  description: 'Takes up backtests of the fraud rules that nobody is at work on',
  schedule: '*/10 * * * *',
  preventOverlap: true,
  timeout: LIMIT_MS,
  async execute({ injector, scheduledContext: ctx }) {
    const runner = injector.get(BacktestRunner);
    const waiting = await runner.waiting(ctx);
    for (const id of waiting) await runner.run(ctx, id);
    return { taken: waiting.length };
  },
});
