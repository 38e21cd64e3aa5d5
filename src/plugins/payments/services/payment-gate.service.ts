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
import { RetryNotes, StockHoldService, StockLockService, unavailable } from '../../inventory';
import { PaymentActionRequiredError, PaymentInputError, shopErrors } from '../api/error-results';
import type { PaymentAttempt } from '../entities/payment-attempt.entity';
import { isUndecided } from '../rules/attempt-status';
import { authorizeRequest } from '../rules/authorize-request';
import { readRoutedPaymentInput } from '../rules/routed-payment-input';
import { ROUTED_HANDLER_CODE } from '../strategies/routed-payment.handler';
import type { NextAction } from '../types';
import { AttemptLedgerService } from './attempt-ledger.service';
import { GatewayCallsService, type AuthorizationPlan } from './gateway-calls.service';
import { planCall, providerOf, type HandlerCall } from './gateway-pass';
import { OutcomeService } from './outcome.service';
import { PatientTransaction } from './patient-transaction';
import { PaymentRouter } from './payment-router';

export interface PaymentInput {
  readonly method: string;
  readonly metadata?: unknown;
}

/** A payment that is written down and may be called for. */
interface PlannedPayment {
  readonly attempt: PaymentAttempt;
  readonly call: HandlerCall;
  readonly plan: AuthorizationPlan | undefined;
}

/**
 * How an order is paid, in three phases:
 *
 * 1. in a transaction, the order, its coupons and its units are locked and checked by core's own rules, and the attempt
 *    is written down;
 * 2. the provider is called, with no transaction open and no lock or connection held;
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
    private readonly outcomes: OutcomeService,
    private readonly transactions: PatientTransaction,
    private readonly router: PaymentRouter,
  ) {}

  /** Pays the shopper's active order. */
  async pay(
    ctx: RequestContext,
    activeOrderInput: Record<string, unknown> | undefined,
    input: PaymentInput,
  ): Promise<Order | ErrorResult> {
    const planned = await this.transactions.run(ctx, tx => this.plan(tx, activeOrderInput, input));
    if (isGraphQlErrorResult(planned)) return planned;
    // From here on the provider may know of it: the request is not run again as a whole.
    this.notes.callsOutside(ctx);
    const { attempt, next, thrown } = await this.calls.make(ctx, planned.attempt, planned.call, planned.plan);
    if (thrown !== undefined) throw thrown as Error;
    return this.finish(ctx, attempt, next);
  }

  private async plan(
    ctx: RequestContext,
    activeOrderInput: Record<string, unknown> | undefined,
    input: PaymentInput,
  ): Promise<PlannedPayment | ErrorResult> {
    const active = await this.activeOrders.getActiveOrder(ctx, activeOrderInput);
    if (active === undefined) return new NoActiveOrderError();
    await this.locks.lock(ctx, { orderIds: [active.id], couponsOfOrders: true });
    if ((await this.ledger.blockingOrder(ctx, active.id)) !== null)
      return new shopErrors.PaymentInProgressError();
    const shortage = await this.holds.secureForPayment(ctx, active.id);
    if (shortage !== undefined) return unavailable(ctx, this.holds, shortage) as ErrorResult;
    const metadata = (input.metadata ?? {}) as Record<string, unknown>;
    const reached = await planCall(() =>
      this.orders.addPaymentToOrder(ctx, active.id, { method: input.method, metadata }),
    );
    if ('refused' in reached) return reached.refused as ErrorResult;
    return this.writeDown(ctx, reached.call);
  }

  private async writeDown(ctx: RequestContext, call: HandlerCall): Promise<PlannedPayment | ErrorResult> {
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
      return {
        call,
        plan: undefined,
        attempt: await this.ledger.open(ctx, { ...about, provider: providerOf(call) }),
      };
    }
    const read = readRoutedPaymentInput(call.metadata);
    if ('problem' in read) return new PaymentInputError(read.problem);
    const whole = await this.orders.findOne(ctx, order.id);
    const [provider, ...failover] = await this.router.providers(ctx, whole ?? order, read.input);
    if (provider === undefined) return new PaymentInputError('no payment provider can take it');
    const manual = method.handler.args.some(
      ({ name, value }) => name === 'captureMethod' && value.includes('manual'),
    );
    const { reference: _, ...request } = authorizeRequest(whole ?? order, read.input, {
      reference: '',
      amount,
      captureMethod: manual ? 'manual' : 'automatic',
      returnUrl: read.input.returnUrl ?? '',
      requireThreeDSecure: false,
      savedMethodId: null,
      providerCustomerId: null,
    });
    return {
      call,
      plan: { request, failover },
      attempt: await this.ledger.open(ctx, { ...about, provider }),
    };
  }

  /** What the shopper is told of an attempt that was called for. */
  private async finish(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    next: NextAction | null,
  ): Promise<Order | ErrorResult> {
    if (isUndecided(attempt.status) && attempt.answer === null) {
      return attempt.status === 'pending'
        ? new PaymentActionRequiredError(next ?? { clientSecret: null, redirectUrl: null })
        : new shopErrors.PaymentOutcomeUnknownError();
    }
    const applied = await this.outcomes.apply<Order | ErrorResult>(ctx, attempt, (tx, result) =>
      isGraphQlErrorResult(result) ? Promise.resolve() : this.closeCart(tx, result),
    );
    if ('result' in applied) return applied.result;
    if ('stranded' in applied) return new shopErrors.PaymentReturnedError();
    const order = await this.orders.findOne(ctx, attempt.orderId);
    return order ?? new NoActiveOrderError();
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
