import {
  isBeforeSettlement,
  statusOfTransaction,
  transactionOf,
  type BraintreeTransaction,
} from './braintree-transaction';

const sale = (status: string): BraintreeTransaction => ({
  id: 'sale1',
  type: 'sale',
  status,
  amount: '12.34',
  currencyIsoCode: 'EUR',
  orderId: 'ORD-1',
});

const refund = (id: string, amount: string, status = 'submitted_for_settlement'): BraintreeTransaction => ({
  ...sale(status),
  id,
  type: 'credit',
  amount,
  orderId: `reference-${id}`,
});

describe('a transaction of Braintree', () => {
  it.each([
    ['authorizing', 'processing', true],
    ['authorized', 'authorized', true],
    ['submitted_for_settlement', 'succeeded', true],
    ['settling', 'succeeded', false],
    ['settlement_pending', 'succeeded', false],
    ['settlement_confirmed', 'succeeded', false],
    ['settled', 'succeeded', false],
    ['voided', 'cancelled', false],
    ['authorization_expired', 'cancelled', false],
    ['processor_declined', 'failed', false],
    ['gateway_rejected', 'failed', false],
    ['settlement_declined', 'failed', false],
    ['failed', 'failed', false],
    ['a_new_one', 'unknown', false],
  ])('that is %s is %s', (status, expected, before) => {
    expect(statusOfTransaction({ status })).toBe(expected);
    expect(isBeforeSettlement({ status })).toBe(before);
  });

  it('tells what was taken and given back, by the references of the refunds', () => {
    const seen = transactionOf(sale('settled'), [refund('a', '2.00'), refund('b', '1.00', 'failed')]);
    expect(seen).toMatchObject({
      status: 'succeeded',
      amount: 1234,
      captured: 1234,
      refunded: 200,
      orderCode: 'ORD-1',
      refunds: [
        { refundId: 'a', reference: 'reference-a', amount: 200, status: 'succeeded' },
        { refundId: 'b', reference: 'reference-b', amount: 100, status: 'failed' },
      ],
    });
    expect(transactionOf(sale('processor_declined'), [])).toMatchObject({
      captured: 0,
      failure: { kind: 'declined', code: 'processor_declined' },
    });
  });
});
