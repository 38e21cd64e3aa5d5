export interface ReservedPayment {
  /** What was reserved, in minor units. */
  readonly amount: number;
  readonly refunds: readonly { readonly state: string; readonly total: number }[];
}

/**
 * What can be captured of a reserved payment, in minor units: what was reserved, less what an order modification has
 * let go of (core keeps that as a refund of the payment, though nothing was taken yet).
 */
export function capturable({ amount, refunds }: ReservedPayment): number {
  return Math.max(0, amount - released(refunds));
}

/** What was let go of, in minor units. */
export function released(refunds: ReservedPayment['refunds']): number {
  return refunds.filter(({ state }) => state !== 'Failed').reduce((sum, { total }) => sum + total, 0);
}
