import { ScheduledTask } from '@vendure/core';
import { FRAUD_PLUGIN_OPTIONS } from '../constants';
import { DEFAULT_KEEP_DAYS, type FraudPluginOptions } from '../options';
import { BacktestService } from '../services/backtest/backtest.service';
import { Clock } from '../services/clock';
import { FraudAuditService } from '../services/rules/audit.service';
import { AUDIT_KEPT_DAYS, BACKTESTS_KEPT_DAYS } from '../services/rules/constants';
import { ListService } from '../services/rules/list.service';

const DAY_MS = 86_400_000;

/** Every night: deletes old backtests and changes, and what lists had as long ago as no decision is kept. */
export const pruneRulesTask = new ScheduledTask({
  id: 'fraud-prune-rules',
  description: 'Deletes old backtests, changes of rules and former entries of lists',
  schedule: cron => cron.everyDayAt(4, 50),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const { keepDays = DEFAULT_KEEP_DAYS } = injector.get<FraudPluginOptions>(FRAUD_PLUGIN_OPTIONS);
    const before = (days: number) => injector.get(Clock).date(-days * DAY_MS);
    return {
      backtests: await injector.get(BacktestService).prune(ctx, before(BACKTESTS_KEPT_DAYS)),
      changes: await injector.get(FraudAuditService).prune(ctx, before(AUDIT_KEPT_DAYS)),
      entries: await injector.get(ListService).prune(ctx, before(keepDays)),
    };
  },
});
