interface PaymentLike {
  readonly state: string;
  readonly amount: number;
  readonly refunds?: readonly { readonly state: string; readonly total: number }[];
}

export interface PaymentBalance {
  /** Taken and not given back. */
  readonly settled: number;
  /** Held by a provider, not taken. */
  readonly authorized: number;
  /** Ever taken. */
  readonly taken: number;
}

/** What an order's payments add up to, in minor units. Refunds count once they are settled. */
export function balanceOfPayments(payments: readonly PaymentLike[]): PaymentBalance {
  const sum = (state: string) =>
    payments.filter(payment => payment.state === state).reduce((total, { amount }) => total + amount, 0);
  const refunded = payments
    .filter(({ state }) => state === 'Settled')
    .flatMap(({ refunds = [] }) => refunds)
    .filter(({ state }) => state === 'Settled')
    .reduce((total, refund) => total + Math.abs(refund.total), 0);
  const taken = sum('Settled');
  return { settled: taken - refunded, authorized: sum('Authorized'), taken };
}
