/** What payments cover of an order, in minor units: what is reserved or taken, without what was refunded. */
export function coveredBy(payments: readonly { readonly state: string; readonly amount: number }[]): number {
  return payments
    .filter(({ state }) => state === 'Authorized' || state === 'Settled')
    .reduce((sum, { amount }) => sum + amount, 0);
}

/** A payment as core has it, amounts in minor units. */
export interface PaymentWithRefunds {
  readonly amount: number;
  readonly refunds: readonly { readonly state: string; readonly total: number }[];
}

/**
 * What core has as given back of a payment, or being given back; of one that is only reserved, what an order modification
 * has let go of.
 */
export function refundedOf(refunds: PaymentWithRefunds['refunds']): number {
  return refunds.filter(({ state }) => state !== 'Failed').reduce((sum, { total }) => sum + total, 0);
}

/** What a payment has left: to be captured while it is reserved, to be given back once it is taken. */
export function leftOf({ amount, refunds }: PaymentWithRefunds): number {
  return Math.max(0, amount - refundedOf(refunds));
}

export interface RefundablePayment {
  readonly id: string;
  /** Captured, in minor units. */
  readonly amount: number;
  /** Given back, or being given back. */
  readonly refunded: number;
}

export interface RefundPart {
  readonly paymentId: string;
  readonly amount: number;
}

/**
 * Which payments give how much of a refund: the chosen one first, then the others in their order, none more than it
 * has left.
 *
 * @returns no parts where the payments have less left in all than is asked for
 */
export function splitRefund(
  payments: readonly RefundablePayment[],
  chosenId: string,
  total: number,
): RefundPart[] {
  const parts: RefundPart[] = [];
  let open = total;
  const chosen = payments.filter(({ id }) => id === chosenId);
  for (const { id, amount, refunded } of [
    ...chosen,
    ...payments.filter(payment => payment.id !== chosenId),
  ]) {
    const part = Math.min(open, Math.max(0, amount - refunded));
    if (part > 0) parts.push({ paymentId: id, amount: part });
    open -= part;
  }
  return open === 0 ? parts : [];
}
