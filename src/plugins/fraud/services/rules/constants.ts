import { CrudPermissionDefinition } from '@vendure/core';

/** Permissions `ReadFraudRules` (see rules, lists and settings, test them) and `UpdateFraudRules` (change them) of staff. */
export const fraudRulesPermission = new CrudPermissionDefinition(
  'FraudRules',
  operation => `Grants permission to ${operation} the rules, lists and settings that decide about payments`,
);

export const MAX_NOTE = 500;
export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 20;

/** As many values as a list may have: in memory, each is some 100 bytes in every process. */
export const MAX_LIST_ENTRIES = 500_000;
export const MAX_LISTS = 100;
export const MAX_LIST_FILE_BYTES = 20 * 1024 * 1024;
export const MAX_REMOVED_AT_ONCE = 10_000;

/** Statistics and backtests look at no more. */
export const MAX_PERIOD_DAYS = 366;

/** How long changes are told of: longer than anything that they decided about is kept. */
export const AUDIT_KEPT_DAYS = 1_825;

export const BACKTESTS_KEPT_DAYS = 90;
export const MAX_WAITING_BACKTESTS = 10;
