import { balanceOfPayments } from './payment-balance';

describe('balanceOfPayments', () => {
  it('counts what was taken, less what has gone back', () => {
    expect(
      balanceOfPayments([
        {
          state: 'Settled',
          amount: 1_000,
          refunds: [
            { state: 'Settled', total: 300 },
            { state: 'Pending', total: 200 },
            { state: 'Failed', total: 100 },
          ],
        },
        { state: 'Settled', amount: 500 },
        { state: 'Authorized', amount: 250 },
        { state: 'Declined', amount: 9_999 },
        { state: 'Cancelled', amount: 9_999, refunds: [{ state: 'Settled', total: 9_999 }] },
      ]),
    ).toEqual({ settled: 1_200, authorized: 250, taken: 1_500 });
  });

  it('is nothing without payments', () => {
    expect(balanceOfPayments([])).toEqual({ settled: 0, authorized: 0, taken: 0 });
  });
});
