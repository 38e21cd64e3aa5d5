import { capturable } from './capture-amount';

const refund = (total: number, state = 'Settled') => ({ total, state });

it('is all that was reserved, less what an order modification has let go of', () => {
  expect(capturable({ amount: 1000, refunds: [] })).toBe(1000);
  expect(capturable({ amount: 1000, refunds: [refund(300), refund(50, 'Pending')] })).toBe(650);
  expect(capturable({ amount: 1000, refunds: [refund(300, 'Failed')] })).toBe(1000);
  expect(capturable({ amount: 1000, refunds: [refund(1200)] })).toBe(0);
});
