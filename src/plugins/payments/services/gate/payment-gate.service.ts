import { Injectable } from '@nestjs/common';
import {
  ActiveOrderService,
  CustomerService,
  isGraphQlErrorResult,
  NoActiveOrderError,
  OrderService,
  SessionService,
  type ErrorResult,
  type Order,
  type RequestContext,
} from '@vendure/core';
import { RetryNotes, StockHoldService, StockLockService, unavailable } from '../../../inventory';
import {
  FraudDetectedError,
  PaymentActionRequiredError,
  PaymentInProgressError,
  PaymentInputError,
  PaymentOutcomeUnknownError,
  PaymentReturnedError,
} from '../../api/error-results';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { movedMoney } from '../../rules/attempt-status';
import { ROUTED_HANDLER_CODE } from '../../strategies/routed-payment.handler';
import type { NextAction } from '../../types';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { AuthorizationRequests } from './authorization-requests';
import { AuthorizationService, FLAGGED } from './authorization.service';
import { Clock } from '../clock';
import { GatewayCallsService, type AuthorizationPlan } from './gateway-calls.service';
import { planCall, providerOf, type HandlerCall } from './gateway-pass';
import { PatientTransaction } from './patient-transaction';
import { PaymentSyncService } from '../ledger/payment-sync.service';
import { RiskService } from './risk.service';

/** A payment is asked for again under its key only as long as every provider knows the key: Mollie forgets after an hour. */
const GO_ON_WITHIN_MS = 20 * 60_000;

type ActiveOrderInput = Record<string, unknown> | undefined;

export interface PaymentInput {
  readonly method: string;
  readonly metadata?: unknown;
}

/** A payment that the shopper goes on with. */
export interface InitiatedPayment {
  readonly __typename: 'InitiatedPayment';
  readonly id: string;
  readonly provider: string;
  readonly status: string;
  readonly clientSecret: string | null;
  readonly redirectUrl: string | null;
  readonly order: Order;
}

/** A payment that is written down and may be called for. */
interface PlannedPayment {
  readonly attempt: PaymentAttempt;
  readonly call: HandlerCall;
  readonly plan: AuthorizationPlan | undefined;
}

/** Another payment waits for its shopper: it has to be taken back first. */
interface InTheWay {
  readonly pending: PaymentAttempt;
}

/** What came of a payment that was started. */
interface StartedPayment {
  readonly attempt: PaymentAttempt;
  readonly next: NextAction | null;
}

/** The provider has taken a payment before, and whoever asked for it died before the order could say so. */
interface TakenBefore {
  readonly taken: PaymentAttempt;
}

/**
 * How an order is paid, in three phases:
 *
 * 1. in a transaction, the order, its coupons and its units are locked and checked by core's own rules, and the attempt
 *    is written down;
 * 2. the risk check and the provider are asked, with no transaction open and no lock or connection held;
 * 3. in a transaction, core takes the outcome from the ledger.
 *
 * Whatever dies in between, the ledger knows it, and `PaymentSyncService` finds out the rest.
 */
@Injectable()
export class PaymentGateService {
  constructor(
    private readonly activeOrders: ActiveOrderService,
    private readonly orders: OrderService,
    private readonly customers: CustomerService,
    private readonly sessions: SessionService,
    private readonly holds: StockHoldService,
    private readonly locks: StockLockService,
    private readonly notes: RetryNotes,
    private readonly ledger: AttemptLedgerService,
    private readonly calls: GatewayCallsService,
    private readonly authorizations: AuthorizationService,
    private readonly sync: PaymentSyncService,
    private readonly transactions: PatientTransaction,
    private readonly requests: AuthorizationRequests,
    private readonly risk: RiskService,
    private readonly clock: Clock,
  ) {}

  /** Pays the shopper's active order. */
  async pay(
    ctx: RequestContext,
    activeOrderInput: ActiveOrderInput,
    input: PaymentInput,
  ): Promise<Order | ErrorResult> {
    const started = await this.start(ctx, activeOrderInput, input);
    if (isGraphQlErrorResult(started)) return started;
    const { attempt, next } = started;
    if (attempt.status === 'pending' && attempt.answer === null) {
      return new PaymentActionRequiredError(next ?? { clientSecret: null, redirectUrl: null });
    }
    return this.finish(ctx, attempt);
  }

  /**
   * Starts a payment that the shopper confirms with the provider. Asked again with the same input, it gives the same
   * payment; with another one, the payment before is taken back first.
   */
  async initiate(
    ctx: RequestContext,
    activeOrderInput: ActiveOrderInput,
    input: PaymentInput,
  ): Promise<InitiatedPayment | ErrorResult> {
    const started = await this.start(ctx, activeOrderInput, input);
    if (isGraphQlErrorResult(started)) return started;
    const { attempt, next } = started;
    if (attempt.status === 'pending' && next === null) return new PaymentOutcomeUnknownError();
    if (attempt.status !== 'pending' || attempt.answer !== null) {
      const finished = await this.finish(ctx, attempt);
      if (isGraphQlErrorResult(finished)) return finished;
    }
    const order = await this.orders.findOne(ctx, attempt.orderId);
    if (order === undefined) return new NoActiveOrderError();
    const { reference, provider, status } = attempt;
    return {
      __typename: 'InitiatedPayment',
      id: reference,
      provider,
      status,
      clientSecret: next?.clientSecret ?? null,
      redirectUrl: next?.redirectUrl ?? null,
      order,
    };
  }

