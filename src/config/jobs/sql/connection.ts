import type { DataSource, QueryRunner } from 'typeorm';

/** Runs one statement and gives the rows that it returns. */
export type RunStatement = <Row>(sql: string, parameters: readonly unknown[]) => Promise<Row[]>;

/** Statements on any connection of the pool. */
export function pooled(dataSource: DataSource): RunStatement {
  return async (sql, parameters) => {
    const runner = dataSource.createQueryRunner();
    try {
      return await run(runner, sql, parameters);
    } finally {
      await runner.release();
    }
  };
}

/**
 * A connection that is kept for the heartbeat alone: jobs that hold every other connection of the pool for long
 * must not cost the worker its leases. Statements run one after the other. A connection that broke is replaced
 * at the next one.
 */
export class DedicatedConnection {
  private runner: QueryRunner | undefined;
  private last: Promise<unknown> = Promise.resolve();

  constructor(private readonly dataSource: DataSource) {}

  readonly run: RunStatement = <Row>(sql: string, parameters: readonly unknown[]) => {
    const result = this.last.then(() => this.runNow<Row>(sql, parameters));
    this.last = result.catch(() => undefined);
    return result;
  };

  async release(): Promise<void> {
    const runner = this.runner;
    this.runner = undefined;
    if (runner !== undefined && !runner.isReleased) await runner.release();
  }

  private async runNow<Row>(sql: string, parameters: readonly unknown[]): Promise<Row[]> {
    if (this.runner === undefined || this.runner.isReleased) {
      this.runner = this.dataSource.createQueryRunner();
    }
    try {
      return await run<Row>(this.runner, sql, parameters);
    } catch (error) {
      await this.release();
      throw error;
    }
  }
}

async function run<Row>(runner: QueryRunner, sql: string, parameters: readonly unknown[]): Promise<Row[]> {
  const result = await runner.query(sql, [...parameters], true);
  return result.records as Row[];
}
