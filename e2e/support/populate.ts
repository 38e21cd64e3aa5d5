import { runScript } from './run-script';
import { STAFF } from './staff';

/** Enough for every journey, little enough to load in seconds; with a fixed end, so that it is always the same. */
const SEED = '--products 60 --customers 40 --orders 200 --seed 1 --end-date 2025-06-30'.split(' ');

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
  const { code, output } = await runScript('scripts/seed.js', env, SEED);
  if (code !== 0) throw new Error(`The seed ended with code ${code}:\n${output}`);
}
