import { preBootstrapConfig, resetConfig } from '@vendure/core';
import { DataSource } from 'typeorm';
import type { Env } from '../../src/config/env';
import { createVendureConfig } from '../../vendure-config';

/** Any number that nothing else in this database uses as an advisory lock. */
const MIGRATION_LOCK = 7_217_001;

/**
 * Runs the migrations that the database has not seen, each in a transaction of its own. A second process that
 * starts at the same time waits for the first. Vendure's own `runMigrations` logs a failure and goes on.
 *
 * @returns the names of those that ran
 */
export async function migrate(env: Env): Promise<string[]> {
  return withDataSource(env, async dataSource => {
    const lock = dataSource.createQueryRunner();
    await lock.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      const ran = await dataSource.runMigrations({ transaction: 'each' });
      return ran.map(migration => migration.name);
    } finally {
      await lock.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await lock.release();
    }
  });
}

/** The statements that would bring the schema to what the entities say: none, when no migration is missing. */
export async function pendingSchemaChanges(env: Env): Promise<string[]> {
  return withDataSource(env, async dataSource => {
    const changes = await dataSource.driver.createSchemaBuilder().log();
    return changes.upQueries.map(statement => statement.query);
  });
}

async function withDataSource<T>(env: Env, work: (dataSource: DataSource) => Promise<T>): Promise<T> {
  const config = await preBootstrapConfig(createVendureConfig(env, 'script'));
  const dataSource = await new DataSource(config.dbConnectionOptions).initialize();
  try {
    return await work(dataSource);
  } finally {
    await dataSource.destroy();
    resetConfig();
  }
}
