import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AdminClient } from './admin-client';
import { Cleanup } from './cleanup';
import { launchShop } from './launch';
import { printLoggedErrors } from './logged-errors';
import { CACHE_DIR, built } from './paths';
import { openPostgres } from './postgres';
import { runScript } from './run-script';
import { startSmtpSink } from './smtp-sink';
import { query } from './sql';
import { STAFF } from './staff';
import { cloneTemplate, dropDatabase, ensureTemplate } from './template';
import { publishTestEnv } from './test-env';

/** One of several processes that share the test files has a folder of its own. */
const LOG_DIR = join(CACHE_DIR, `logs${process.env.TEST_SHARE ?? ''}`);

const cleanup = new Cleanup();

/**
 * Brings up what all test files share: PostgreSQL with the template, an SMTP sink, and one shop. Set
 * TEST_DATABASE_URL (a superuser's), TEST_REDIS_URL and TEST_SEARCH_URL to run on services that are up; without
 * them nothing has to be installed. TEST_BROWSER=true adds the tests that need a browser.
 */
export async function startTestRun(): Promise<void> {
  if (!existsSync(built('src/index.js'))) throw new Error('There is no build: run "npm run build" first.');
  stopOnSignals();
  try {
    await start();
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

/** Ends everything, and prints what the shops logged as errors. */
export async function stopTestRun(): Promise<void> {
  await cleanup.run();
  printLoggedErrors(LOG_DIR);
}

async function start(): Promise<void> {
  rmSync(LOG_DIR, { recursive: true, force: true });
  mkdirSync(LOG_DIR, { recursive: true });
  const tempDir = mkdtempSync(join(tmpdir(), 'tradewind-e2e-'));
  cleanup.add('temporary files', () => rmSync(tempDir, { recursive: true, force: true }));

  const postgresUrl = await openPostgres(setting('TEST_DATABASE_URL'), cleanup);
  // A server of this run's own ends with it, and so do the images.
  const folder = setting('TEST_DATABASE_URL') === undefined ? tempDir : CACHE_DIR;
  const template = await step('seeding', () => ensureTemplate(postgresUrl, folder));
  const database = await cloneTemplate(postgresUrl, template.database, 'shared');
  cleanup.add('the shared database', () => dropDatabase(postgresUrl, database));

  if (setting('TEST_BROWSER') === 'true') await step('compiling the staff pages', compileStaffPages);

  const mailDir = join(tempDir, 'mails');
  const surroundings = {
    postgresUrl,
    templateAssets: template.assets,
    redisUrl: setting('TEST_REDIS_URL'),
    searchUrl: setting('TEST_SEARCH_URL'),
    smtpUrl: await startSmtpSink(mailDir, cleanup),
    logDir: LOG_DIR,
    tempDir,
  };
  const shop = await step('starting the shop', () => launchShop(surroundings, { database }));
  cleanup.add('the shared shop', () => shop.stop());

  publishTestEnv({
    ...surroundings,
    baseUrl: shop.baseUrl,
    templateDatabase: template.database,
    database,
    mailDir,
    adminUser: STAFF.username,
    adminPassword: STAFF.password,
  });
  // A template has PostgreSQL's index at most: the engine of this run may be another one.
  const needsIndex = surroundings.searchUrl !== undefined || (await indexIsEmpty());
  if (needsIndex) {
    await step('building the search index', async () => (await AdminClient.signedIn()).reindex());
  }
}

/** Once for the same sources: the build is kept. */
async function compileStaffPages(): Promise<void> {
  const { code, output } = await runScript('scripts/build-admin-ui.js', {});
  if (code !== 0) throw new Error(`The staff pages were not compiled:\n${output}`);
}

async function indexIsEmpty(): Promise<boolean> {
  const [row] = await query<{ empty: boolean }>('SELECT NOT EXISTS (SELECT FROM search_index_item) AS empty');
  return row?.empty ?? true;
}

/** Ctrl-C and SIGTERM end Jest without its teardown. */
function stopOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => {
      void cleanup.run().finally(() => process.exit(130));
    });
  }
}

async function step<T>(name: string, work: () => Promise<T>): Promise<T> {
  const start = Date.now();
  const result = await work();
  process.stderr.write(`e2e: ${name} took ${((Date.now() - start) / 1000).toFixed(1)} s\n`);
  return result;
}

function setting(name: string): string | undefined {
  const value = process.env[name];
  return value === '' ? undefined : value;
}
