import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, ensureDatabase } from '../../scripts/start/embedded-postgres';
import { migrate } from '../../scripts/start/migrate';
import { parseEnv } from '../../src/config/env';
import type { Cleanup } from '../journey/cleanup';
import { commit, RESULTS } from '../journey/journey';
import { measure, type Measured, type Percentiles } from './measure';
import type { FraudBenchOptions } from './options';
import { BenchShop } from './shop';
import { crowdOf, CUSTOMERS_SQL, PAST_ATTEMPTS_SQL } from './shoppers';

export { FRAUD_USAGE, parseFraudOptions } from './options';

/** Before anything is measured, so that code is compiled and plans are made. */
const WARM_UP_SECONDS = 5;
const SEED = 4;
const CHUNK = 50_000;

/**
 * Full decisions (signals, velocity, rules, model, what is kept) at a steady rate, against many past attempts in a PostgreSQL
 * of its own. The figures go to the terminal and to bench/RESULTS.md.
 */
export async function benchFraud(
  cleanup: Cleanup,
  options: FraudBenchOptions,
  args: string[],
  tell: (line: string) => void,
): Promise<void> {
  const startedAt = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const lines: string[] = [];
  const say = (line: string) => {
    lines.push(`- ${line}`);
    tell(line);
  };
  say(
    `\`${['npm run bench -- fraud', ...args].join(' ')}\` on ${cpus().length} cores, Node.js ${process.version}; ` +
      `load average before: ${loadavg()[0]?.toFixed(1)}`,
  );
  const environment = await startDatabase(cleanup, options.pgPort);
  const { started, remove } = cleanup.put(
    () => BenchShop.start(environment),
    shop => shop.then(opened => opened.close()).catch(() => undefined),
  );
  const shop = await started;
  const crowd = crowdOf(options.attempts);
  tell(`Writing ${options.attempts.toLocaleString('en')} past attempts ...`);
  for (const sql of CUSTOMERS_SQL) await shop.query(sql, [crowd.people]);
  for (let from = 1; from <= options.attempts; from += CHUNK) {
    const to = Math.min(options.attempts, from + CHUNK - 1);
    await shop.query(PAST_ATTEMPTS_SQL, [options.attempts, crowd.people, crowd.networks, from, to]);
  }
  await shop.query('VACUUM ANALYZE');
  const [busiest] = await shop.query<{ most: string }>(
    'SELECT max(n) AS most FROM (SELECT count(*) AS n FROM fraud_attempt GROUP BY network) counts',
  );
  say(
    `${options.attempts.toLocaleString('en')} attempts of a year by ${crowd.people.toLocaleString('en')} people from ` +
      `${crowd.networks.toLocaleString('en')} networks, ${Number(busiest?.most).toLocaleString('en')} from the busiest one`,
  );
  const random = randomOf(SEED);
  await measure(shop, crowd, { rate: options.rate, seconds: WARM_UP_SECONDS }, random);
  report('decisions', options, await measure(shop, crowd, options, random), say);
  const [steps] = await shop.query<Record<'signals' | 'history' | 'scoring' | 'total', string>>(
    `SELECT ${['signals', 'history', 'scoring', 'total']
      .map(step => `round(avg((timings ->> '${step}')::numeric), 1) AS ${step}`)
      .join(', ')} FROM fraud_decision`,
  );
  say(
    `of that, on average: signals ${steps?.signals} ms, written down and history ${steps?.history} ms, ` +
      `scoring ${steps?.scoring} ms; the rest is what is kept`,
  );
  say(`load average after: ${loadavg()[0]?.toFixed(1)}`);
  await remove();
  appendFileSync(RESULTS, `\n## ${startedAt} UTC, ${commit()}, fraud\n\n${lines.join('\n')}\n`);
}

function report(
  what: string,
  { rate }: FraudBenchOptions,
  { payments, before, after, both }: Measured,
  say: (line: string) => void,
): void {
  const text = ({ p50, p95, p99, max }: Percentiles) =>
    `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)}, max ${max.toFixed(1)} ms`;
  say(`${what} at ${rate} payments/s (${payments}): before the authorization ${text(before)}`);
  say(`${what}: after it ${text(after)}`);
  say(`${what}: both, from the moment each payment was due, ${text(both)}`);
}

async function startDatabase(cleanup: Cleanup, port: number): Promise<NodeJS.ProcessEnv> {
  const { started: dir } = cleanup.put(
    () => mkdtempSync(join(tmpdir(), 'tradewind-bench-fraud-')),
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

/** The same numbers for the same seed: mulberry32. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
