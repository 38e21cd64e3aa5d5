import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { EmbeddedPostgres, ensureDatabase } from '../../scripts/start/embedded-postgres';
import { migrate } from '../../scripts/start/migrate';
import { parseEnv } from '../../src/config/env';
import type { Cleanup } from '../journey/cleanup';
import { commit, RESULTS } from '../journey/journey';
import { backtest, writePastDecisions } from './backtest';
import { measure, type Measured, type Percentiles } from './measure';
import type { FraudBenchOptions } from './options';
import { BenchShop } from './shop';
import { crowdOf, CUSTOMERS_SQL, PAST_ATTEMPTS_SQL, type Crowd } from './shoppers';
import { train, trainingSet } from './training';

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
  await shop.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
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
  const counted = await statements(shop);
  const measured = await measure(shop, crowd, options, random);
  report('decisions', options, measured, say);
  say(
    `SQL statements (pg_stat_statements, those at the commit and of the process itself included): ${(((await statements(shop)) - counted) / measured.payments).toFixed(1)} a payment`,
  );
  const [steps] = await shop.query<Record<'signals' | 'history' | 'scoring' | 'total', string>>(
    `SELECT ${['signals', 'history', 'scoring', 'total']
      .map(step => `round(avg((timings ->> '${step}')::numeric), 1) AS ${step}`)
      .join(', ')} FROM fraud_decision`,
  );
  say(
    `of that, on average: signals ${steps?.signals} ms, written down and history ${steps?.history} ms, ` +
      `scoring ${steps?.scoring} ms; the rest is what is kept`,
  );
  await benchTraining(shop, crowd, options, random, say);
  await benchBacktest(shop, options, say, tell);
  say(`load average after: ${loadavg()[0]?.toFixed(1)}`);
  await remove();
  appendFileSync(RESULTS, `\n## ${startedAt} UTC, ${commit()}, fraud\n\n${lines.join('\n')}\n`);
}

/** How many PostgreSQL has carried out so far. */
async function statements(shop: BenchShop): Promise<number> {
  const [row] = await shop.query<{ calls: string }>('SELECT sum(calls) AS calls FROM pg_stat_statements');
  return Number(row?.calls);
}

/** How long a training takes, and how scoring goes on meanwhile. */
async function benchTraining(
  shop: BenchShop,
  crowd: Crowd,
  options: FraudBenchOptions,
  random: () => number,
  say: (line: string) => void,
): Promise<void> {
  const set = await trainingSet(shop, options.training, random);
  const { length } = set.names;
  const training = train(set);
  const measured = await measure(shop, crowd, { rate: options.rate, seconds: 0 }, random, training);
  say(
    `a training on ${options.training.toLocaleString('en')} rows of ${length} features took ` +
      `${(await training).toFixed(1)} s, with decisions at the same time`,
  );
  report('decisions meanwhile', options, measured, say);
}

async function benchBacktest(
  shop: BenchShop,
  { attempts, decisions }: FraudBenchOptions,
  say: (line: string) => void,
  tell: (line: string) => void,
): Promise<void> {
  tell(`Writing ${Math.min(attempts, decisions).toLocaleString('en')} past decisions ...`);
  await writePastDecisions(shop, attempts, decisions);
  const { seconds, checked } = await backtest(shop);
  say(
    `a backtest of one rule over ${checked.toLocaleString('en')} decisions took ${seconds.toFixed(1)} s (nothing else asked)`,
  );
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
  const postgres = new EmbeddedPostgres({
    dir: join(dir, 'pg'),
    port,
    settings: { shared_preload_libraries: 'pg_stat_statements' },
  });
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
