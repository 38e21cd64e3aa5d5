import { Injectable } from '@nestjs/common';
import { Logger, TransactionSubscriber, TransactionalConnection } from '@vendure/core';
import type { QueryRunner } from 'typeorm';
import { WAKE_CHANNEL, loggerCtx } from '../constants';

/**
 * Wakes the relays after a commit. Not from within the transaction: PostgreSQL lets only one transaction at a time
 * commit a `NOTIFY`, so every checkout would queue behind the disk flush of the one before. Notifications of one
 * tick are sent as one. Lost ones (a crash in between) cost the relay's poll interval, nothing else.
 */
@Injectable()
export class WakeService {
  private scheduled = false;
  private readonly waiting = new WeakSet<QueryRunner>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly transactions: TransactionSubscriber,
  ) {}

  /** Wakes the relays once this transaction has committed; not at all when it is rolled back. */
  afterCommit(runner: QueryRunner): void {
    if (this.waiting.has(runner)) return;
    this.waiting.add(runner);
    this.transactions.awaitCommit(runner).then(
      () => {
        this.waiting.delete(runner);
        this.soon();
      },
      () => this.waiting.delete(runner), // rolled back
    );
  }

  soon(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.connection.rawConnection.query(`NOTIFY ${WAKE_CHANNEL}`).catch((error: unknown) => {
        Logger.debug(`The relays were not woken: ${String(error)}`, loggerCtx);
      });
    });
  }
}
