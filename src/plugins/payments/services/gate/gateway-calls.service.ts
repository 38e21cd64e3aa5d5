import { Injectable } from '@nestjs/common';
import { I18nError, Logger, OrderService, type RequestContext } from '@vendure/core';
import { StockLockService } from '../../../inventory';
import { loggerCtx } from '../../constants';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { isStillDue, mayAskAnother, saysNothing } from '../../rules/attempt-flow';
import { coveredBy } from '../../rules/coverage';
import { answerOf, readHandlerAnswer } from '../../rules/handler-answer';
import { asksNobody } from '../../rules/plugin-handlers';
import { ROUTED_HANDLER_CODE } from '../../strategies/routed-payment.handler';
import type { AuthorizeRequest, NextAction, PaymentAccount, ProviderResult } from '../../types';
import { alike, AttemptLedgerService, type AttemptReport } from '../ledger/attempt-ledger.service';
import type { HandlerCall } from './gateway-pass';
import { PatientTransaction } from './patient-transaction';
import { PluginAccounts } from '../plugin-handlers/plugin-accounts';
import { ProviderCallsService } from '../providers/provider-calls.service';
import { ProviderRegistry } from '../providers/provider-registry';

/** An attempt after its call. */
export interface CalledAttempt {
  readonly attempt: PaymentAttempt;
  /** What the shopper has to do, for an authorization that waits for them. */
  readonly next: NextAction | null;
  /** What a handler has thrown: its caller is told, as without the gate. */
  readonly thrown?: unknown;
}

/** What an authorization needs, besides its attempt. */
export interface AuthorizationPlan {
  readonly request: Omit<AuthorizeRequest, 'reference'>;
  /** The providers that may be tried after the attempt's own, in this order. */
  readonly failover: readonly string[];
}

/** A call with a transaction's locks held would keep everybody waiting for the provider: none is open here. */
@Injectable()
export class GatewayCallsService {
  constructor(
    private readonly ledger: AttemptLedgerService,
    private readonly calls: ProviderCallsService,
    private readonly registry: ProviderRegistry,
    private readonly orders: OrderService,
    private readonly locks: StockLockService,
    private readonly transactions: PatientTransaction,
    private readonly accounts: PluginAccounts,
  ) {}

  /** Makes the call of an attempt that is written down, and writes down what came of it. */
  async make(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    call: HandlerCall,
    plan?: AuthorizationPlan,
  ): Promise<CalledAttempt> {
    if (call.handler.code !== ROUTED_HANDLER_CODE && !(await this.byAccount(ctx, attempt, call))) {
      return this.callHandler(ctx, attempt, call);
    }
    if (plan !== undefined) return this.authorize(ctx, attempt, plan);
    return { attempt: await this.operate(ctx, attempt, call.payment?.transactionId ?? ''), next: null };
  }

  /**
   * Asks a provider for anything but an authorization. Safe to repeat: the attempt's key makes it one operation.
   *
   * @param again whether the provider may have been asked before: that it is out of reach now says nothing of then
   */
  async operate(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    transactionId: string,
    again = false,
  ): Promise<PaymentAttempt> {
    const provider = await this.account(ctx, attempt);
    const { reference, amount, currency } = attempt;
    const result = await this.calls.make(provider, reference, call => {
      if (attempt.kind === 'capture') {
        return provider.capture({ reference, transactionId, amount, currency }, call);
      }
      if (attempt.kind === 'void') return provider.void({ reference, transactionId }, call);
      return provider.refund({ reference, transactionId, amount, currency, reason: null }, call);
    });
    const report = reportOf(attempt, result);
    if (saysNothing(result.failure, again)) return attempt;
    return this.ledger.report(ctx, attempt, 'answered', report);
  }

  /**
   * Asks the attempt's provider for the money. Another one is asked only when it is proven that the first never acted
   * on the request.
   */
  private async authorize(
    ctx: RequestContext,
    first: PaymentAttempt,
    { request, failover }: AuthorizationPlan,
  ): Promise<CalledAttempt> {
    let attempt = first;
    const others = [...failover];
    for (;;) {
      const provider = this.registry.find(attempt.provider) ?? missing(attempt);
      const { reference } = attempt;
      const result = await this.calls.make(provider, reference, call =>
        provider.authorize({ ...request, reference }, call),
      );
      // One that waits for its shopper stays as it is, whether its provider can be reached now or not.
      if (attempt.status === 'pending' && result.failure?.kind === 'unavailable')
        return { attempt, next: null };
      attempt = await this.ledger.report(ctx, attempt, 'answered', reportOf(attempt, result));
      const other = mayAskAnother(attempt, result.failure) ? others.shift() : undefined;
      const opened = other === undefined ? undefined : await this.openAt(ctx, attempt, other);
      if (opened === undefined) return { attempt, next: result.next };
      attempt = opened;
    }
  }

