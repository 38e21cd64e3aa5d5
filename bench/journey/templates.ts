import { ensureSearchIndex } from '../../scripts/start/search-index';
import type { Cleanup } from './cleanup';
import type { Databases } from './database';
import { GraphQlClient } from './graphql';
import { loadData } from './load-data';
import type { JourneyOptions } from './options';
import type { Services } from './services';
import { STAFF, type Side, type SideEnvironment } from './sides';
import { startSide } from './start-side';

const JOBS_LIMIT_MS = 30 * 60_000;
const POLL_MS = 500;

/** Where a side's loaded shop is kept; each round runs on a fresh copy. */
export function templateOf(side: Side): string {
  return `bench_${side}_template`;
}

/**
 * Loads a side's shop, once for the whole run: schema, data, and then server and worker until all jobs are done
 * and the search index is filled.
 *
 * @returns whether it was loaded; false when the one of an earlier run was taken
 */
export async function ensureTemplate(
  cleanup: Cleanup,
  side: Side,
  options: JourneyOptions,
  tools: { databases: Databases; services: Services | undefined; environment: SideEnvironment },
): Promise<boolean> {
  const { databases, services, environment } = tools;
  const name = templateOf(side);
  const { products, customers, orders, seed, mode } = options;
  const note = JSON.stringify({ products, customers, orders, seed, mode });
  if (options.reuse && (await databases.note(name)) === note) return false;
  await databases.recreate(name);
  await services?.clear(side);
  const env = environment.of(side, name);
  await loadData(cleanup, side, env, options);
  await settle(cleanup, side, env, options.port);
  await databases.tidy(name);
  // Last: a template without its note is one whose load was cut short.
  await databases.setNote(name, note);
  return true;
}

async function settle(cleanup: Cleanup, side: Side, env: NodeJS.ProcessEnv, port: number): Promise<void> {
  const server = await startSide(cleanup, side, 'server', env);
  const worker = await startSide(cleanup, side, 'worker', env);
  const baseUrl = `http://127.0.0.1:${port}`;
  await ensureSearchIndex(baseUrl, STAFF, () => undefined);
  await jobsDone(baseUrl);
  await worker.stop();
  await server.stop();
}

async function jobsDone(baseUrl: string): Promise<void> {
  const admin = new GraphQlClient(`${baseUrl}/admin-api`);
  await admin.send(
    'mutation BenchLogin($u: String!, $p: String!) { login(username: $u, password: $p) { __typename } }',
    { u: STAFF.identifier, p: STAFF.password },
  );
  const deadline = Date.now() + JOBS_LIMIT_MS;
  for (;;) {
    const { jobs } = await admin.send<{ jobs: { totalItems: number } }>(
      'query BenchJobs { jobs(options: { take: 1, filter: { isSettled: { eq: false } } }) { totalItems } }',
    );
    if (jobs.totalItems === 0) return;
    if (Date.now() > deadline) throw new Error(`${jobs.totalItems} jobs are still not done`);
    await new Promise(resolve => setTimeout(resolve, POLL_MS));
  }
}
