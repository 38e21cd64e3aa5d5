import { Injectable } from '@nestjs/common';
import type { RefundOrderInput } from '@vendure/common/lib/generated-types';
import {
  EntityNotFoundError,
  isGraphQlErrorResult,
  OrderService,
  Payment,
  RefundAmountError,
  TransactionalConnection,
  type ErrorResult,
  type ID,
  type PaymentState,
  Refund,
  type RequestContext,
} from '@vendure/core';
import { RetryNotes, StockLockService } from '../../../inventory';
import {
  CaptureAmountError,
  PartialCaptureNotSupportedError,
  PaymentInProgressError,
  PaymentOutcomeUnknownError,
  PaymentReturnedError,
} from '../../api/error-results';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { leftOf, refundedOf, splitRefund, type RefundPart } from '../../rules/coverage';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { GatewayCallsService } from './gateway-calls.service';
import { planCall, providerOf, type HandlerCall } from './gateway-pass';
import { OutcomeService } from './outcome.service';
import { PatientTransaction } from './patient-transaction';
import { ProviderRegistry } from '../providers/provider-registry';

interface PlannedOperation {
  readonly attempt: PaymentAttempt;
  readonly call: HandlerCall;
}

/** How much of a payment is asked for, or why nothing can be. */
type AmountOf = (ctx: RequestContext, call: HandlerCall, payment: Payment) => Promise<number | ErrorResult>;

