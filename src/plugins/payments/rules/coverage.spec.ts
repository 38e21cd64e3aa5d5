import * as fc from 'fast-check';
import { coveredBy, leftOf, splitRefund } from './coverage';

it('counts what is reserved or taken', () => {
  const payments = ['Authorized', 'Settled', 'Declined', 'Cancelled', 'Error', 'Created'].map((state, n) => ({
    state,
    amount: 10 ** n,
  }));
  expect(coveredBy(payments)).toBe(11);
});

describe('a refund over several payments', () => {
  const payments = fc
    .array(
      fc.record({ amount: fc.integer({ min: 0, max: 1000 }), refunded: fc.integer({ min: 0, max: 1000 }) }),
      {
        minLength: 1,
        maxLength: 5,
      },
    )
    .map(list => list.map((payment, index) => ({ id: String(index), ...payment })));

  it('gives exactly what is asked for, and no payment more than it has left', () => {
    fc.assert(
      fc.property(payments, fc.integer({ min: 1, max: 3000 }), (list, total) => {
        const left = (id: string) => {
          const payment = list.find(entry => entry.id === id)!;
          return Math.max(0, payment.amount - payment.refunded);
        };
        const available = list.reduce((sum, { id }) => sum + left(id), 0);
        const parts = splitRefund(list, '0', total);
        expect(parts.reduce((sum, { amount }) => sum + amount, 0)).toBe(available >= total ? total : 0);
        expect(parts.every(({ paymentId, amount }) => amount > 0 && amount <= left(paymentId))).toBe(true);
        expect(new Set(parts.map(({ paymentId }) => paymentId)).size).toBe(parts.length);
      }),
    );
  });

  it('takes the chosen payment first', () => {
    const list = [
      { id: '1', amount: 500, refunded: 0 },
      { id: '2', amount: 300, refunded: 100 },
    ];
    expect(splitRefund(list, '2', 350)).toEqual([
      { paymentId: '2', amount: 200 },
      { paymentId: '1', amount: 150 },
    ]);
  });
});

describe('what a payment has left', () => {
  const refund = (total: number, state = 'Settled') => ({ total, state });

  it('is what was reserved or taken, less what went back or was let go of', () => {
    expect(leftOf({ amount: 1000, refunds: [] })).toBe(1000);
    expect(leftOf({ amount: 1000, refunds: [refund(300), refund(50, 'Pending')] })).toBe(650);
    expect(leftOf({ amount: 1000, refunds: [refund(300, 'Failed')] })).toBe(1000);
    expect(leftOf({ amount: 1000, refunds: [refund(1200)] })).toBe(0);
  });
});
