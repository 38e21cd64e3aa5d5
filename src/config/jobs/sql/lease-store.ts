import type { RunStatement } from './connection';

/** One run of a job: the worker process, and the count of the job's claims. */
export interface RunKey {
  jobId: number;
  owner: string;
  run: number;
}

/** A job record as it was claimed. `data` and `result` are JSON. */
export interface ClaimedRow {
  id: number;
  queueName: string;
  data: string | null;
  progress: number;
  result: string | null;
  error: string | null;
  retries: number;
  attempts: number;
  createdAt: Date;
  startedAt: Date;
  run: number;
}

/** How a run left its job. */
export interface RunEnd {
  state: string;
  isSettled: boolean;
  progress: number;
  /** JSON, or null. */
  result: string | null;
  error: string | null;
  attempts: number;
  /** How long the job may not be claimed (ms), when it is not settled. */
  pauseMs: number;
}

const IN_MS = `* interval '1 millisecond'`;

/** An open job that may be claimed now. */
const DUE = `
  r."isSettled" = false AND r.state IN ('PENDING', 'RETRYING')
  AND (l."jobId" IS NULL OR l."notBefore" <= now())`;

/** Locks the record, then the lease, of a run that still holds its lease ($1 job, $2 owner, $3 run). */
const MINE = `
  SELECT r.id, r.state FROM job_record r JOIN job_lease l ON l."jobId" = r.id
  WHERE r.id = $1 AND l.owner = $2 AND l.run = $3`;

/** An owner that does not exist: of the lease on a running job that was found without one. */
const NOBODY = 'nobody';

/**
 * Every statement of the leases, each of which changes job and lease together. Leases use the database's clock;
 * `startedAt` and `settledAt` are core's columns without a time zone and take this process's, as in core.
 */
export class LeaseStore {
  constructor(private readonly run: RunStatement) {}

  /** Takes the oldest due job of a queue. Workers that claim at the same time skip each other's rows. */
  async claim(queueName: string, owner: string, leaseMs: number): Promise<ClaimedRow | undefined> {
    const rows = await this.run<ClaimedRow>(
      `WITH due AS (
         SELECT r.id FROM job_record r LEFT JOIN job_lease l ON l."jobId" = r.id
         WHERE r."queueName" = $1 AND ${DUE}
         ORDER BY r."createdAt", r.id LIMIT 1 FOR UPDATE OF r SKIP LOCKED
       ), lease AS (
         INSERT INTO job_lease ("jobId", owner, run, "leasedUntil")
         SELECT id, $2, 1, now() + $3 ${IN_MS} FROM due
         ON CONFLICT ("jobId") DO UPDATE
           SET owner = excluded.owner, run = job_lease.run + 1, "leasedUntil" = excluded."leasedUntil"
         RETURNING "jobId", run
       )
       UPDATE job_record r
       SET state = 'RUNNING', attempts = attempts + 1, "startedAt" = $4, "updatedAt" = CURRENT_TIMESTAMP
       FROM lease WHERE r.id = lease."jobId"
       RETURNING r.id, r."queueName", r.data, r.progress, r.result, r.error, r.retries, r.attempts,
                 r."createdAt", r."startedAt", lease.run`,
      [queueName, owner, leaseMs, new Date()],
    );
    return rows[0];
  }

  /** Which of these queues have a due job. The order makes PostgreSQL walk the index of open jobs in a backlog. */
  async queuesWithDueJobs(queueNames: readonly string[]): Promise<string[]> {
    const rows = await this.run<{ name: string }>(
      `SELECT queue.name FROM unnest($1::text[]) AS queue(name) CROSS JOIN LATERAL (
         SELECT 1 FROM job_record r LEFT JOIN job_lease l ON l."jobId" = r.id
         WHERE r."queueName" = queue.name AND ${DUE} ORDER BY r."createdAt", r.id LIMIT 1
       ) AS due`,
      [queueNames],
    );
    return rows.map(row => row.name);
  }

  /** Renews a worker's leases on these jobs; gives the runs that it still holds. */
  async renew(owner: string, jobIds: readonly number[], leaseMs: number): Promise<RunKey[]> {
    return this.run<RunKey>(
      `UPDATE job_lease SET "leasedUntil" = now() + $3 ${IN_MS}
       WHERE owner = $1 AND "jobId" = ANY($2::int[])
       RETURNING "jobId", owner, run`,
      [owner, jobIds, leaseMs],
    );
  }

  async saveProgress(key: RunKey, progress: number): Promise<void> {
    await this.run(
      `WITH mine AS (${MINE} FOR UPDATE OF r, l)
       UPDATE job_record r SET progress = $4, "updatedAt" = CURRENT_TIMESTAMP FROM mine WHERE r.id = mine.id`,
      [key.jobId, key.owner, key.run, progress],
    );
  }

