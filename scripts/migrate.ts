import { parseEnv } from '../src/config/env';
import { migrate, pendingSchemaChanges } from './start/migrate';
import { explain } from './start/user-error';

/**
 * Brings the database of DATABASE_URL up to this release's schema. With `--check` it changes nothing, and fails when
 * the schema is not what the entities say, with the statements that are missing.
 */
async function main(): Promise<void> {
  const env = parseEnv(process.env);
  if (!process.argv.includes('--check')) {
    const names = await migrate(env);
    process.stdout.write(names.length === 0 ? 'The schema is up to date.\n' : `Ran ${names.join(', ')}.\n`);
    return;
  }
  const statements = await pendingSchemaChanges(env);
  if (statements.length > 0) {
    process.stdout.write(`The schema lacks:\n${statements.join(';\n')};\n`);
    process.exitCode = 1;
  } else {
    process.stdout.write('The schema is up to date.\n');
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`The migrations did not run: ${explain(error)}\n`);
  process.exitCode = 1;
});
