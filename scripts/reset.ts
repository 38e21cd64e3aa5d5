import { existsSync, lstatSync, realpathSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { parseEnv } from '../src/config/env';
import { lockDataDirectory } from './start/data-lock';
import { EmbeddedPostgres } from './start/embedded-postgres';
import { UserError, explain } from './start/user-error';

/** `npm run reset`: forgets the embedded shop, its data and its secrets. Asks first; `-- --yes` answers. */
async function main(): Promise<void> {
  const env = parseEnv(process.env);
  const dir = resolve(env.DATA_DIR);
  if (!existsSync(dir)) {
    console.log(`Nothing to forget: ${dir} does not exist.`);
    return;
  }
  if (!['postgres', 'secrets.json'].some(name => existsSync(join(dir, name)))) {
    throw new UserError(`${dir} does not look like a shop's data. Check DATA_DIR; nothing was deleted.`);
  }
  // A shop that runs holds the lock; its files must not vanish beneath it.
  const unlock = lockDataDirectory(dir);
  try {
    if (!(await confirmed(dir))) {
      console.log('Nothing was deleted.');
      return;
    }
    await new EmbeddedPostgres({ dir: join(dir, 'postgres'), port: env.EMBEDDED_PG_PORT }).remove();
    rmSync(lstatSync(dir).isSymbolicLink() ? realpathSync(dir) : dir, { recursive: true, force: true });
    console.log('Forgotten. "npm start" makes a new shop.');
  } finally {
    unlock();
  }
}

async function confirmed(dir: string): Promise<boolean> {
  if (process.argv.includes('--yes')) return true;
  if (!process.stdin.isTTY) {
    throw new UserError(
      `This deletes the shop in ${dir}: all orders, customers and images. To do it without a question: npm run reset -- --yes`,
    );
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await terminal.question(
    `This deletes the shop in ${dir}: all orders, customers and images. Type "yes" to go on: `,
  );
  terminal.close();
  return answer.trim().toLowerCase() === 'yes';
}

main().catch((error: unknown) => {
  console.error(explain(error));
  process.exitCode = 1;
});
