import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import type { PoolClient } from 'pg';

interface Driver {
  obtainMasterConnection(): Promise<[PoolClient, (error?: unknown) => void]>;
}

/**
 * Statements that PostgreSQL plans once for each connection: those of scoring are long, and planning them takes longer
 * than running them. TypeORM knows no names of statements, so its driver is asked for a connection. A pooler between the
 * shop and PostgreSQL must know prepared statements (PgBouncer from 1.21 on).
 */
@Injectable()
export class PreparedStatements {
  constructor(private readonly connection: TransactionalConnection) {}

  /** Outside any transaction. */
  async query<Row extends object>(name: string, text: string, values: readonly unknown[]): Promise<Row[]> {
    const driver = this.connection.rawConnection.driver as unknown as Driver;
    const [client, release] = await driver.obtainMasterConnection();
    try {
      const { rows } = await client.query<Row>({ name, text, values: [...values] });
      return rows;
    } finally {
      release();
    }
  }
}
