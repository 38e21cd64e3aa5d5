import type { PaymentAttempt } from '../entities/payment-attempt.entity';

/** What every event about an attempt says. */
export function factsOf(attempt: PaymentAttempt) {
  return {
    orderId: String(attempt.orderId),
    attemptId: String(attempt.id),
    paymentId: attempt.paymentId === null ? null : String(attempt.paymentId),
    provider: attempt.provider,
    method: attempt.method,
    amount: attempt.amount,
    currency: attempt.currency,
  };
}
