export type PaymentStatus = 'success' | 'authorized' | 'declined' | 'error';

const STATUS: Readonly<Record<string, PaymentStatus>> = {
  Settled: 'success',
  Authorized: 'authorized',
  Declined: 'declined',
  Error: 'error',
};

/**
 * The outcome of a payment attempt that this state stands for; none for a state that is no outcome (`Cancelled`, or
 * a state of a payment process of the shop's own).
 */
export function paymentStatusOf(state: string): PaymentStatus | undefined {
  return Object.hasOwn(STATUS, state) ? STATUS[state] : undefined;
}
