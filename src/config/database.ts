import { join } from 'node:path';
import type { VendureConfig } from '@vendure/core';
import type { Env } from './env';
import type { ProcessRole } from './process-role';

type DatabaseOptions = VendureConfig['dbConnectionOptions'];

/**
 * How long a statement may run, and wait for a lock, before PostgreSQL ends it (ms). A request that waits
 * longer is one that nobody reads any more, while it still holds a connection; a worker's job may take longer;
 * a migration may take as long as it needs but must not queue the whole shop behind its lock.
 */
const TIMEOUTS: Record<ProcessRole, { statement: number; lock: number }> = {
  server: { statement: 15_000, lock: 5_000 },
  worker: { statement: 120_000, lock: 10_000 },
  script: { statement: 0, lock: 30_000 },
};

/** Connection, pool and limits for one kind of process. The schema is changed by migrations only. */
export function databaseOptions(env: Env, role: ProcessRole): DatabaseOptions {
  if (env.DATABASE_URL === undefined) {
    throw new Error(
      'DATABASE_URL is not set. Run "npm start", which brings its own PostgreSQL, or set it to one of yours.',
    );
  }
  const timeouts = TIMEOUTS[role];
  return {
    type: 'postgres',
    url: env.DATABASE_URL,
    synchronize: false,
    logging: false,
    migrations: [join(__dirname, '../../migrations/*.js')],
    applicationName: `tradewind-${role}`,
    connectTimeoutMS: 10_000,
    poolSize: env.DB_POOL_SIZE,
    extra: {
      statement_timeout: timeouts.statement,
      lock_timeout: timeouts.lock,
      idle_in_transaction_session_timeout: 60_000,
    },
  };
}
