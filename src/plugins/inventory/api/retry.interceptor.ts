import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import {
  internal_getRequestContext,
  internal_setRequestContext,
  Logger,
  TRANSACTION_MODE_METADATA_KEY,
  TransactionalConnection,
  type RequestContext,
} from '@vendure/core';
import type { GraphQLResolveInfo } from 'graphql';
import { from, lastValueFrom, type Observable } from 'rxjs';
import { loggerCtx } from '../constants';
import { ADMIN_LOCKS, SHOP_LOCKS, type LockTargets } from '../rules/lock-plan';
import { DEFAULT_RETRY_POLICY, attemptsAllowed, retryDelay } from '../rules/retry-policy';
import { PlacesService } from '../services/places.service';
import { RetryNotes } from '../services/retry-notes';
import { StockLockService } from '../services/stock-lock.service';

type VendureRequest = Parameters<typeof internal_getRequestContext>[0];

/**
 * Around every mutation of both APIs:
 *
 * - a cart's changes wait for each other in memory (PlacesService), and what calls outside cannot take all places;
 * - what staff change is locked before it is read (lock plan), in a transaction that the resolver's own then joins;
 * - a request that PostgreSQL undid because of another one is run again, whole: nothing of it was kept.
 *
 * A request is never run again once something outside was called, or when the error says anything else.
 */
@Injectable()
export class RetryInterceptor implements NestInterceptor {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locks: StockLockService,
    private readonly notes: RetryNotes,
    private readonly reflector: Reflector,
    private readonly places: PlacesService,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType<string>() !== 'graphql') return next.handle();
    const graphql = GqlExecutionContext.create(context);
    const info = graphql.getInfo<GraphQLResolveInfo>();
    if (info.parentType.name !== 'Mutation') return next.handle();
    const { req } = graphql.getContext<{ req: VendureRequest }>();
    const ctx = internal_getRequestContext(req, context);
    const plan = this.plan(context, ctx, info.fieldName);
    const work = () => this.attempts(req, info.fieldName, () => this.runOnce(context, next, req, ctx, plan));
    if (plan?.ownPlaces === true) return from(work());
    return from(this.places.run(cartKey(ctx), work, plan?.callsOutside === true));
  }

  private async attempts(req: object, name: string, run: () => Promise<unknown>): Promise<unknown> {
    this.notes.forget(req);
    for (let attempt = 1; ; attempt += 1) {
      try {
        const result = await run();
        const swallowed = this.notes.takeFailure(req);
        if (swallowed !== undefined) throw swallowed as Error;
        return result;
      } catch (error) {
        // After a failure that core swallowed, PostgreSQL only says that the transaction is broken.
        const cause = this.notes.takeFailure(req) ?? error;
        const allowed = attemptsAllowed(DEFAULT_RETRY_POLICY, cause);
        if (allowed === 1) throw error;
        if (this.notes.calledOutside(req) || attempt >= allowed) {
          Logger.warn(`${name} gave up after ${attempt} attempts: ${(cause as Error).message}`, loggerCtx);
          // The API answers it with TRY_AGAIN, in its own words.
          throw cause as Error;
        }
        await new Promise(resolve =>
          setTimeout(resolve, retryDelay(DEFAULT_RETRY_POLICY, attempt, Math.random())),
        );
      }
    }
  }

  private runOnce(
    context: ExecutionContext,
    next: CallHandler,
    req: VendureRequest,
    ctx: RequestContext,
    plan: LockTargets | undefined,
  ): Promise<unknown> {
    // A resolver without a transaction of its own takes its locks itself.
    const transactional =
      this.reflector.get(TRANSACTION_MODE_METADATA_KEY, context.getHandler()) !== undefined;
    const targets = transactional ? plan : undefined;
    if (targets === undefined) return lastValueFrom(next.handle());
    return this.connection.withTransaction(ctx, async tx => {
      internal_setRequestContext(req, tx, context);
      await this.locks.lock(tx, targets);
      if (targets.callsOutside === true) this.notes.callsOutside(tx);
      // The transaction interceptor emits a promise: it must be done before this transaction is.
      const result: unknown = await lastValueFrom(next.handle());
      return result;
    });
  }

  private plan(context: ExecutionContext, ctx: RequestContext, name: string): LockTargets | undefined {
    const plan = (ctx.apiType === 'shop' ? SHOP_LOCKS : ADMIN_LOCKS)[name];
    return plan?.(GqlExecutionContext.create(context).getArgs());
  }
}

/** Whose cart a mutation of the Shop API changes. Staff work on many orders at once. */
function cartKey(ctx: RequestContext): string | undefined {
  if (ctx.apiType !== 'shop' || ctx.session === undefined) return undefined;
  return ctx.activeUserId === undefined ? `session:${ctx.session.id}` : `user:${ctx.activeUserId}`;
}
