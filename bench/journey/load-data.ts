import { join } from 'node:path';
import type { Cleanup } from './cleanup';
import { runToEnd } from './managed-process';
import type { JourneyOptions } from './options';
import { WORK_DIR, type Side } from './sides';

const DIST = join(__dirname, '../..');

/** The end of the seeded history: fixed, so that the same sizes and seed give the same shop on any day. */
const HISTORY_END = Date.UTC(2026, 0, 1);

/** For 200,000 products and 1,000,000 orders, the most that can be asked for. */
const LIMIT_MS = 2 * 3_600_000;

/**
 * Brings an empty database to the schema of its side and loads the shop into it. Both sides get the same shop.
 *
 * Each step is a process of its own: the custom fields of a configuration are written into the platform's classes, so
 * that no process can know both shops. They do not run as production, where the seed refuses to write customers whose
 * password everybody knows.
 */
export async function loadData(
  cleanup: Cleanup,
  side: Side,
  env: NodeJS.ProcessEnv,
  { products, customers, orders, seed }: JourneyOptions,
): Promise<void> {
  const run = (name: string, script: string, args: string[] = []) =>
    runToEnd(
      cleanup,
      {
        name: `The ${name} of ${side}`,
        command: process.execPath,
        args: ['--enable-source-maps', join(DIST, script), ...args],
        env: { ...env, NODE_ENV: 'development' },
        log: join(WORK_DIR, 'logs', `${side}-load.log`),
      },
      LIMIT_MS,
    );
  const seedOptions = { products, customers, orders, seed, end: HISTORY_END };
  await run('schema', side === 'stock' ? 'bench/stock/create-schema.js' : 'scripts/migrate.js');
  await run('data', side === 'stock' ? 'bench/stock/seed.js' : 'bench/journey/seed-tradewind.js', [
    JSON.stringify(seedOptions),
  ]);
}