  private async start(
    ctx: RequestContext,
    activeOrderInput: ActiveOrderInput,
    input: PaymentInput,
  ): Promise<StartedPayment | ErrorResult> {
    let planned = await this.transactions.run(ctx, tx => this.plan(tx, activeOrderInput, input));
    if ('pending' in planned) {
      this.notes.callsOutside(ctx);
      if (!(await this.sync.abandon(ctx, planned.pending))) return new PaymentInProgressError();
      planned = await this.transactions.run(ctx, tx => this.plan(tx, activeOrderInput, input));
    }
    if ('pending' in planned) return new PaymentInProgressError();
    if ('taken' in planned) {
      this.notes.callsOutside(ctx);
      return { attempt: planned.taken, next: null };
    }
    if (isGraphQlErrorResult(planned)) return planned;
    // From here on somebody outside may know of it: the request is not run again as a whole.
    this.notes.callsOutside(ctx);
    const risk = await this.risk.before(ctx, planned.call.order, planned.attempt);
    if (risk === 'block') {
      await this.ledger.report(ctx, planned.attempt, 'answered', {
        status: 'failed',
        failure: { kind: 'declined', code: 'fraud_detected', message: FLAGGED },
      });
      return new FraudDetectedError();
    }
    const plan =
      planned.plan === undefined
        ? undefined
        : {
            ...planned.plan,
            request: { ...planned.plan.request, requireThreeDSecure: risk === 'challenge' },
          };
    const { attempt, next, thrown } = await this.calls.make(ctx, planned.attempt, planned.call, plan);
    if (thrown !== undefined) throw thrown as Error;
    return { attempt, next };
  }

  private async plan(
    ctx: RequestContext,
    activeOrderInput: ActiveOrderInput,
    input: PaymentInput,
  ): Promise<PlannedPayment | InTheWay | TakenBefore | ErrorResult> {
    const active = await this.activeOrders.getActiveOrder(ctx, activeOrderInput);
    if (active === undefined) return new NoActiveOrderError();
    await this.locks.lock(ctx, { orderIds: [active.id], couponsOfOrders: true });
    const blocking = await this.ledger.blockingOrder(ctx, active.id);
    if (blocking !== null && isTaken(blocking)) return { taken: blocking };
    if (blocking !== null && blocking.status !== 'pending') return new PaymentInProgressError();
    const shortage = await this.holds.secureForPayment(ctx, active.id);
    if (shortage !== undefined) return unavailable(ctx, this.holds, shortage) as ErrorResult;
    const metadata = (input.metadata ?? {}) as Record<string, unknown>;
    const reached = await planCall(() =>
      this.orders.addPaymentToOrder(ctx, active.id, { method: input.method, metadata }),
    );
    if ('refused' in reached) return reached.refused as ErrorResult;
    return this.writeDown(ctx, reached.call, blocking);
  }

  /** @param pending a payment of the order that waits for its shopper */
  private async writeDown(
    ctx: RequestContext,
    call: HandlerCall,
    pending: PaymentAttempt | null,
  ): Promise<PlannedPayment | InTheWay | ErrorResult> {
    const { order, method, amount } = call;
    const about = {
      kind: 'authorize' as const,
      orderId: order.id,
      channelId: ctx.channelId,
      method: method.code,
      amount,
      currency: order.currencyCode,
    };
    if (call.handler.code !== ROUTED_HANDLER_CODE) {
      if (pending !== null) return { pending };
      const attempt = await this.ledger.open(ctx, { ...about, provider: providerOf(call) });
      return { call, plan: undefined, attempt };
    }
    const prepared = await this.requests.prepare(ctx, call);
    if ('problem' in prepared) return new PaymentInputError(prepared.problem);
    const { provider, plan, toCapture, fingerprint } = prepared;
    if (pending !== null) {
      const same =
        this.clock.date(-GO_ON_WITHIN_MS) < pending.createdAt &&
        pending.amount === amount &&
        pending.method === method.code &&
        pending.provider === provider &&
        pending.request?.fingerprint === fingerprint;
      return same ? { call, plan, attempt: pending } : { pending };
    }
    const attempt = await this.ledger.open(ctx, { ...about, provider, toCapture, request: { fingerprint } });
    return { call, plan, attempt };
  }

  /** What the shopper is told of an attempt that was called for. */
  private async finish(ctx: RequestContext, attempt: PaymentAttempt): Promise<Order | ErrorResult> {
    if (attempt.answer === null) return new PaymentOutcomeUnknownError();
    const applied = await this.authorizations.complete<Order | ErrorResult>(ctx, attempt, (tx, result) =>
      isGraphQlErrorResult(result) ? Promise.resolve() : this.closeCart(tx, result),
    );
    if ('blocked' in applied) return new FraudDetectedError();
    if ('stranded' in applied) return new PaymentReturnedError();
    // What was captured since has moved the order on; so has whoever came first.
    if ('result' in applied && (isGraphQlErrorResult(applied.result) || !attempt.toCapture))
      return applied.result;
    return (await this.orders.findOne(ctx, attempt.orderId)) ?? new NoActiveOrderError();
  }

  /** As core does, once an order is placed. */
  private async closeCart(ctx: RequestContext, order: Order): Promise<void> {
    if (order.active) return;
    await this.customers.createAddressesForNewCustomer(ctx, order);
    if (ctx.session !== undefined && String(ctx.session.activeOrderId) === String(order.id)) {
      await this.sessions.unsetActiveOrder(ctx, ctx.session);
    }
  }
}

/** Another plugin's own call is brought into its order by that plugin. */
function isTaken({ answer, status, request }: PaymentAttempt): boolean {
  return answer !== null && movedMoney(status) && request?.direct !== true;
}
