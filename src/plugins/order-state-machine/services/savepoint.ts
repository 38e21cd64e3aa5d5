import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ErrorResult, type RequestContext } from '@vendure/core';

/**
 * Undoes what came before a refusal. Core's services answer with an error result where something may not be, also in
 * the middle of their work; and an answer commits.
 */
@Injectable()
export class Savepoint {
  constructor(private readonly connection: TransactionalConnection) {}

  /** @returns what the work gives; when that is an error result, nothing else is left of the work */
  async run<T>(ctx: RequestContext, work: (tx: RequestContext) => Promise<T>): Promise<T> {
    try {
      return await this.connection.withTransaction(ctx, async tx => {
        const result = await work(tx);
        if (isErrorResult(result)) throw new RefusedError(result);
        return result;
      });
    } catch (error) {
      if (error instanceof RefusedError) return error.result as T;
      throw error;
    }
  }
}

class RefusedError extends Error {
  constructor(readonly result: unknown) {
    super('Refused, and undone.');
  }
}

function isErrorResult(result: unknown): result is ErrorResult {
  return typeof result === 'object' && result !== null && 'errorCode' in result;
}