  /** @returns nothing where the order has been paid or changed meanwhile: it was not locked during the call */
  private async openAt(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    provider: string,
  ): Promise<PaymentAttempt | undefined> {
    const { orderId, amount, kind, toCapture, request } = attempt;
    return this.transactions.run(ctx, async tx => {
      await this.locks.lock(tx, { orderIds: [orderId] });
      const order = await this.orders.findOne(tx, orderId, ['payments']);
      if (order === undefined || (await this.ledger.blockingOrder(tx, orderId)) !== null) return undefined;
      const { totalWithTax: total, payments } = order;
      if (!isStillDue(amount, { total, covered: coveredBy(payments) })) return undefined;
      return this.ledger.open(tx, {
        ...alike(attempt),
        kind,
        toCapture,
        provider,
        ...(request === null ? {} : { request }),
      });
    });
  }

  /** A handler of another plugin. Nobody can ask it again: what it does not say, staff have to find out. */
  private async callHandler(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    call: HandlerCall,
  ): Promise<CalledAttempt> {
    try {
      const raw = await call.invoke(ctx);
      const report = { ...readHandlerAnswer(attempt.kind, raw), ...takenBy(attempt, raw) };
      return { attempt: await this.ledger.report(ctx, attempt, 'answered', report), next: null };
    } catch (thrown) {
      // A typed error is the handler's refusal; anything else may have come after the money moved.
      const refused = thrown instanceof I18nError || asksNobody(attempt);
      if (!refused) {
        const name = thrown instanceof Error ? thrown.name : typeof thrown;
        Logger.error(`${attempt.provider} threw (${name}): whether money moved is unknown`, loggerCtx);
      }
      const report: AttemptReport = refused
        ? {
            status: 'failed',
            failure: { kind: 'invalid', code: 'handler_refused', message: 'The payment method refused it.' },
          }
        : { status: 'unknown' };
      return { attempt: await this.ledger.report(ctx, attempt, 'answered', report), next: null, thrown };
    }
  }

  /**
   * Whether the account of a mounted handler is asked in its stead: to give money back, the handlers send no key and take a lost
   * answer for a refusal.
   */
  private async byAccount(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    { payment }: HandlerCall,
  ): Promise<boolean> {
    const givesBack = attempt.kind === 'refund' || attempt.kind === 'void';
    if (!givesBack || !payment?.transactionId) return false;
    return (await this.accounts.of(ctx, attempt)) !== undefined;
  }

  private async account(ctx: RequestContext, attempt: PaymentAttempt): Promise<PaymentAccount> {
    return (await this.accounts.of(ctx, attempt)) ?? missing(attempt);
  }
}

function missing({ provider }: PaymentAttempt): never {
  throw new Error(
    `The payment provider "${provider}" is not configured any more; payments of it are still open.`,
  );
}

/** A payment that was made outside is of what was paid there, whatever its order costs by now. */
function takenBy({ kind, request }: PaymentAttempt, raw: unknown): { amount?: number } {
  const { amount } = (raw ?? {}) as { amount?: unknown };
  const outside = kind === 'authorize' && request?.direct === true;
  return outside && Number.isSafeInteger(amount) ? { amount: amount as number } : {};
}

/** What a provider's result means for the attempt that it answers. */
export function reportOf(attempt: PaymentAttempt, result: ProviderResult): AttemptReport {
  const { provider, reference } = attempt;
  const answer = answerOf(attempt.kind, result, { provider, reference });
  const { status, transactionId, fees, failure, instrument } = result;
  return {
    // A void has done its work when the payment is cancelled.
    status: attempt.kind === 'void' && status === 'cancelled' ? 'succeeded' : status,
    transactionId,
    fees,
    failure,
    instrument,
    ...(answer === undefined ? {} : { answer }),
  };
}
