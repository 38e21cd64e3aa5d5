import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, built } from './paths';
import { runScript } from './run-script';
import { STAFF } from './staff';

/** Enough for every journey, little enough to load in seconds. */
const SEED_ARGS = ['--products', '60', '--customers', '40', '--orders', '200', '--seed', 'e2e'];

/** Fills an empty database with the schema and a small deterministic shop; images go under `dataDir`. */
export async function populateTemplate(url: string, dataDir: string): Promise<void> {
  const env = {
    NODE_ENV: 'test',
    DATABASE_URL: url,
    DATA_DIR: dataDir,
    LOG_LEVEL: 'warn',
    SUPERADMIN_USERNAME: STAFF.username,
    SUPERADMIN_PASSWORD: STAFF.password,
    COOKIE_SECRET: STAFF.cookieSecret,
  };
  await succeed('scripts/migrate.js', env);
  if (existsSync(built('scripts/seed.js'))) await succeed('scripts/seed.js', env, SEED_ARGS);
  else await succeed(join(ROOT, 'e2e/support/interim-fixture.js'), env);
}

async function succeed(script: string, env: Record<string, string>, args?: string[]): Promise<void> {
  const { code, output } = await runScript(script, env, args);
  if (code !== 0) throw new Error(`${script} ended with code ${code}:\n${output}`);
}
