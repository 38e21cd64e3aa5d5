import { createHash, randomBytes } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Client } from 'pg';
import { ROOT } from './paths';
import { populateTemplate } from './populate';
import { databaseUrl } from './postgres';
import { withClient } from './sql';

/** Everything that decides what is in the template. */
const SOURCES = [
  'migrations',
  'scripts/seed',
  'scripts/seed.ts',
  'src/config/custom-fields.ts',
  'e2e/support/populate.ts',
  'e2e/support/interim-fixture.js',
];

/** Any number that nothing else on this server uses as an advisory lock. */
const TEMPLATE_LOCK = 7_217_003;

export interface Template {
  database: string;
  /** The images of its catalogue. */
  assets: string;
}

/**
 * A migrated and seeded database that no process connects to, so that it can be cloned. Made on first use and
 * found again by later runs on the same server, until a migration or the seed changes.
 *
 * @param folder where its images are kept, as long as the server
 */
export async function ensureTemplate(postgresUrl: string, folder: string): Promise<Template> {
  const database = `tradewind_template_${sourcesHash()}`;
  const data = join(folder, database);
  const template = { database, assets: join(data, 'assets') };
  await withClient(postgresUrl, async client => {
    // Two runs on one server: the second waits for the first one's template.
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    if ((await exists(client, database)) && existsSync(template.assets)) return;
    await build(client, postgresUrl, database, data);
  });
  return template;
}

/** A new empty database. Gives its name. */
export async function createDatabase(postgresUrl: string, purpose: string): Promise<string> {
  const name = freshName(purpose);
  await withClient(postgresUrl, client => client.query(`CREATE DATABASE "${name}"`));
  return name;
}

/** A new database like the template. Gives its name. */
export async function cloneTemplate(postgresUrl: string, template: string, purpose: string): Promise<string> {
  const name = freshName(purpose);
  await withClient(postgresUrl, client => client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`));
  return name;
}

/** Drops a database, with the connections that it still has. */
export async function dropDatabase(postgresUrl: string, name: string): Promise<void> {
  await withClient(postgresUrl, client => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}

/** Under another name until it is complete: an interrupted run must not leave half a template. */
async function build(client: Client, postgresUrl: string, database: string, data: string): Promise<void> {
  const unfinished = `${database}_unfinished`;
  const unfinishedData = `${data}-unfinished`;
  rmSync(unfinishedData, { recursive: true, force: true });
  rmSync(data, { recursive: true, force: true });
  mkdirSync(unfinishedData, { recursive: true });
  for (const name of [unfinished, database]) {
    await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
  }
  await client.query(`CREATE DATABASE "${unfinished}"`);
  await populateTemplate(databaseUrl(postgresUrl, unfinished), unfinishedData);
  renameSync(unfinishedData, data);
  await client.query(`ALTER DATABASE "${unfinished}" RENAME TO "${database}"`);
}

function freshName(purpose: string): string {
  return `tradewind_e2e_${purpose}_${randomBytes(4).toString('hex')}`;
}

async function exists(client: Client, database: string): Promise<boolean> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
  return found.rowCount === 1;
}

function sourcesHash(): string {
  const hash = createHash('sha256');
  const add = (path: string) => {
    if (!existsSync(path)) return;
    if (statSync(path).isDirectory()) {
      for (const entry of readdirSync(path).sort()) add(join(path, entry));
    } else {
      hash.update(path.slice(ROOT.length)).update(readFileSync(path));
    }
  };
  for (const source of SOURCES) add(join(ROOT, source));
  return hash.digest('hex').slice(0, 12);
}

/** Gives a shop its own copy of the template's images. */
export function copyAssets(assets: string, dataDir: string): void {
  cpSync(assets, join(dataDir, 'assets'), { recursive: true });
}
