import { Injectable } from '@nestjs/common';
import { ForbiddenError, Logger, type ID, type RequestContext } from '@vendure/core';
import type { ErrorResult } from '@vendure/core/dist/common/error/generated-graphql-shop-errors';
import {
  SavedMethodLimitError,
  SavedMethodNotFoundError,
  SavedMethodRefusedError,
  SavedMethodUnknownError,
  SavedMethodsUnavailableError,
} from '../../api/saved-method-errors';
import { SAVED_METHOD_RATE, loggerCtx } from '../../constants';
import type { SavedPaymentMethod } from '../../entities/saved-payment-method.entity';
import { RateLimiter } from '../../rules/rate-limit';
import { MOST_SAVED_METHODS, isToken } from '../../rules/saved-method';
import type { PaymentProvider } from '../../types';
import { Clock } from '../clock';
import { ProviderRegistry } from '../providers/provider-registry';
import { SavedMethodCalls } from './saved-method-calls';
import { SavedMethodStore } from './saved-method-store';

/** How many are cleared away in one run of the task: each may wait for its provider. */
const MOST_AT_ONCE = 50;

/**
 * What customers pay with again. The provider is called outside any transaction: before it, it is written down what is
 * going to happen, and after it, what has. What is left of a crash in between is cleared away by a task.
 */
@Injectable()
export class SavedMethodService {
  /** Saving a method tells whether a card is good: nobody may try a list of them. */
  private readonly limiter = new RateLimiter(SAVED_METHOD_RATE);

  constructor(
    private readonly providers: ProviderRegistry,
    private readonly store: SavedMethodStore,
    private readonly calls: SavedMethodCalls,
    private readonly clock: Clock,
  ) {}

  list(ctx: RequestContext): Promise<SavedPaymentMethod[]> {
    return this.store.list(ctx);
  }

  /**
   * What a customer's order is to be paid with, with the provider's ids.
   *
   * @returns nothing when the customer has no such method
   */
  find(ctx: RequestContext, customerId: ID, id: ID): Promise<SavedPaymentMethod | undefined> {
    return this.store.find(ctx, customerId, id);
  }

  async add(
    ctx: RequestContext,
    code: string | undefined,
    token: string,
  ): Promise<SavedPaymentMethod | ErrorResult> {
    if (ctx.activeUserId === undefined) throw new ForbiddenError();
    const provider = code === undefined ? this.providers.default() : this.providers.find(code);
    if (provider?.capabilities.savedMethods !== true || provider.createSavedMethod === undefined) {
      return new SavedMethodsUnavailableError();
    }
    if (!isToken(token)) return new SavedMethodRefusedError('invalid_token');
    if (!this.limiter.allows(String(ctx.activeUserId), this.clock.date().getTime())) {
      return new SavedMethodRefusedError('too_many_attempts');
    }
    const addition = await this.store.begin(ctx, provider.code, token);
    if (addition === undefined) return new SavedMethodLimitError(MOST_SAVED_METHODS);
    const { method, customer } = addition;
    const { status, failure, savedMethodId, ...kept } = await this.calls.create(provider, method, customer);
    if (status === 'failed') {
      await this.store.forget(ctx, method.id);
      return new SavedMethodRefusedError(failure?.code ?? 'declined');
    }
    if (status === 'unknown' || savedMethodId === null) return new SavedMethodUnknownError();
    const added = await this.store.complete(ctx, method, { ...kept, savedMethodId });
    return added ?? new SavedMethodRefusedError('not_available');
  }

  async remove(ctx: RequestContext, id: ID): Promise<{ success: boolean } | ErrorResult> {
    const method = await this.store.remove(ctx, id);
    if (method === undefined) return new SavedMethodNotFoundError();
    const provider = this.providers.find(method.provider);
    // Gone for the customer, whatever the provider says; the task asks it again.
    if (provider !== undefined && (await this.calls.delete(provider, method)))
      await this.store.forget(ctx, id);
    return { success: true };
  }

  async setDefault(ctx: RequestContext, id: ID): Promise<SavedPaymentMethod | ErrorResult> {
    return (await this.store.setDefault(ctx, id)) ?? new SavedMethodNotFoundError();
  }

  /** Clears away what is due, at the providers too. @returns how many are gone */
  async clear(ctx: RequestContext): Promise<number> {
    const silent = new Set<string>();
    let cleared = 0;
    for (const method of await this.store.due(ctx, MOST_AT_ONCE)) {
      // One that does not answer is not waited for again and again.
      if (silent.has(method.provider)) continue;
      const provider = this.providers.find(method.provider);
      if (provider === undefined) {
        Logger.warn(`A saved method is left at ${method.provider}, which this shop does not have`, loggerCtx);
        continue;
      }
      if (await this.clearOne(ctx, provider, method)) cleared += 1;
      else silent.add(method.provider);
    }
    return cleared;
  }

  /** @returns false when the provider did not answer */
  private async clearOne(
    ctx: RequestContext,
    provider: PaymentProvider,
    method: SavedPaymentMethod,
  ): Promise<boolean> {
    const known = method.state === 'adding' ? await this.end(ctx, provider, method) : method;
    if (known === 'unknown') return false;
    if (known !== 'gone' && !(await this.calls.delete(provider, known))) return false;
    await this.store.forget(ctx, method.id);
    return true;
  }

  /** What became of an addition that ended without us: said again, the provider tells what it did the first time. */
  private async end(
    ctx: RequestContext,
    provider: PaymentProvider,
    method: SavedPaymentMethod,
  ): Promise<SavedPaymentMethod | 'gone' | 'unknown'> {
    if (method.customer === null) return 'gone';
    const result = await this.calls.create(provider, method, method.customer);
    // That the provider is out of reach now says nothing of the call before.
    if (result.status === 'failed') return result.failure?.kind === 'unavailable' ? 'unknown' : 'gone';
    if (result.status === 'unknown') return 'unknown';
    const isOurs = await this.store.discard(ctx, method, result);
    return isOurs ? Object.assign(method, { savedMethodId: result.savedMethodId }) : 'gone';
  }
}
