import { query } from '../sql';

/** One run of a probe's job, by the database's clock. */
export interface ProbeRun {
  key: string;
  pid: number;
  run: number;
  startedAt: Date;
  /** Null while it runs, and of a run whose process was killed. */
  finishedAt: Date | null;
}

export async function createRunsTable(database: string): Promise<void> {
  await query(
    `CREATE TABLE probe_run (
       key text NOT NULL, pid int NOT NULL, run int NOT NULL,
       started_at timestamptz NOT NULL DEFAULT clock_timestamp(), finished_at timestamptz,
       PRIMARY KEY (key, run))`,
    [],
    database,
  );
}

/** All runs of the jobs whose key begins so, in order of their start. */
export function runsOf(database: string, keyPrefix: string): Promise<ProbeRun[]> {
  return query<ProbeRun>(
    `SELECT key, pid, run, started_at AS "startedAt", finished_at AS "finishedAt"
     FROM probe_run WHERE key LIKE $1 || '%' ORDER BY started_at`,
    [keyPrefix],
    database,
  );
}

export async function databaseNow(database: string): Promise<Date> {
  const [row] = await query<{ now: Date }>('SELECT clock_timestamp() AS now', [], database);
  return row!.now;
}

/**
 * Pairs of runs of one job that were under way at the same time.
 *
 * @param ends when the killed processes ended, by their pid
 */
export function overlaps(runs: ProbeRun[], ends = new Map<number, Date>()): [ProbeRun, ProbeRun][] {
  const found: [ProbeRun, ProbeRun][] = [];
  const last = new Map<string, ProbeRun>();
  for (const run of runs) {
    const before = last.get(run.key);
    if (before !== undefined) {
      const end = before.finishedAt ?? ends.get(before.pid);
      if (end === undefined || end > run.startedAt) found.push([before, run]);
    }
    last.set(run.key, run);
  }
  return found;
}
