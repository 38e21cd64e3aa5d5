import type { Transaction } from 'braintree';
import type { PaymentStatus, ProviderRefund, ProviderTransaction } from '../../types';
import { fromDecimal } from '../amounts';

/** As much of Braintree's transaction as is read here. */
export type BraintreeTransaction = Pick<
  Transaction,
  'id' | 'amount' | 'currencyIsoCode' | 'orderId' | 'refundIds'
> & {
  readonly status: string;
  readonly type: string;
};

/**
 * Submitted for settlement counts as taken, as the handler of `@vendure/payments-plugin` tells it: the bank has said yes,
 * and the money moves by itself in the night.
 */
export function statusOfTransaction({ status }: Pick<BraintreeTransaction, 'status'>): PaymentStatus {
  switch (status) {
    case 'authorizing':
      return 'processing';
    case 'authorized':
      return 'authorized';
    case 'submitted_for_settlement':
    case 'settling':
    case 'settled':
    case 'settlement_pending':
    case 'settlement_confirmed':
      return 'succeeded';
    case 'voided':
    case 'authorization_expired':
      return 'cancelled';
    case 'processor_declined':
    case 'gateway_rejected':
    case 'failed':
    case 'settlement_declined':
      return 'failed';
    default:
      return 'unknown';
  }
}

/** Whether it can only be taken back whole, as the money has not moved yet. */
export function isBeforeSettlement({ status }: Pick<BraintreeTransaction, 'status'>): boolean {
  return status === 'authorizing' || status === 'authorized' || status === 'submitted_for_settlement';
}

/** @param refunds the transactions by which it was given back */
export function transactionOf(
  sale: BraintreeTransaction,
  refunds: readonly BraintreeTransaction[],
): ProviderTransaction {
  const status = statusOfTransaction(sale);
  const amount = fromDecimal(sale.amount);
  const given = refunds.map(refundOf);
  return {
    transactionId: sale.id,
    reference: null,
    status,
    currency: sale.currencyIsoCode,
    amount,
    capturable: status === 'authorized' ? amount : 0,
    captured: status === 'succeeded' ? amount : 0,
    refunded: given
      .filter(refund => refund.status !== 'failed')
      .reduce((total, refund) => total + refund.amount, 0),
    fees: null,
    failure:
      status === 'failed'
        ? { kind: 'declined', code: sale.status, message: 'The payment was declined.' }
        : null,
    instrument: null,
    refunds: given,
    disputed: false,
    orderCode: sale.orderId ?? null,
  };
}

/** A refund carries its attempt's reference in the place of the order's code: Braintree has no keys. */
export function refundOf(refund: BraintreeTransaction): ProviderRefund {
  const status = statusOfTransaction(refund);
  return {
    refundId: refund.id,
    reference: refund.orderId ?? null,
    amount: fromDecimal(refund.amount),
    status:
      status === 'failed' || status === 'cancelled'
        ? 'failed'
        : status === 'succeeded'
          ? 'succeeded'
          : 'pending',
  };
}
