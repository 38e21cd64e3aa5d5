import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import {
  DEFAULT_RETRY_POLICY,
  isTransient,
  PlacesService,
  retryDelay,
  RetryNotes,
  StockLockService,
} from '../../../inventory';

/** What a provider has answered must be written, however many are before it. */
const ATTEMPTS = 12;

/**
 * Transactions of the payment flow, which has several: the retry of whole requests is not for it, because a provider is
 * called in between.
 */
@Injectable()
export class PatientTransaction {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locks: StockLockService,
    private readonly notes: RetryNotes,
    private readonly places: PlacesService,
  ) {}

  /** Runs the work in a transaction of its own, again where PostgreSQL undid it because of others. */
  async run<T>(ctx: RequestContext, work: (tx: RequestContext) => Promise<T>): Promise<T> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.places.run(undefined, () => this.once(ctx, work));
      } catch (error) {
        const cause = this.takeSwallowed(ctx) ?? error;
        if (!isTransient(cause) || attempt === ATTEMPTS) throw cause as Error;
        await new Promise(resolve =>
          setTimeout(resolve, retryDelay(DEFAULT_RETRY_POLICY, attempt, Math.random())),
        );
      }
    }
  }

  private once<T>(ctx: RequestContext, work: (tx: RequestContext) => Promise<T>): Promise<T> {
    return this.connection.withTransaction(ctx, async tx => {
      await this.locks.waitPatiently(tx);
      const result = await work(tx);
      // Core has made an answer of a failure that has undone the transaction.
      const swallowed = this.takeSwallowed(ctx);
      if (swallowed !== undefined) throw swallowed as Error;
      return result;
    });
  }

  private takeSwallowed(ctx: RequestContext): unknown {
    return ctx.req === undefined ? undefined : this.notes.takeFailure(ctx.req);
  }
}
