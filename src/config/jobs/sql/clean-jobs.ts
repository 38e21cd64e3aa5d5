import { RETENTION } from '../limits';
import type { RunStatement } from './connection';

const BATCH = 2_000;

/** Below the minute after which the scheduler lets another worker begin the same task. */
const TIME_LIMIT_MS = 40_000;

const KEPT = [
  { state: 'COMPLETED', ...RETENTION.completed },
  { state: 'CANCELLED', ...RETENTION.completed },
  { state: 'FAILED', ...RETENTION.failed },
];

/**
 * Deletes jobs that ended long ago, or of which there are too many, in batches. What time does not allow is left
 * to the next run.
 *
 * @returns how many were deleted, for each state
 */
export async function cleanJobs(run: RunStatement, now: () => Date): Promise<Record<string, number>> {
  const deadline = now().getTime() + TIME_LIMIT_MS;
  const deleted: Record<string, number> = {};
  for (const { state, age, count } of KEPT) {
    const before = new Date(now().getTime() - age * 1_000);
    let batch: number;
    do {
      batch = await deleteBatch(run, state, before, count);
      deleted[state] = (deleted[state] ?? 0) + batch;
    } while (batch === BATCH && now().getTime() < deadline);
  }
  return deleted;
}

async function deleteBatch(run: RunStatement, state: string, before: Date, keep: number): Promise<number> {
  const rows = await run(
    `DELETE FROM job_record WHERE id IN (
       SELECT id FROM (
         SELECT id, "settledAt", row_number() OVER (ORDER BY "settledAt" DESC, id DESC) AS place
         FROM job_record WHERE state = $1 AND "isSettled"
       ) AS ended WHERE "settledAt" < $2 OR place > $3 LIMIT $4
     ) RETURNING id`,
    [state, before, keep, BATCH],
  );
  return rows.length;
}
