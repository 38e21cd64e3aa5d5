import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import type { EntityManager, QueryRunner } from 'typeorm';
import { DomainEventError } from '../errors';

const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';
const IN_PLACE_RETRIES = 3;

/** Thrown to a handler that goes on after its time is up. */
export class TransactionOverError extends DomainEventError {
  constructor() {
    super('TRANSACTION_OVER', 'The transaction of this handler is over: its time was up.');
  }
}

/** Runs handlers in transactions that a late handler cannot write through any more. */
@Injectable()
export class HandlerTransaction {
  constructor(private readonly connection: TransactionalConnection) {}

  /**
   * Runs the work in a transaction, again when the database asks for it (deadlock, serialization failure).
   *
   * @param limitMs how long one statement may take: a handler whose time is up must not wait for a lock for long
   * @param keep false rolls back also when all went well: a rehearsal
   */
  async run<T>(
    limitMs: number,
    work: (manager: EntityManager) => Promise<T>,
    { keep = true }: { keep?: boolean } = {},
  ): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.once(limitMs, work, keep);
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        const again = code === DEADLOCK || code === SERIALIZATION_FAILURE;
        if (!again || attempt > IN_PLACE_RETRIES) throw error;
      }
    }
  }

  private async once<T>(limitMs: number, work: (manager: EntityManager) => Promise<T>, keep: boolean) {
    const runner = this.connection.rawConnection.createQueryRunner();
    try {
      await runner.connect();
      await runner.startTransaction();
      const unseal = sealable(runner);
      try {
        await runner.query(`SELECT set_config('statement_timeout', $1, true)`, [String(limitMs)]);
        const result = await work(runner.manager);
        if (keep) await runner.commitTransaction();
        else await unseal(() => rollBack(runner));
        return result;
      } catch (error) {
        // A connection that cannot even roll back is broken: the server rolls back, the pool drops it.
        await unseal(() => rollBack(runner)).catch(() => undefined);
        throw error;
      }
    } finally {
      if (!runner.isReleased) await runner.release();
    }
  }
}

/** A handler may have left savepoints open: each is a level of its own to TypeORM. */
async function rollBack(runner: QueryRunner): Promise<void> {
  while (runner.isTransactionActive) await runner.rollbackTransaction();
}

/**
 * Shuts the runner to everything but our own rollback. Without this, a statement that a timed-out handler sends
 * right after the rollback would run, and stay, outside of any transaction.
 */
function sealable(runner: QueryRunner): (work: () => Promise<void>) => Promise<void> {
  const query = runner.query.bind(runner) as (...args: unknown[]) => Promise<unknown>;
  return async work => {
    const sealed = (...args: unknown[]) =>
      typeof args[0] === 'string' && /^ROLLBACK/.test(args[0])
        ? query(...args)
        : Promise.reject(new TransactionOverError());
    Object.assign(runner, { query: sealed });
    await work();
  };
}
