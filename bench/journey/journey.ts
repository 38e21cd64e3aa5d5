import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import { join, resolve } from 'node:path';
import { EmbeddedPostgres } from '../../scripts/start/embedded-postgres';
import { UserError } from '../../scripts/start/user-error';
import { listProducts, type ListedProduct } from './catalogue';
import type { Cleanup } from './cleanup';
import { Databases } from './database';
import { runLoad, type LoadResult } from './load-phase';
import type { Running } from './managed-process';
import { Meter, perOperation } from './meter';
import type { JourneyOptions } from './options';
import { requireFreePort } from './ports';
import { loadAverage, requireProc, residentMb } from './proc';
import { problems, report, type RoundResult, type Rounds } from './report';
import { Services } from './services';
import { LABELS, SIDES, SideEnvironment, WORK_DIR, type Side } from './sides';
import { runSinglePhase } from './single-phase';
import { startSide } from './start-side';
import { ensureTemplate, templateOf } from './templates';

const ROOT = join(__dirname, '../../..');
/** Where each run's table goes. */
export const RESULTS = join(ROOT, 'bench/RESULTS.md');

/** The same for both sides. The rest is PostgreSQL's own defaults, as for the shop's embedded PostgreSQL. */
const POSTGRES_SETTINGS = {
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.max': '50000',
};

/** Once the worker is ready it still starts its queues and takes up what is there. */
const WORKER_SETTLE_MS = 3_000;

interface Tools {
  cleanup: Cleanup;
  options: JourneyOptions;
  databases: Databases;
  services: Services | undefined;
  environment: SideEnvironment;
  k6: string;
  say: (line: string) => void;
}

/**
 * Stock Vendure and Tradewind walk the same shopping journey in turns on the same machine, data and PostgreSQL; the
 * table goes to the terminal and to bench/RESULTS.md. Whoever is not measured is stopped.
 *
 * @returns whether the figures may be used
 */
export async function benchJourney(
  cleanup: Cleanup,
  options: JourneyOptions,
  args: string[],
  say: (line: string) => void,
): Promise<boolean> {
  requireProc();
  const startedAt = new Date();
  const load = loadAverage();
  if (load > cpus().length / 2) {
    say(`The load average is ${load}: other programs run here, and will show in the figures.`);
  }
  const tools = await prepare(cleanup, options, say);
  for (const side of SIDES) {
    say(`Loading the shop of ${LABELS[side]} ...`);
    const loaded = await ensureTemplate(cleanup, side, options, tools);
    if (!loaded) say('  taken from an earlier run');
  }
  const rounds = await runRounds(tools);
  const text = report(
    {
      startedAt,
      commit: commit(),
      command: ['npm run bench -- journey', ...args].join(' '),
      options,
      machine: `${cpus().length} cores (${cpus()[0]?.model ?? 'unknown'}), Node.js ${process.version}, PostgreSQL ${tools.databases.version}`,
      loadAverage: load,
    },
    rounds,
  );
  say(`\n${text}`);
  appendFileSync(RESULTS, `\n${text}`);
  return problems(rounds).length === 0;
}

async function prepare(
  cleanup: Cleanup,
  options: JourneyOptions,
  say: (line: string) => void,
): Promise<Tools> {
  await requireFreePort(options.port, '--port');
  await requireFreePort(options.pgPort, '--pg-port');
  const k6 = installK6();
  rmSync(join(WORK_DIR, 'logs'), { recursive: true, force: true });
  mkdirSync(WORK_DIR, { recursive: true });
  const services = options.mode === 'full' ? await Services.connect(process.env) : undefined;
  cleanup.put(
    () => services,
    started => started?.close(),
  );
  say('Starting PostgreSQL ...');
  const databases = await startPostgres(cleanup, options.pgPort);
  const environment = new SideEnvironment(options, databases, services);
  return { cleanup, options, databases, services, environment, k6, say };
}

