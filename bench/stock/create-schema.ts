import { preBootstrapConfig } from '@vendure/core';
import { DataSource } from 'typeorm';
import { config } from './vendure-config';

/** Writes stock Vendure's tables into the empty database of DATABASE_URL. */
async function main(): Promise<void> {
  const { dbConnectionOptions } = await preBootstrapConfig(config);
  const dataSource = await new DataSource({ ...dbConnectionOptions, synchronize: true }).initialize();
  await dataSource.destroy();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
