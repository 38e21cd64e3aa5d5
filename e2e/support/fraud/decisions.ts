import type { Contribution, PartScore, Signals } from '../../../src/plugins/fraud';
import { query } from '../sql';
import { waitFor } from '../wait-for';

export interface DecisionRow {
  id: string;
  attemptId: string;
  phase: 'before' | 'after';
  decision: string;
  recommendation: string;
  units: number;
  override: { kind: string; source: string } | null;
  signals: Signals;
  features: Record<string, number>;
  parts: PartScore[];
  contributions: Contribution[];
  missing: string[];
  ruleSetVersion: number;
  modelVersion: string | null;
  timings: Record<'signals' | 'history' | 'scoring' | 'total', number>;
}

/** What was decided about an order's attempts, the oldest first. */
export function decisionsOf(database: string, orderId: string): Promise<DecisionRow[]> {
  return query<DecisionRow>(
    `SELECT id::text, "attemptId"::text, phase, decision, recommendation, units, override, signals, features, parts,
            contributions, missing, "ruleSetVersion", "modelVersion", timings
     FROM fraud_decision WHERE "orderId" = $1 ORDER BY fraud_decision.id`,
    [orderId],
    database,
  );
}

/** An attempt of the past, as if somebody had made it. */
export interface PastAttempt {
  /** How long ago. */
  readonly ms: number;
  /** Main units of the base currency. */
  readonly amount?: number;
  readonly status?: 'open' | 'failed' | 'ordered';
}

/** Gives the customer of an order a past. */
export async function givePast(
  database: string,
  customerKey: string,
  past: readonly PastAttempt[],
): Promise<void> {
  for (const { ms, amount = 10, status = 'open' } of past) {
    // Ids of attempts that no payment has.
    await query(
      `INSERT INTO fraud_attempt ("attemptId", "orderId", "channelId", at, amount, customer, status)
       SELECT coalesce(min(least("attemptId", 0)), 0) - 1, 1, 1, now() - make_interval(secs => $1::float8), $2, $3, $4
       FROM fraud_attempt`,
      [ms / 1000, Math.round(amount * 100), customerKey, status],
      database,
    );
  }
}

/** What velocity has of an attempt, once it is as expected. */
export function attemptStatus(database: string, orderId: string, status: string): Promise<unknown> {
  return waitFor(
    async () => {
      const rows = await query(
        `SELECT 1 FROM fraud_attempt WHERE "orderId" = $1 AND status = $2`,
        [orderId, status],
        database,
      );
      return rows.length > 0 ? rows : undefined;
    },
    { what: `an attempt of order ${orderId} to be ${status}`, timeoutMs: 20_000 },
  );
}
