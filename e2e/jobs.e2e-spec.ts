import { join } from 'node:path';
import { RETENTION } from '../src/config/jobs/limits';
import { cleanJobs } from '../src/config/jobs/sql/clean-jobs';
import type { RunStatement } from '../src/config/jobs/sql/connection';
import { Cleanup } from './support/cleanup';
import { removeKeys } from './support/external-services';
import { buildProbe, JobProbe, type ProbeOptions } from './support/job-probe/job-probe';
import type { JobReport, ProbeJob } from './support/job-probe/protocol';
import { createRunsTable, databaseNow, overlaps, runsOf } from './support/job-probe/runs';
import { databaseUrl } from './support/postgres';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { sleep, waitFor } from './support/wait-for';

/** Jobs of a worker that was killed run again within this time. */
const AGAIN_WITHIN_MS = 30_000;

/** Short times for what would otherwise take minutes to show: a lease of 2 s, a grace period of 1.5 s. */
const FAST = {
  leaseMs: 2_000,
  heartbeatMs: 500,
  adoptMs: 1_000,
  graceMs: 1_500,
  maxLostRuns: 2,
  lostRunBackoff: { baseMs: 100, capMs: 100 },
};

const ENDED = ['COMPLETED', 'FAILED', 'CANCELLED'];

jest.setTimeout(120_000);

beforeAll(() => buildProbe());

function times(count: number, job: (index: number) => ProbeJob): ProbeJob[] {
  return Array.from({ length: count }, (_, index) => job(index));
}