/** The benchmark's own PostgreSQL, until the cleanup. */
export async function startPostgres(cleanup: Cleanup, port: number): Promise<Databases> {
  const postgres = new EmbeddedPostgres({
    dir: resolve(WORK_DIR, 'postgres'),
    port,
    settings: POSTGRES_SETTINGS,
  });
  const { started } = cleanup.put(
    () => postgres.start(),
    async starting => {
      const runs = await starting.then(
        () => true,
        () => false,
      );
      if (runs) await postgres.stop();
    },
  );
  const databases = await Databases.connect(await started);
  cleanup.put(
    () => databases,
    opened => opened.close(),
  );
  return databases;
}

async function runRounds(tools: Tools): Promise<Rounds> {
  const rounds: Rounds = { stock: [], tradewind: [] };
  let products: ListedProduct[] | undefined;
  for (let round = 1; round <= tools.options.rounds; round++) {
    for (const side of SIDES) {
      tools.say(`Round ${round} of ${tools.options.rounds}: ${LABELS[side]} ...`);
      const { result, products: listed } = await runRound(tools, side, round);
      products ??= listed;
      if (!isDeepStrictEqual(products, listed)) {
        throw new UserError('The two shops do not sell the same products: load them again, without --reuse.');
      }
      rounds[side].push(result);
    }
  }
  return rounds;
}

/** One turn of one side, on a fresh copy of its data. */
async function runRound(
  tools: Tools,
  side: Side,
  round: number,
): Promise<{ result: RoundResult; products: ListedProduct[] }> {
  const { cleanup, options, databases, services, environment } = tools;
  const database = `bench_${side}`;
  await databases.recreate(database, templateOf(side));
  await services?.clear(side);
  const env = environment.of(side, database);
  const baseUrl = `http://127.0.0.1:${options.port}`;
  const meter = new Meter(databases, services);
  const running: Running[] = [];
  try {
    const server = await startSide(cleanup, side, 'server', env);
    running.push(server);
    const products = await listProducts(baseUrl);
    // Without a worker, whose polls would be counted among the statements of the requests.
    const alone = { serverPid: server.pid, database };
    const single = await runSinglePhase(baseUrl, products, options, meter, alone);

    const worker = await startSide(cleanup, side, 'worker', env);
    running.push(worker);
    await new Promise(done => setTimeout(done, WORKER_SETTLE_MS));
    const { result: load, usage } = await meter.around({ ...alone, workerPid: worker.pid }, () =>
      loadSide(tools, side, round, products),
    );
    const memory = residentMb(server.pid);
    await worker.stop();
    await server.stop();
    const perJourney = perOperation(usage, Math.max(1, load.journeys));
    return { products, result: { single, load, usage: perJourney, residentMb: memory } };
  } catch (error) {
    // A crash shows as a refused connection or a missing /proc entry: name the crash instead.
    for (const process of running) process.assertRuns();
    throw error;
  }
}

function loadSide(tools: Tools, side: Side, round: number, products: ListedProduct[]): Promise<LoadResult> {
  const { options } = tools;
  const productsFile = resolve(WORK_DIR, 'products.json');
  writeFileSync(productsFile, JSON.stringify(products));
  return runLoad(tools.cleanup, {
    k6: tools.k6,
    baseUrl: `http://127.0.0.1:${options.port}`,
    vus: options.vus,
    seconds: options.seconds,
    // Not the shoppers of the round before.
    seed: options.seed + round,
    productsFile,
    summaryFile: resolve(WORK_DIR, 'summary.json'),
    log: join(WORK_DIR, 'logs', `${side}-k6.log`),
  });
}

/** @returns the path of the pinned k6, which is built when it is missing */
function installK6(): string {
  try {
    return execFileSync(join(ROOT, 'scripts/install-k6'), {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    }).trim();
  } catch {
    throw new UserError('k6 could not be installed, for the reason above (scripts/install-k6).');
  }
}

/** What was measured, for the table. */
export function commit(): string {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: ROOT, encoding: 'utf8' }).trim();
  try {
    const changed = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!bench/RESULTS.md');
    return `${git('rev-parse', '--short', 'HEAD')}${changed === '' ? '' : ' with uncommitted changes'}`;
  } catch {
    return 'unknown commit';
  }
}
