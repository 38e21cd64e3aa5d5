import { join } from 'node:path';
import { parseEnv, type Env } from '../src/config/env';
import { parseOptions } from './seed/options';
import { SHOPPER_PASSWORD, refuseInProduction, requestReindex, seed } from './seed/seed';
import { FIRST_CUSTOMER_EMAIL } from './seed/people/customer';
import { reportTo } from './seed/report';
import { lockDataDirectory } from './start/data-lock';
import { EmbeddedPostgres, ensureDatabase } from './start/embedded-postgres';
import { migrate } from './start/migrate';
import { Terminal } from './start/terminal';
import { explain } from './start/user-error';

/**
 * `npm run seed`: fills an empty shop, that of DATABASE_URL or else the embedded one, which must not be running.
 * Its sizes are in `parseOptions`.
 */
async function main(terminal: Terminal): Promise<void> {
  const env = parseEnv(process.env);
  const options = parseOptions(process.argv.slice(2), Date.now());
  refuseInProduction(env);
  await withDatabase(env, async ready => {
    await migrate(ready);
    await seed(ready, options, reportTo(terminal));
    if (ready.SEARCH_URL !== undefined) {
      await requestReindex(ready);
      terminal.step('A worker fills the search engine as soon as one runs.');
    }
  });
  terminal.line(`Done. Log in as ${FIRST_CUSTOMER_EMAIL} / ${SHOPPER_PASSWORD}.`);
}

async function withDatabase(given: Env, work: (env: Env) => Promise<void>): Promise<void> {
  if (given.DATABASE_URL !== undefined) return work(given);
  const unlock = lockDataDirectory(given.DATA_DIR);
  try {
    const postgres = new EmbeddedPostgres({
      dir: join(given.DATA_DIR, 'postgres'),
      port: given.EMBEDDED_PG_PORT,
    });
    const urlOf = await postgres.start();
    try {
      await ensureDatabase(urlOf, 'tradewind');
      await work({ ...given, DATABASE_URL: urlOf('tradewind') });
    } finally {
      await postgres.stop();
    }
  } finally {
    unlock();
  }
}

// Inside a transaction TypeORM 0.3 hands over queries without waiting; the driver queues them, with a warning.
process.noDeprecation = true;

const terminal = new Terminal();
main(terminal).catch((error: unknown) => {
  terminal.line(explain(error));
  // A shop that failed to come up may leave connections open, which would keep this process alive.
  process.exit(1);
});
