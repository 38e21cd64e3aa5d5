import { Injectable } from '@nestjs/common';
import { UserInputError, type Payment, type RequestContext } from '@vendure/core';
import { leftOf } from '../../rules/coverage';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { providerOf, type HandlerCall } from './gateway-pass';

/**
 * Refunds that core makes inside its own transaction, when an order is modified: the provider must not be called there.
 * They are written down with the order's change, and made once it is committed (PaymentSyncService).
 */
@Injectable()
export class QueuedRefundsService {
  constructor(private readonly ledger: AttemptLedgerService) {}

  /**
   * @param ctx with the transaction that modifies the order, which has the order's lock
   * @returns what core is told: a refund that is pending, or a reserved amount that was let go of
   */
  async take(ctx: RequestContext, call: HandlerCall, payment: Payment): Promise<Record<string, unknown>> {
    if (call.amount === 0) return { state: 'Settled', transactionId: '', metadata: {} };
    if (payment.state === 'Authorized') return this.release(ctx, call, payment);
    const underWay = await this.ledger.refundsUnderWay(ctx, payment.id);
    if (call.amount + underWay > leftOf(payment)) throw new UserInputError('error.payment-refund-under-way');
    const provider = providerOf(call);
    const { reference } = await this.ledger.open(ctx, {
      kind: 'refund',
      orderId: call.order.id,
      channelId: ctx.channelId,
      paymentId: payment.id,
      method: call.method.code,
      provider,
      amount: call.amount,
      currency: call.order.currencyCode,
      refundPending: true,
    });
    return { state: 'Pending', transactionId: '', metadata: { provider, reference } };
  }

  /** Nothing was taken yet: less is captured later, and nobody has to be asked now. */
  private async release(
    ctx: RequestContext,
    call: HandlerCall,
    payment: Payment,
  ): Promise<Record<string, unknown>> {
    if ((await this.ledger.blockingPayment(ctx, payment.id)) !== null) {
      throw new UserInputError('error.payment-capture-under-way');
    }
    return {
      state: 'Settled',
      transactionId: '',
      metadata: { provider: providerOf(call), released: true },
    };
  }
}
