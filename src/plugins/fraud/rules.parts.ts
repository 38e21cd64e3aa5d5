import type { RuntimeVendureConfig } from '@vendure/core';
import { gql } from 'graphql-tag';
import {
  FraudBacktestExampleResolver,
  FraudBacktestResolver,
  FraudBacktestsResolver,
  StartFraudBacktestResultResolver,
} from './api/backtest.resolver';
import { backtestAdminSchema } from './api/backtest.schema';
import {
  ChangeFraudListResultResolver,
  CreateFraudListResultResolver,
  DeleteFraudListResultResolver,
  FraudListResolver,
  FraudListsResolver,
} from './api/lists.resolver';
import { listsAdminSchema } from './api/lists.schema';
import {
  FraudRuleResolver,
  FraudRulesResolver,
  PublishFraudRulesResultResolver,
  RestoreFraudRulesResultResolver,
} from './api/rules.resolver';
import { rulesAdminSchema } from './api/rules.schema';
import {
  FraudSettingsAdminResolver,
  FraudSettingsResolver,
  SaveFraudSettingsResultResolver,
} from './api/settings.resolver';
import { settingsAdminSchema } from './api/settings.schema';
import { FraudAuditEntry } from './entities/fraud-audit-entry.entity';
import { FraudBacktest } from './entities/fraud-backtest.entity';
import { FraudListEntry } from './entities/fraud-list-entry.entity';
import { FraudList } from './entities/fraud-list.entity';
import { FraudRuleSetVersion } from './entities/fraud-rule-set-version.entity';
import { FraudSettingsVersion } from './entities/fraud-settings-version.entity';
import { FraudVersion } from './entities/fraud-version.entity';
import { pruneRulesTask } from './jobs/prune-rules.task';
import { runBacktestsTask } from './jobs/run-backtests.task';
import { BacktestModels } from './services/backtest/backtest-models';
import { BacktestQueue } from './services/backtest/backtest-queue';
import { BacktestRunner } from './services/backtest/backtest-runner';
import { BacktestService } from './services/backtest/backtest.service';
import { PastDecisions } from './services/backtest/past-decisions';
import { FraudAuditService } from './services/rules/audit.service';
import { fraudRulesPermission } from './services/rules/constants';
import { FraudVersionsService } from './services/rules/fraud-versions.service';
import { ListPersonalData } from './services/rules/list-personal-data';
import { ListSnapshots } from './services/rules/list-snapshots.service';
import { ListService } from './services/rules/list.service';
import { RuleSetService } from './services/rules/rule-set.service';
import { RuleStatisticsService } from './services/rules/rule-statistics.service';
import { RulesSetup } from './services/rules/rules-setup';
import { FraudSettingsService } from './services/rules/settings.service';

/** What rules, lists, settings and backtests are made of. */
export const RULES_ENTITIES = [
  FraudAuditEntry,
  FraudBacktest,
  FraudList,
  FraudListEntry,
  FraudRuleSetVersion,
  FraudSettingsVersion,
  FraudVersion,
];

export const RULES_PROVIDERS = [
  BacktestModels,
  BacktestQueue,
  BacktestRunner,
  BacktestService,
  FraudAuditService,
  FraudSettingsService,
  FraudVersionsService,
  ListPersonalData,
  ListService,
  ListSnapshots,
  PastDecisions,
  RuleSetService,
  RuleStatisticsService,
  RulesSetup,
];

export const RULES_RESOLVERS = [
  ChangeFraudListResultResolver,
  CreateFraudListResultResolver,
  DeleteFraudListResultResolver,
  FraudBacktestExampleResolver,
  FraudBacktestResolver,
  FraudBacktestsResolver,
  FraudListResolver,
  FraudListsResolver,
  FraudRuleResolver,
  FraudRulesResolver,
  FraudSettingsAdminResolver,
  FraudSettingsResolver,
  PublishFraudRulesResultResolver,
  RestoreFraudRulesResultResolver,
  SaveFraudSettingsResultResolver,
  StartFraudBacktestResultResolver,
];

export const rulesAndBacktestSchema = gql`
  ${rulesAdminSchema}
  ${listsAdminSchema}
  ${settingsAdminSchema}
  ${backtestAdminSchema}
`;

/** Where they join the platform. */
export function configureRules(config: RuntimeVendureConfig): RuntimeVendureConfig {
  config.schedulerOptions.tasks.push(runBacktestsTask, pruneRulesTask);
  config.authOptions.customPermissions.push(fraudRulesPermission);
  return config;
}
