import { paymentStatusOf } from './payment-status';

describe('paymentStatusOf', () => {
  it.each([
    ['Settled', 'success'],
    ['Authorized', 'authorized'],
    ['Declined', 'declined'],
    ['Error', 'error'],
    ['Cancelled', undefined],
    ['Created', undefined],
    ['constructor', undefined],
  ])('%s is %s', (state, status) => {
    expect(paymentStatusOf(state)).toBe(status);
  });
});
