/** What tests and benchmarks drive of the inside. Nothing of the shop imports it. */
export { backtestAdminSchema } from './api/backtest.schema';
export { driftAdminSchema } from './api/drift.schema';
export { listsAdminSchema } from './api/lists.schema';
export { modelsAdminSchema } from './api/models.schema';
export { rulesAdminSchema } from './api/rules.schema';
export { settingsAdminSchema } from './api/settings.schema';
export { MemoryHistory } from './engine/memory-history';
export { categoryValues, CATEGORY_FIELDS } from './engine/signals/category-values';
export { deviceHeader, type DeviceReport } from './engine/signals/device-header';
export { keyOf } from './engine/signals/keys';
export { trainInWorker, type TrainingSet } from './engine/model';
export { BacktestRunner } from './services/backtest/backtest-runner';
export { BacktestService } from './services/backtest/backtest.service';
export { AttemptHistoryService } from './services/scoring/attempt-history.service';
export { COUNT_OUTCOME_SQL } from './services/scoring/attempt-sql';
export { PgHistoryStore } from './services/scoring/pg-history-store';
export type { PreparedStatements } from './services/scoring/prepared-statements';
