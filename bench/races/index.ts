import { appendFileSync, mkdirSync } from 'node:fs';
import { cpus } from 'node:os';
import { commit, RESULTS, startPostgres } from '../journey/journey';
import type { Cleanup } from '../journey/cleanup';
import { requireFreePort } from '../journey/ports';
import { loadAverage } from '../journey/proc';
import { LABELS, SIDES, SideEnvironment, WORK_DIR, type Side } from '../journey/sides';
import { startSide } from '../journey/start-side';
import { ensureTemplate, templateOf } from '../journey/templates';
import { parseOptions } from '../journey/options';
import type { RacesOptions } from './options';
import { race, type RacesResult } from './races';
import { racesReport } from './report';

export { RACES_USAGE, parseRacesOptions } from './options';

/** A small shop: what is raced for is one variant and one cart. */
const CATALOGUE = ['--products', '50', '--customers', '20', '--orders', '20', '--reuse'];

/**
 * The same races at stock Vendure and at Tradewind, one after the other on the same machine, data and PostgreSQL; the
 * table goes to the terminal and to bench/RESULTS.md. It shows what each makes of them, not how fast.
 */
export async function benchRaces(
  cleanup: Cleanup,
  options: RacesOptions,
  args: string[],
  say: (line: string) => void,
): Promise<void> {
  const startedAt = new Date();
  const load = loadAverage();
  await requireFreePort(options.port, '--port');
  await requireFreePort(options.pgPort, '--pg-port');
  mkdirSync(WORK_DIR, { recursive: true });
  say('Starting PostgreSQL ...');
  const databases = await startPostgres(cleanup, options.pgPort);
  const environment = new SideEnvironment(options, databases, undefined);
  const shop = { ...parseOptions(CATALOGUE), port: options.port, pgPort: options.pgPort };
  const results: Partial<Record<Side, RacesResult>> = {};
  for (const side of SIDES) {
    say(`Loading the shop of ${LABELS[side]} ...`);
    await ensureTemplate(cleanup, side, shop, { databases, services: undefined, environment });
    const database = `bench_${side}`;
    await databases.recreate(database, templateOf(side));
    // The dummy card provider exists outside of production only.
    const env = { ...environment.of(side, database), NODE_ENV: 'test' };
    const server = await startSide(cleanup, side, 'server', env);
    say(`Racing at ${LABELS[side]} ...`);
    results[side] = await race(`http://127.0.0.1:${options.port}`, databases.urlOf(database), options);
    await server.stop();
  }
  const { stock, tradewind } = results as Record<Side, RacesResult>;
  const text = racesReport({
    startedAt,
    commit: commit(),
    command: ['npm run bench -- races', ...args].join(' '),
    machine: `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node.js ${process.version}, PostgreSQL ${databases.version}`,
    loadAverage: load,
    options,
    stock,
    tradewind,
  });
  say(`\n${text}`);
  appendFileSync(RESULTS, `\n${text}`);
}
