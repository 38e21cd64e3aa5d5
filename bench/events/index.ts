import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { commit, RESULTS } from '../journey/journey';
import { EmbeddedPostgres, ensureDatabase } from '../../scripts/start/embedded-postgres';
import { migrate } from '../../scripts/start/migrate';
import { parseEnv } from '../../src/config/env';
import type { Cleanup } from '../journey/cleanup';
import { fillOutbox } from './fill-outbox';
import { type Measured, measure } from './measure';
import type { EventsBenchOptions } from './options';
import { Publisher } from './publisher';
import { WorkerPool } from './worker-pool';

export { EVENTS_USAGE, parseEventsOptions } from './options';

interface Result extends Measured {
  rows: number;
  workers: number;
}

/**
 * Events per second through the outbox and one handler that does nothing, with 1 and 2 workers, and how long an idle
 * shop takes from publishing to handled; each with a small and a large outbox. On an embedded PostgreSQL of its own. The
 * figures go to the terminal and to bench/RESULTS.md.
 */
export async function benchEvents(
  cleanup: Cleanup,
  options: EventsBenchOptions,
  tell: (line: string) => void,
): Promise<void> {
  const startedAt = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const lines: string[] = [];
  const say = (line: string) => {
    lines.push(`- ${line}`);
    tell(line);
  };
  const environment = await startDatabase(cleanup, options.pgPort);
  const { started: starting, remove: closePublisher } = cleanup.put(
    () => Publisher.start(environment),
    publisher => publisher.then(opened => opened.close()).catch(() => undefined),
  );
  const publisher = await starting;
  const results: Result[] = [];
  say(`Load average before the run: ${loadavg()[0]?.toFixed(1)}.`);
  for (const rows of options.rows) {
    await fillOutbox(publisher, rows);
    for (const workers of [1, 2]) {
      const pool = await WorkerPool.start(cleanup, environment, workers, options.batch);
      const result = { rows, workers, ...(await measure(publisher, options)) };
      await pool.stop();
      results.push(result);
      say(describe(result));
    }
  }
  await closePublisher();
  compare(results, say);
  appendFileSync(RESULTS, `\n## ${startedAt} UTC, ${commit()}, events\n\n${lines.join('\n')}\n`);
}

async function startDatabase(cleanup: Cleanup, port: number): Promise<NodeJS.ProcessEnv> {
  const { started: dir } = cleanup.put(
    () => mkdtempSync(join(tmpdir(), 'tradewind-bench-events-')),
    made => rmSync(made, { recursive: true, force: true }),
  );
  const postgres = new EmbeddedPostgres({ dir: join(dir, 'pg'), port });
  const { started } = cleanup.put(
    () => postgres.start(),
    starting => starting.then(() => postgres.remove()).catch(() => undefined),
  );
  const urlOf = await started;
  await ensureDatabase(urlOf, 'bench');
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: 'test',
    LOG_LEVEL: 'error',
    VENDURE_DISABLE_TELEMETRY: 'true',
    DATABASE_URL: urlOf('bench'),
    DATA_DIR: join(dir, 'data'),
  };
  await migrate(parseEnv(environment));
  return environment;
}

function describe(result: Result): string {
  return (
    `${result.rows.toLocaleString('en')} events in the outbox, ${result.workers} worker(s): ` +
    `published ${result.publishPerSecond.toFixed(0)}/s, handled ${result.handledPerSecond.toFixed(0)}/s, ` +
    `a backlog ${result.drainPerSecond.toFixed(0)}/s; publisher ${result.publisherCpuMs.toFixed(2)} CPU ms/event; ` +
    `idle p50 ${result.idleP50.toFixed(0)} ms, p95 ${result.idleP95.toFixed(0)} ms`
  );
}

function compare(results: readonly Result[], say: (line: string) => void): void {
  for (const workers of [1, 2]) {
    const own = results.filter(result => result.workers === workers);
    const [small, large] = [own[0], own.at(-1)];
    if (small === undefined || large === undefined || small === large) continue;
    const ratio = (of: (result: Result) => number) => (of(large) / of(small)).toFixed(2);
    say(
      `${large.rows.toLocaleString('en')} against ${small.rows.toLocaleString('en')}, ${workers} worker(s): ` +
        `handled x${ratio(r => r.handledPerSecond)}, backlog x${ratio(r => r.drainPerSecond)}, idle p95 x${ratio(r => r.idleP95)}`,
    );
  }
}
