import { Injectable } from '@nestjs/common';
import {
  isGraphQlErrorResult,
  Logger,
  OrderService,
  Payment,
  TransactionalConnection,
  type ID,
  type RequestContext,
} from '@vendure/core';
import type { RefundOrderInput } from '@vendure/common/lib/generated-types';
import { OutboxService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import { loggerCtx } from '../../constants';
import type { HandlerAnswer, PaymentAttempt } from '../../entities/payment-attempt.entity';
import { factsOf } from '../../events/facts';
import {
  PaymentAuthorized,
  PaymentCaptured,
  PaymentVoided,
  RefundSettled,
} from '../../events/payment-events';
import { mayBeTold } from '../../rules/attempt-flow';
import { movedMoney } from '../../rules/attempt-status';
import { coveredBy, refundedOf } from '../../rules/coverage';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { OrderChangedError, replay } from './gateway-pass';
import { PatientTransaction } from './patient-transaction';

export type Applied<T = unknown> =
  | { readonly result: T }
  /** No order can take the money; it is being given back. */
  | { readonly stranded: string }
  /** Somebody else has applied it meanwhile. */
  | { readonly done: true };

/** Core's answers to a payment that it has written down as refused. */
const REFUSED: readonly string[] = ['PAYMENT_DECLINED_ERROR', 'PAYMENT_FAILED_ERROR'];

/** Undoes the transaction: the money cannot become what it was meant for. */
class StrandedError extends Error {}

/**
 * Brings what a provider has answered into core: its own services run, under the order's lock, with a handler that
 * repeats the answer from the ledger. Idempotent.
 */
@Injectable()
export class OutcomeService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly orders: OrderService,
    private readonly locks: StockLockService,
    private readonly ledger: AttemptLedgerService,
    private readonly transactions: PatientTransaction,
    private readonly outbox: OutboxService,
  ) {}

  /**
   * @param attempt with an answer to tell core of
   * @param also what else belongs into the same transaction, once core has done its part
   */
  async apply<T = unknown>(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    also?: (tx: RequestContext, result: T) => Promise<void>,
  ): Promise<Applied<T>> {
    try {
      return await this.transactions.run(ctx, async tx => {
        await this.locks.lock(tx, {
          orderIds: [attempt.orderId],
          couponsOfOrders: attempt.kind === 'authorize',
        });
        const current = await this.ledger.locked(tx, attempt.id);
        const { answer, disposition } = current;
        const takenBack =
          current.kind === 'authorize' && (await this.ledger.undoing(tx, current.id)) !== null;
        if (answer === null || !mayBeTold({ disposition, answered: true }, takenBack)) return { done: true };
        const result = (await this.tellCore(tx, current, answer)) as T;
        await also?.(tx, result);
        return { result };
      });
    } catch (error) {
      const lost = error instanceof StrandedError || error instanceof OrderChangedError;
      if (!lost) throw error;
      // Nothing moved, and the order has gone on: there is nothing to tell it.
      if (!movedMoney(attempt.status)) return { done: true };
      Logger.warn(`Order ${attempt.orderId} cannot take its payment: ${error.message}`, loggerCtx);
      await this.ledger.stranded(ctx, attempt, error.message);
      return { stranded: error.message };
    }
  }

  private tellCore(ctx: RequestContext, attempt: PaymentAttempt, answer: HandlerAnswer): Promise<unknown> {
    switch (attempt.kind) {
      case 'authorize':
        return this.addPayment(ctx, attempt, answer);
      case 'capture':
        return this.changePayment(ctx, attempt, async () => {
          if (attempt.status === 'succeeded') await this.reduceTo(ctx, attempt);
          return this.orders.settlePayment(ctx, required(attempt.paymentId));
        });
      case 'void':
        return this.changePayment(ctx, attempt, () =>
          this.orders.cancelPayment(ctx, required(attempt.paymentId)),
        );
      case 'refund':
        return this.addRefund(ctx, attempt, answer);
    }
  }

  private async addPayment(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    answer: HandlerAnswer,
  ): Promise<unknown> {
    const paid = movedMoney(attempt.status);
    if (paid && answer !== false && answer.amount !== attempt.amount) {
      throw new StrandedError(`The provider took ${String(answer.amount)} instead of ${attempt.amount}.`);
    }
    if (paid) await this.backToPayment(ctx, attempt.orderId);
    const input = { method: attempt.method, metadata: {} };
    const result = await this.replay(attempt, () =>
      this.orders.addPaymentToOrder(ctx, attempt.orderId, input),
    );
    if (paid && isGraphQlErrorResult(result)) throw new StrandedError(result.message);
    // Core keeps a refused payment too, unless it did not come so far.
    const kept = !isGraphQlErrorResult(result) || REFUSED.includes(result.errorCode);
    const payment = kept ? await this.newestPayment(ctx, attempt.orderId) : null;
    // Core adds the payment though the order refuses to move: its units are gone, or a rule holds it.
    if (paid && !isGraphQlErrorResult(result) && result.state === 'ArrangingPayment') {
      const order = await this.orders.findOne(ctx, attempt.orderId, ['payments']);
      if (order !== undefined && coveredBy(order.payments) >= order.totalWithTax) {
        throw new StrandedError('The order could not be placed; its units are no longer available.');
      }
    }
    await this.ledger.applied(ctx, attempt, { paymentId: payment?.id ?? null });
    if (paid) {
      const fact = attempt.status === 'succeeded' ? PaymentCaptured : PaymentAuthorized;
      await this.outbox.publish(ctx, fact.of(attempt.orderId, factsOf(attempt)));
    }
    return result;
  }

  /** A shopper may have gone back to the cart while the provider was busy; if nothing changed, the payment holds. */
  private async backToPayment(ctx: RequestContext, orderId: ID): Promise<void> {
    const order = await this.orders.findOne(ctx, orderId, []);
    if (order?.state !== 'AddingItems') return;
    const moved = await this.orders.transitionToState(ctx, orderId, 'ArrangingPayment');
    if (isGraphQlErrorResult(moved)) throw new StrandedError(moved.transitionError);
  }

  private async changePayment(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    work: () => Promise<unknown>,
  ): Promise<unknown> {
    const result = await this.replay(attempt, work);
    await this.ledger.applied(ctx, attempt, {});
    if (attempt.status === 'succeeded') {
      const fact = attempt.kind === 'capture' ? PaymentCaptured : PaymentVoided;
      await this.outbox.publish(ctx, fact.of(attempt.orderId, factsOf(attempt)));
    }
    return result;
  }

  /** Where a part was captured, the payment is what was taken: the order owes the rest. */
  private async reduceTo(ctx: RequestContext, { paymentId, amount }: PaymentAttempt): Promise<void> {
    const payments = this.connection.getRepository(ctx, Payment);
    const payment = await payments.findOne({
      where: { id: required(paymentId) },
      relations: { refunds: true },
    });
    if (payment === null) return;
    const taken = amount + refundedOf(payment.refunds);
    if (taken >= payment.amount) return;
    payment.metadata = { ...payment.metadata, reserved: payment.amount };
    payment.amount = taken;
    await payments.save(payment, { reload: false });
  }

  private async addRefund(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    answer: HandlerAnswer,
  ): Promise<unknown> {
    const input = attempt.request as unknown as RefundOrderInput;
    const result = await this.replay(attempt, () => this.orders.refundOrder(ctx, input));
    if (isGraphQlErrorResult(result)) throw new StrandedError(result.message);
    const refundPending = result.state === 'Pending' && answer !== false;
    await this.ledger.applied(ctx, attempt, { refundId: result.id, refundPending });
    if (attempt.status === 'succeeded' && answer !== false) {
      const facts = { ...factsOf(attempt), refundId: String(result.id) };
      await this.outbox.publish(ctx, RefundSettled.of(attempt.orderId, facts));
    }
    return result;
  }

  private replay<T>(attempt: PaymentAttempt, work: () => Promise<T>): Promise<T> {
    const { kind, amount, answer } = attempt;
    if (answer === null) throw new Error(`Attempt ${attempt.id} has no answer yet.`);
    return replay({ kind, amount, answer }, work);
  }

  private newestPayment(ctx: RequestContext, orderId: ID): Promise<Payment | null> {
    return this.connection
      .getRepository(ctx, Payment)
      .findOne({ where: { order: { id: orderId } }, order: { id: 'DESC' } });
  }
}

function required<T>(value: T | null): T {
  if (value === null) throw new Error('The attempt names no payment.');
  return value;
}
