import { parseEnv } from '../../src/config/env';
import { defaultOptions } from '../seed/options';
import { isSeeded, seed } from '../seed/seed';
import { reportTo } from '../seed/report';
import { migrate } from './migrate';
import { Terminal } from './terminal';
import { explain } from './user-error';

/**
 * What a start does to the database before the shop runs: the migrations, and on the first run the demo shop.
 * A process of its own, so that the one that supervises stays small for as long as the shop runs.
 *
 * Argument: when the start began (epoch ms).
 */
async function main(terminal: Terminal): Promise<void> {
  const env = parseEnv(process.env);
  const migrations = await migrate(env);
  if (migrations.length > 0) terminal.step(`Migrated the database (${migrations.length} migrations).`);
  if (env.NODE_ENV === 'production' || (await isSeeded(env))) return;
  terminal.step('Filling the empty shop with a demo catalogue and a year of orders:');
  await seed(env, defaultOptions(Date.now()), reportTo(terminal));
}

const terminal = new Terminal(Number(process.argv[2]));
main(terminal).catch((error: unknown) => {
  terminal.line(explain(error));
  // A shop that failed to come up may leave connections open, which would keep this process alive.
  process.exit(1);
});