/** What staff do with payments: capture, void, refund. In the same three phases as a payment (PaymentGateService). */
@Injectable()
export class PaymentOperationsService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly orders: OrderService,
    private readonly locks: StockLockService,
    private readonly notes: RetryNotes,
    private readonly ledger: AttemptLedgerService,
    private readonly calls: GatewayCallsService,
    private readonly outcomes: OutcomeService,
    private readonly transactions: PatientTransaction,
    private readonly registry: ProviderRegistry,
  ) {}

  /**
   * Takes money that is reserved. One that is taken already is given back as it is: it is not taken twice.
   *
   * @param amount in minor units, for a part of it; the provider lets go of the rest
   */
  async capture(ctx: RequestContext, paymentId: ID, amount?: number): Promise<Payment | ErrorResult> {
    return this.change(
      ctx,
      paymentId,
      'Settled',
      tx => this.orders.settlePayment(tx, paymentId),
      (tx, call, payment) => this.toCapture(tx, call, payment, amount),
    );
  }

  /** Gives back what is reserved. */
  async void(ctx: RequestContext, paymentId: ID): Promise<Payment | ErrorResult> {
    return this.change(ctx, paymentId, 'Cancelled', tx => this.orders.cancelPayment(tx, paymentId));
  }

  /** Moves a payment to any state; those that move money go the ways above. */
  async transition(ctx: RequestContext, paymentId: ID, state: PaymentState): Promise<Payment | ErrorResult> {
    if (state === 'Settled') return this.capture(ctx, paymentId);
    if (state === 'Cancelled') return this.void(ctx, paymentId);
    return this.transactions.run(ctx, async tx => {
      await this.lockOrderOf(tx, paymentId);
      return this.orders.transitionPaymentToState(tx, paymentId, state) as Promise<Payment | ErrorResult>;
    });
  }

  /**
   * Gives money back. What is asked for is checked against what was captured and not given back yet, refunds under way
   * included; what one payment does not have left comes from the order's others, each a refund of its own.
   *
   * @returns the refund of the payment that was named
   */
  async refund(ctx: RequestContext, input: RefundOrderInput): Promise<Refund | ErrorResult> {
    const plan = await this.transactions.run(ctx, tx => this.planRefund(tx, input));
    if (isGraphQlErrorResult(plan)) return plan;
    let first: Refund | ErrorResult | undefined;
    for (const [index, part] of plan.entries()) {
      const lines = index === 0 ? input.lines : [];
      const made = await this.refundPart(ctx, { ...input, ...part, lines });
      first ??= made;
      if (isGraphQlErrorResult(made)) break;
    }
    return first ?? new RefundAmountError({ maximumRefundable: 0 });
  }

  private async change(
    ctx: RequestContext,
    paymentId: ID,
    goal: PaymentState,
    work: (tx: RequestContext) => Promise<unknown>,
    amountOf: AmountOf = (_tx, { amount }) => Promise.resolve(amount),
  ): Promise<Payment | ErrorResult> {
    const planned = await this.transactions.run(ctx, async tx => {
      await this.lockOrderOf(tx, paymentId);
      // Core's own checks first, the channel's among them.
      const reached = await planCall(() => work(tx));
      if ('refused' in reached) return reached.refused as Payment | ErrorResult;
      const { call } = reached;
      const { payment } = call;
      if (payment === null) throw new EntityNotFoundError('Payment', paymentId);
      const amount = await amountOf(tx, call, payment);
      if (typeof amount !== 'number') return amount;
      if (payment.state === goal) return payment;
      if ((await this.ledger.blockingPayment(tx, paymentId)) !== null) return new PaymentInProgressError();
      return this.writeDown(tx, { ...call, amount }, {});
    });
    return 'call' in planned ? this.carryOut<Payment>(ctx, planned) : planned;
  }

  /** What is captured of a payment: what was asked for, or all that is left. */
  private async toCapture(
    ctx: RequestContext,
    call: HandlerCall,
    payment: Payment,
    asked: number | undefined,
  ): Promise<number | ErrorResult> {
    const refunds = await this.connection.getRepository(ctx, Refund).findBy({ paymentId: payment.id });
    if (payment.state === 'Settled') {
      // Asked again for what was captured: the same payment. For anything else there is nothing left.
      const same = asked === undefined || asked === payment.amount - refundedOf(refunds);
      return same ? payment.amount : new CaptureAmountError(0);
    }
    const most = leftOf({ amount: payment.amount, refunds });
    const amount = asked ?? most;
    if (!Number.isSafeInteger(amount) || amount < 1 || amount > most) return new CaptureAmountError(most);
    if (
      amount === payment.amount ||
      this.registry.find(providerOf(call))?.capabilities.partialCapture === true
    )
      return amount;
    // Handlers of other plugins take all or nothing.
    return asked === undefined ? payment.amount : new PartialCaptureNotSupportedError();
  }

  private async planRefund(
    ctx: RequestContext,
    input: RefundOrderInput,
  ): Promise<RefundPart[] | ErrorResult> {
    const orderId = await this.lockOrderOf(ctx, input.paymentId);
    // Core's own checks come first, and its sum where the amount is left to it.
    const reached = await planCall(() => this.orders.refundOrder(ctx, input));
    if ('refused' in reached) return reached.refused as ErrorResult;
    const total = input.amount ?? reached.call.amount;
    const payments = await this.refundable(ctx, orderId);
    const parts = splitRefund(payments, String(input.paymentId), total);
    const chosen = payments.find(({ id }) => id === String(input.paymentId));
    const left = Math.max(0, (chosen?.amount ?? 0) - (chosen?.refunded ?? 0));
    if (parts.length === 0 || (input.amount != null && input.amount > left)) {
      return new RefundAmountError({ maximumRefundable: left });
    }
    return parts;
  }

  private async refundPart(ctx: RequestContext, input: RefundOrderInput): Promise<Refund | ErrorResult> {
    const planned = await this.transactions.run(ctx, async tx => {
      const orderId = await this.lockOrderOf(tx, input.paymentId);
      const reached = await planCall(() => this.orders.refundOrder(tx, input));
      if ('refused' in reached) return reached.refused as ErrorResult;
      // Counted again under the lock: another refund may have come between.
      const [payment] = (await this.refundable(tx, orderId)).filter(
        ({ id }) => id === String(input.paymentId),
      );
      const left = Math.max(0, (payment?.amount ?? 0) - (payment?.refunded ?? 0));
      if (reached.call.amount > left) return new RefundAmountError({ maximumRefundable: left });
      return this.writeDown(tx, reached.call, { ...input, amount: reached.call.amount });
    });
    return 'call' in planned ? this.carryOut<Refund>(ctx, planned) : planned;
  }

  private async carryOut<T>(
    ctx: RequestContext,
    { attempt: opened, call }: PlannedOperation,
  ): Promise<T | ErrorResult> {
    this.notes.callsOutside(ctx);
    const { attempt, thrown } = await this.calls.make(ctx, opened, call);
    if (thrown !== undefined) throw thrown as Error;
    if (attempt.answer === null) return new PaymentOutcomeUnknownError();
    const applied = await this.outcomes.apply<T | ErrorResult>(ctx, attempt);
    if ('result' in applied) return applied.result;
    return 'stranded' in applied ? new PaymentReturnedError() : new PaymentInProgressError();
  }

  private async writeDown(
    ctx: RequestContext,
    call: HandlerCall,
    request: Partial<RefundOrderInput>,
  ): Promise<PlannedOperation> {
    const attempt = await this.ledger.open(ctx, {
      kind: call.kind,
      orderId: call.order.id,
      channelId: ctx.channelId,
      paymentId: call.payment?.id ?? null,
      method: call.method.code,
      provider: providerOf(call),
      amount: call.amount,
      currency: call.order.currencyCode,
      request,
    });
    return { attempt, call };
  }

  /** What each captured payment of an order has left. */
  private async refundable(ctx: RequestContext, orderId: ID) {
    const payments = await this.connection.getRepository(ctx, Payment).find({
      where: { order: { id: orderId }, state: 'Settled' },
      relations: { refunds: true },
      order: { id: 'ASC' },
    });
    return Promise.all(
      payments.map(async ({ id, amount, refunds }) => {
        const underWay = await this.ledger.refundsUnderWay(ctx, id);
        return { id: String(id), amount, refunded: refundedOf(refunds) + underWay };
      }),
    );
  }

  private async lockOrderOf(ctx: RequestContext, paymentId: ID): Promise<ID> {
    const payment = await this.connection
      .getRepository(ctx, Payment)
      .findOne({ where: { id: paymentId }, relations: { order: true } });
    if (payment === null) throw new EntityNotFoundError('Payment', paymentId);
    await this.locks.lock(ctx, { orderIds: [payment.order.id] });
    return payment.order.id;
  }
}
