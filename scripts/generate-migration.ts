import { generateMigration } from '@vendure/core';
import { parseEnv } from '../src/config/env';
import { createVendureConfig } from '../vendure-config';
import { UserError, explain } from './start/user-error';

/**
 * Writes migrations/<timestamp>-<name>.ts for what changed in the entities, against the database of
 * DATABASE_URL, which must have all earlier migrations.
 */
async function main(): Promise<void> {
  const name = process.argv[2];
  if (name === undefined || !/^[a-z]+(-[a-z0-9]+)+$/.test(name)) {
    throw new UserError('Usage: npm run migration -- <plugin>-<change>, for instance inventory-add-holds');
  }
  await generateMigration(createVendureConfig(parseEnv(process.env), 'script'), {
    name,
    outputDir: 'migrations',
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`${explain(error)}\n`);
  process.exitCode = 1;
});
