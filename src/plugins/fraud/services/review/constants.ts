import { CrudPermissionDefinition } from '@vendure/core';

/** Permissions `ReadFraudReview` (queue and cases) and `UpdateFraudReview` (take, write to and decide them) of staff. */
export const reviewPermission = new CrudPermissionDefinition(
  'FraudReview',
  operation => `Grants permission to ${operation} cases of the fraud review`,
);

/** How long cases are kept after they ended. */
export const CASES_KEPT_DAYS = 730;

/** How long a process may be at work on a decision before another one goes on with it: longer than any provider takes. */
export const DECIDING_LEASE_MS = 120_000;

/** How often it is looked whether the payment of an open case is still there, beside the events that tell it. */
export const LOOK_AT_OPEN_MS = 3_600_000;

export const MAX_NOTE_LENGTH = 4_000;
export const MAX_REASON_LENGTH = 500;
export const MAX_BULK = 50;
export const MAX_EXCEPT = 100;
export const MAX_NOTES = 200;
export const MAX_ENTRIES = 500;
export const MAX_LINKED = 50;
export const MAX_CASES_OF_ORDER = 20;
/** How many are told that a case is due. */
export const MAX_RECIPIENTS = 20;
