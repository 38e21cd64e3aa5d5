import type { EntityKind, Outcome } from '../../types';

export type AttemptStatus = 'open' | 'failed' | 'ordered';

/** An attempt that is kept. */
export interface AttemptRow {
  readonly id: string;
  readonly at: number;
  readonly amount: number | null;
  readonly keys: Readonly<Partial<Record<EntityKind, string>>>;
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  /** Values by which totals are kept: name and value. */
  readonly categories: readonly (readonly [string, string])[];
  status: AttemptStatus;
  outcome: Outcome | null;
}

/** No outcome is known before its attempt, whatever a clock says. */
export function knownAt(row: AttemptRow, outcome: Outcome): number {
  return Math.max(outcome.knownAt, row.at);
}