function describeQueue(kind: 'sql' | 'bullmq', redisUrl: string | undefined): void {
  const cleanup = new Cleanup();
  let database: string;
  let client: JobProbe;
  let alive: JobProbe[] = [];

  async function start(options: Omit<ProbeOptions, 'env' | 'logFile'>): Promise<JobProbe> {
    const probe = await JobProbe.start({
      ...options,
      env: {
        DATABASE_URL: databaseUrl(testEnv().postgresUrl, database),
        BULLMQ_PREFIX: database.replaceAll('_', '-'),
        ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl }),
      },
      logFile: join(testEnv().logDir, `jobs-${kind}.log`),
    });
    alive.push(probe);
    return probe;
  }
  const workers = (count: number, tuning?: object) =>
    Promise.all(Array.from({ length: count }, () => start({ role: 'worker', tuning })));

  const runs = (prefix: string) => runsOf(database, prefix);
  const jobs = (ids: string[]) => Promise.all(ids.map(id => client.job(id)));
  const ended = (ids: string[], timeoutMs = 45_000): Promise<JobReport[]> =>
    waitFor(
      async () => {
        const found = await jobs(ids);
        return found.every(job => ENDED.includes(job.state)) ? found : undefined;
      },
      { what: `the end of ${ids.length} jobs`, timeoutMs, intervalMs: 250 },
    );
  const started = (prefix: string, count: number, timeoutMs = 20_000) =>
    waitFor(
      async () => {
        const found = await runs(prefix);
        return found.length >= count ? found : undefined;
      },
      { what: `${count} runs of ${prefix}`, timeoutMs, intervalMs: 50 },
    );

  beforeAll(async () => {
    const { postgresUrl, templateDatabase } = testEnv();
    database = await cloneTemplate(postgresUrl, templateDatabase, `jobs_${kind}`);
    cleanup.add('the database', () => dropDatabase(postgresUrl, database));
    if (redisUrl !== undefined) {
      cleanup.add('the keys', () => removeKeys(redisUrl, `${database.replaceAll('_', '-')}:`));
    }
    await createRunsTable(database);
    client = await start({ role: 'client' });
    cleanup.add('the client', () => client.kill());
    alive = [];
  });

  afterEach(async () => {
    await Promise.all(alive.map(probe => probe.kill()));
    alive = [];
  });

  afterAll(() => cleanup.run());

  test('a worker killed amid 20 jobs: each runs again within 30 s, none is lost or run by two at once', async () => {
    const [victim, other] = await workers(2);
    const ids = await client.add(
      'probe.first',
      // Of different lengths: when one has ended, others are still at work.
      times(20, i => ({ key: `crash-${i}-`, runsMs: [500 + 150 * (i % 8)] })),
    );
    await waitFor(
      async () => {
        const own = (await runs('crash-')).filter(run => run.pid === victim!.pid);
        return own.some(run => run.finishedAt !== null) && own.some(run => run.finishedAt === null)
          ? own
          : undefined;
      },
      { what: 'a finished and a running job of the victim', intervalMs: 50 },
    );
    await victim!.kill();
    const killedAt = await databaseNow(database);

    const lost = (await runs('crash-')).filter(run => run.pid === victim!.pid && run.finishedAt === null);
    expect(lost.length).toBeGreaterThan(0);
    const reports = await ended(ids);
    expect(reports.map(job => job.state)).toEqual(ids.map(() => 'COMPLETED'));

    const all = await runs('crash-');
    for (const { key } of lost) {
      const again = all.find(run => run.key === key && run.run === 2);
      expect(again?.pid).toBe(other!.pid);
      expect(again!.startedAt.getTime() - killedAt.getTime()).toBeLessThan(AGAIN_WITHIN_MS);
    }
    // What had ended must not run again, unless the worker died before it could say so.
    for (const { key } of all.filter(run => run.run > 1)) {
      const first = all.find(run => run.key === key)!;
      expect(first.pid).toBe(victim!.pid);
      expect(first.finishedAt === null || killedAt.getTime() - first.finishedAt.getTime() < 500).toBe(true);
    }
    expect(new Set(all.map(run => run.key)).size).toBe(20);
    expect(all.every(run => run.run <= 2)).toBe(true);
    expect(overlaps(all, new Map([[victim!.pid, killedAt]]))).toEqual([]);
  });

  test('two workers run each of 200 short jobs exactly once', async () => {
    await workers(2);
    const ids = await client.add(
      'probe.first',
      times(200, i => ({ key: `short-${i}-`, runsMs: [0] })),
    );
    const reports = await ended(ids);
    expect(new Set(reports.map(job => job.state))).toEqual(new Set(['COMPLETED']));
    const all = await runs('short-');
    expect(all.length).toBe(200);
    expect(new Set(all.map(run => run.key)).size).toBe(200);
    expect(new Set(all.map(run => run.pid)).size).toBe(2);
  });

  test('jobs of a queue that is started last are not failed while a worker starts', async () => {
    const ids = await client.add(
      'probe.second',
      times(20, i => ({ key: `backlog-${i}-`, runsMs: [0] })),
    );
    await workers(1);
    const reports = await ended(ids);
    expect(reports.map(job => job.error)).toEqual(ids.map(() => null));
    expect(reports.map(job => job.state)).toEqual(ids.map(() => 'COMPLETED'));
  });

  test('SIGTERM: a job that finishes in time is completed, one that does not runs again elsewhere', async () => {
    const [worker] = await workers(1, FAST);
    const ids = await client.add('probe.first', [
      { key: 'stop-short-', runsMs: [800] },
      { key: 'stop-long-', runsMs: [60_000, 100] },
    ]);
    await started('stop-', 2);
    worker!.signal('SIGTERM');
    const stoppedAt = Date.now();
    await worker!.ended;
    const endedAt = await databaseNow(database);
    expect(worker!.exitCode).toBe(0);
    expect(Date.now() - stoppedAt).toBeLessThan(10_000);
    expect((await runs('stop-short-')).map(run => run.finishedAt)).toEqual([expect.any(Date)]);

    const [other] = await workers(1, FAST);
    const reports = await ended(ids);
    expect(reports.map(job => job.state)).toEqual(['COMPLETED', 'COMPLETED']);
    expect(await runs('stop-short-')).toHaveLength(1);
    const long = await runs('stop-long-');
    expect(long.map(run => run.pid)).toEqual([worker!.pid, other!.pid]);
    expect(long[1]!.startedAt.getTime() - endedAt.getTime()).toBeLessThan(AGAIN_WITHIN_MS);
    expect(overlaps(long, new Map([[worker!.pid, endedAt]]))).toEqual([]);
  });

  test('a job that fails is tried again after a pause, then kept and found with its error', async () => {
    await workers(1);
    const [id] = await client.add('probe.first', [{ key: 'failing-', runsMs: [0], end: 'fail' }], 2);
    const [report] = await ended([id!]);
    expect(report).toMatchObject({
      state: 'FAILED',
      attempts: 3,
      error: 'the probe failing- failed on purpose',
    });
    expect((await client.failedJobs('probe.first')).map(job => job.id)).toContain(id);

    const all = await runs('failing-');
    const pauses = all.slice(1).map((run, i) => run.startedAt.getTime() - all[i]!.finishedAt!.getTime());
    expect(pauses).toHaveLength(2);
    // Half of each delay is fixed: 0.5 s of the first, 1 s of the second.
    expect(pauses[0]).toBeGreaterThanOrEqual(450);
    expect(pauses[1]).toBeGreaterThanOrEqual(950);
  });

  test('progress is seen, and a running job can be cancelled', async () => {
    await workers(1);
    const [id] = await client.add('probe.first', [{ key: 'cancelled-', runsMs: [30_000] }]);
    await waitFor(
      async () => {
        const job = await client.job(id!);
        return job.state === 'RUNNING' && job.progress > 0 ? job : undefined;
      },
      { what: 'progress' },
    );
    await client.cancel(id!);
    // The job looks at its state and stops long before its 30 s are over.
    await waitFor(async () => (await runs('cancelled-')).find(run => run.finishedAt !== null), {
      what: 'the end of the cancelled job',
      timeoutMs: 15_000,
    });
    // BullMQ has no such state: there the run's end counts.
    if (kind === 'sql') expect(await client.job(id!)).toMatchObject({ state: 'CANCELLED' });
  });

  test('the depth of each queue is known while no worker runs', async () => {
    await client.add(
      'probe.second',
      times(3, i => ({ key: `depth-${i}-`, runsMs: [0] })),
    );
    await sleep(50);
    const depth = (await client.depths()).find(({ queue }) => queue === 'probe.second');
    expect(depth).toMatchObject({ waiting: 3, running: 0, failed: 0 });
    expect(depth!.completed).toBeGreaterThanOrEqual(20);
    expect(depth!.oldestWaitingMs).toBeGreaterThanOrEqual(50);
    expect(depth!.oldestWaitingMs).toBeLessThan(60_000);
  });

  if (kind === 'bullmq') {
    test('a job of a queue that an older worker does not know is left to one that does', async () => {
      const [id] = await client.add('probe.second', [{ key: 'newer-', runsMs: [0] }]);
      await start({ role: 'worker', queues: ['probe.first'] });
      await waitFor(async () => ((await client.job(id!)).state === 'RETRYING' ? true : undefined), {
        what: 'the older worker to put the job off',
        timeoutMs: 30_000,
      });
      const newer = await start({ role: 'worker' });
      expect(await ended([id!])).toMatchObject([{ state: 'COMPLETED', result: { pid: newer.pid, run: 1 } }]);
    });
  }

  if (kind === 'sql') describe('leases', () => leases());

  function leases(): void {
    test('a worker that was paused for longer than its lease does not overwrite the new run', async () => {
      const [paused] = await workers(1, FAST);
      const [id] = await client.add('probe.first', [{ key: 'fenced-', runsMs: [1_000, 6_000] }]);
      await started('fenced-', 1);
      paused!.signal('SIGSTOP');
      const [other] = await workers(1, FAST);
      await started('fenced-', 2);
      paused!.signal('SIGCONT');
      await waitFor(
        async () => (await runs('fenced-')).find(run => run.run === 1 && run.finishedAt !== null),
        {
          what: 'the end of the paused run',
        },
      );
      await sleep(500);
      // The first run has ended and tried to save its result; the second still runs.
      expect((await runs('fenced-')).find(run => run.run === 2)!.finishedAt).toBeNull();
      expect(await client.job(id!)).toMatchObject({ state: 'RUNNING', result: null });
      const [report] = await ended([id!]);
      expect(report).toMatchObject({ state: 'COMPLETED', result: { pid: other!.pid, run: 2 } });
      expect(await runs('fenced-')).toHaveLength(2);
    });

    test('a job that kills its workers ends as failed after the bound, and is kept', async () => {
      const [id] = await client.add('probe.first', [{ key: 'poison-', runsMs: [0], end: 'kill' }]);
      const report = await waitFor(
        async () => {
          const missing = 2 - alive.filter(probe => probe.alive).length;
          await Promise.allSettled(
            Array.from({ length: missing }, () => start({ role: 'worker', tuning: FAST })),
          );
          const job = await client.job(id!);
          return job.state === 'FAILED' ? job : undefined;
        },
        { what: 'the end of the poisonous job', timeoutMs: 60_000, intervalMs: 200 },
      );
      expect(report.error).toMatch(/^Given up: the worker died during each of 2 runs of this job/);
      expect(await runs('poison-')).toHaveLength(2);
      expect((await client.failedJobs('probe.first')).map(job => job.id)).toContain(id);
      // The workers have peace from it.
      const [innocent] = await client.add('probe.first', [{ key: 'innocent-', runsMs: [0] }]);
      if (alive.every(probe => !probe.alive)) await workers(1, FAST);
      expect(await ended([innocent!])).toMatchObject([{ state: 'COMPLETED' }]);
    });

    test("a running job without a lease, left by core's own strategy, runs again", async () => {
      const [id] = await client.add('probe.first', [{ key: 'orphan-', runsMs: [0] }]);
      await query(
        `UPDATE job_record SET state = 'RUNNING', attempts = 1, "startedAt" = now() WHERE id = $1`,
        [Number(id)],
        database,
      );
      await workers(1, FAST);
      const [report] = await ended([id!]);
      expect(report).toMatchObject({ state: 'COMPLETED', attempts: 1 });
      expect(await runs('orphan-')).toHaveLength(1);
    });

    test('ended jobs are kept for their time and number, open jobs for ever', async () => {
      const run: RunStatement = <Row>(sql: string, parameters: readonly unknown[]) =>
        query<Row & object>(sql, [...parameters], database);
      await query('DELETE FROM job_record', [], database);
      const insert = (queue: string, state: string, count: number, hoursAgo: number) =>
        query(
          `INSERT INTO job_record ("queueName", data, state, progress, "isSettled", retries, attempts, "createdAt", "settledAt")
           SELECT $1, '{}', $2, 0, $5, 0, 1, at, CASE WHEN $5 THEN at END
           FROM generate_series(1, $3), LATERAL (SELECT localtimestamp - $4 * interval '1 hour' AS at) AS t`,
          [queue, state, count, hoursAgo, !['PENDING', 'RUNNING'].includes(state)],
          database,
        );
      await insert('new', 'COMPLETED', RETENTION.completed.count, 23);
      await insert('surplus', 'COMPLETED', 7, 23.5);
      await insert('old', 'COMPLETED', 2_100, 25);
      await insert('old', 'CANCELLED', 3, 25);
      await insert('new', 'FAILED', 5, 29 * 24);
      await insert('old', 'FAILED', 4, 31 * 24);
      await insert('open', 'PENDING', 1, 1_000);
      await insert('open', 'RUNNING', 1, 1_000);
      const deleted = await cleanJobs(run, () => new Date());
      expect(deleted).toEqual({ COMPLETED: 2_107, CANCELLED: 3, FAILED: 4 });
      const left = await query<{ queueName: string; state: string }>(
        'SELECT DISTINCT "queueName", state FROM job_record ORDER BY 1, 2',
        [],
        database,
      );
      expect(left.map(row => `${row.queueName} ${row.state}`)).toEqual([
        'new COMPLETED',
        'new FAILED',
        'open PENDING',
        'open RUNNING',
      ]);
      await query('DELETE FROM job_record', [], database);
    });

    test('a worker runs its jobs once over a broken connection to the database', async () => {
      const [worker] = await workers(1, FAST);
      const [id] = await client.add('probe.first', [{ key: `broken-`, runsMs: [3_000] }]);
      await started('broken-', 1);
      await query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'tradewind-worker'`,
        [],
        database,
      );
      const [report] = await ended([id!]);
      expect(report).toMatchObject({ state: 'COMPLETED' });
      expect(await runs('broken-')).toHaveLength(1);
      expect(worker!.alive).toBe(true);
    });
  }
}

describe('the job queue in PostgreSQL', () => describeQueue('sql', undefined));

// Without Redis, as in "npm test", these tests do not exist; "npm run test:full" sets TEST_REDIS_URL.
const redisUrl = process.env.TEST_REDIS_URL;
if (redisUrl !== undefined && redisUrl !== '') {
  describe('the job queue in Redis', () => describeQueue('bullmq', redisUrl));
}
