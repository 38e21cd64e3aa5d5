import { Injectable } from '@nestjs/common';
import {
  isGraphQlErrorResult,
  Logger,
  OrderService,
  Payment,
  TransactionalConnection,
  type RequestContext,
} from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import { loggerCtx } from '../../constants';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { factsOf } from '../../events/facts';
import { PaymentAuthorized, PaymentCaptured } from '../../events/payment-events';
import { movedMoney } from '../../rules/attempt-status';
import { coveredBy } from '../../rules/coverage';
import { pluginHandlerOf } from '../../rules/plugin-handlers';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { replay } from './gateway-pass';
import { OutcomeService } from './outcome.service';
import { PatientTransaction } from './patient-transaction';

/**
 * What becomes of a call that did not come through the gate. Its caller applies it in a transaction of its own; where that
 * was undone, or never came to it, the money is brought into the order here, or given back.
 */
@Injectable()
export class DirectOutcomes {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly orders: OrderService,
    private readonly locks: StockLockService,
    private readonly ledger: AttemptLedgerService,
    private readonly outcomes: OutcomeService,
    private readonly outbox: OutboxService,
    private readonly transactions: PatientTransaction,
  ) {}

  /** Idempotent. */
  async adopt(ctx: RequestContext, attempt: PaymentAttempt): Promise<void> {
    const adopted = await this.transactions.run(ctx, async tx => {
      // Its caller's transaction holds this row: afterwards it is decided.
      await this.locks.lock(tx, {
        orderIds: [attempt.orderId],
        couponsOfOrders: attempt.kind === 'authorize',
      });
      const current = await this.ledger.locked(tx, attempt.id);
      if (current.disposition !== 'none') return true;
      const payment = await this.paymentOf(tx, current);
      if (payment === null || !isInCore(current, payment)) return false;
      if (await this.isHeldUp(tx, current, payment)) {
        await this.takeOut(tx, current, payment);
        return true;
      }
      await this.ledger.applied(tx, current, { paymentId: payment.id });
      if (current.kind === 'authorize' && movedMoney(current.status)) {
        const fact = current.status === 'succeeded' ? PaymentCaptured : PaymentAuthorized;
        await this.outbox.publish(tx, fact.of(current.orderId, factsOf(current)));
      }
      return true;
    });
    if (!adopted) await this.outcomes.apply(ctx, attempt);
  }

  private paymentOf(ctx: RequestContext, attempt: PaymentAttempt): Promise<Payment | null> {
    const { kind, orderId, method, transactionId, amount } = attempt;
    const made = {
      order: { id: orderId },
      method,
      ...(transactionId === null ? { amount } : { transactionId }),
    };
    return this.connection.getRepository(ctx, Payment).findOne({
      where: kind === 'authorize' ? made : { id: attempt.paymentId ?? -1 },
      relations: { refunds: true },
      order: { id: 'DESC' },
    });
  }

  /**
   * Whether core has added the payment though the order refuses to move: its units are gone, or a rule holds it. Only where the
   * money can be given back by itself.
   */
  private async isHeldUp(ctx: RequestContext, attempt: PaymentAttempt, { state }: Payment): Promise<boolean> {
    const ours = attempt.kind === 'authorize' && pluginHandlerOf(attempt.provider) !== undefined;
    if (!ours || (state !== 'Settled' && state !== 'Authorized')) return false;
    const order = await this.orders.findOne(ctx, attempt.orderId, ['payments']);
    if (order?.state !== 'ArrangingPayment' || coveredBy(order.payments) < order.totalWithTax) return false;
    const goal = state === 'Settled' ? 'PaymentSettled' : 'PaymentAuthorized';
    return isGraphQlErrorResult(await this.orders.transitionToState(ctx, attempt.orderId, goal));
  }

  /** The order is as if it had never been paid, and the money goes back. */
  private async takeOut(ctx: RequestContext, attempt: PaymentAttempt, payment: Payment): Promise<void> {
    const reason = 'The order could not be placed; its units are no longer available.';
    Logger.warn(`Order ${attempt.orderId} cannot take its payment: ${reason}`, loggerCtx);
    await replay({ kind: 'void', amount: payment.amount, answer: { success: true } }, () =>
      this.orders.cancelPayment(ctx, payment.id),
    );
    await this.ledger.stranded(ctx, attempt, reason);
  }
}

function isInCore(attempt: PaymentAttempt, payment: Payment): boolean {
  switch (attempt.kind) {
    case 'authorize':
      return attempt.transactionId === null || payment.transactionId === attempt.transactionId;
    case 'capture':
      return payment.state === 'Settled';
    case 'void':
      return payment.state === 'Cancelled';
    case 'refund':
      return payment.refunds.some(({ transactionId, total }) =>
        attempt.transactionId === null ? total === attempt.amount : transactionId === attempt.transactionId,
      );
  }
}