  /**
   * Saves how a run ended and lets go of its lease.
   *
   * @returns false when the run no longer held its lease: nothing was changed, and the job is another worker's
   *   or was cancelled
   */
  async end(key: RunKey, end: RunEnd): Promise<boolean> {
    const rows = await this.run(
      `WITH mine AS (${MINE} FOR UPDATE OF r, l),
       dropped AS (DELETE FROM job_lease l USING mine WHERE l."jobId" = mine.id AND $4::boolean),
       freed AS (
         UPDATE job_lease l SET owner = NULL, "leasedUntil" = NULL, "notBefore" = now() + $5 ${IN_MS}
         FROM mine WHERE l."jobId" = mine.id AND NOT $4::boolean
       )
       UPDATE job_record r
       SET "isSettled" = $4, state = $6, progress = $7, result = $8, error = $9, attempts = $10,
           "settledAt" = $11, "updatedAt" = CURRENT_TIMESTAMP
       FROM mine WHERE r.id = mine.id RETURNING r.id`,
      [
        key.jobId,
        key.owner,
        key.run,
        end.isSettled,
        end.pauseMs,
        end.state,
        end.progress,
        end.result,
        end.error,
        end.attempts,
        end.isSettled ? new Date() : null,
      ],
    );
    return rows.length === 1;
  }

  /** Cancels an open job. Its lease goes, by which a worker that runs it learns that it shall stop. */
  async cancel(jobId: number): Promise<void> {
    await this.run(
      `WITH open AS (SELECT id FROM job_record WHERE id = $1 AND "isSettled" = false FOR UPDATE),
       dropped AS (DELETE FROM job_lease l USING open WHERE l."jobId" = open.id)
       UPDATE job_record r
       SET state = 'CANCELLED', "isSettled" = true, "settledAt" = $2, "updatedAt" = CURRENT_TIMESTAMP
       FROM open WHERE r.id = open.id`,
      [jobId, new Date()],
    );
  }

  /** Runs whose worker gave no sign of life for longer than the lease, with how many runs the job lost before. */
  async expired(limit: number): Promise<Array<RunKey & { lostRuns: number }>> {
    return this.run(
      `SELECT "jobId", owner, run, "lostRuns" FROM job_lease
       WHERE "leasedUntil" < now() ORDER BY "leasedUntil" LIMIT $1`,
      [limit],
    );
  }

  /**
   * Gives an expired run's job back to the queue, or with an error ends it as failed. The lost run does not
   * count as one of the job's attempts.
   *
   * @returns whether it was still this run, and expired; else another worker was faster
   */
  async recover(key: RunKey, pauseMs: number, error: string | null): Promise<boolean> {
    const rows = await this.run(
      `WITH dead AS (${MINE} AND l."leasedUntil" < now() FOR UPDATE OF r, l),
       dropped AS (
         DELETE FROM job_lease l USING dead
         WHERE l."jobId" = dead.id AND ($5::varchar IS NOT NULL OR dead.state <> 'RUNNING')
       ), freed AS (
         UPDATE job_lease l
         SET owner = NULL, "leasedUntil" = NULL, "lostRuns" = "lostRuns" + 1, "notBefore" = now() + $4 ${IN_MS}
         FROM dead WHERE l."jobId" = dead.id AND $5::varchar IS NULL AND dead.state = 'RUNNING'
       )
       UPDATE job_record r
       SET state = CASE WHEN $5::varchar IS NULL THEN 'PENDING' ELSE 'FAILED' END,
           "isSettled" = $5::varchar IS NOT NULL,
           "settledAt" = CASE WHEN $5::varchar IS NULL THEN NULL ELSE $6::timestamp END,
           error = COALESCE($5, r.error), progress = 0,
           attempts = CASE WHEN $5::varchar IS NULL THEN GREATEST(r.attempts - 1, 0) ELSE r.attempts END,
           "updatedAt" = CURRENT_TIMESTAMP
       FROM dead WHERE r.id = dead.id AND dead.state = 'RUNNING' RETURNING r.id`,
      [key.jobId, key.owner, key.run, pauseMs, error, new Date()],
    );
    return rows.length === 1;
  }

  /**
   * Gives running jobs without a lease (core's own strategy left them) one that nobody renews: if nothing else
   * ends them, they are recovered when it expires.
   */
  async adopt(leaseMs: number): Promise<void> {
    await this.run(
      `INSERT INTO job_lease ("jobId", owner, run, "leasedUntil")
       SELECT r.id, $1, 0, now() + $2 ${IN_MS} FROM job_record r
       WHERE r."isSettled" = false AND r.state = 'RUNNING'
         AND NOT EXISTS (SELECT 1 FROM job_lease l WHERE l."jobId" = r.id)
       ON CONFLICT ("jobId") DO NOTHING`,
      [NOBODY, leaseMs],
    );
  }
}
