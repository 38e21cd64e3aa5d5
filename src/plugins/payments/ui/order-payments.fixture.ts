import type { Attempt, OrderPayment, PaymentsOrder } from './order-payments.query';

let ids = 0;

export function attempt(fields: Partial<Attempt> = {}): Attempt {
  ids += 1;
  return {
    id: String(ids),
    createdAt: `2026-01-01T00:00:${String(ids % 60).padStart(2, '0')}.000Z`,
    kind: 'authorize',
    provider: 'stripe',
    method: 'card',
    amount: 1_000,
    currencyCode: 'EUR',
    status: 'succeeded',
    disposition: 'applied',
    reference: `reference-${ids}`,
    transactionId: null,
    fees: null,
    failureKind: null,
    failureCode: null,
    failureMessage: null,
    strandedBecause: null,
    paymentId: 'p1',
    refundId: null,
    entries: [],
    ...fields,
  };
}

export function payment(fields: Partial<OrderPayment> = {}): OrderPayment {
  return {
    id: 'p1',
    createdAt: '2026-01-01T00:00:00.000Z',
    method: 'card',
    amount: 1_000,
    state: 'Settled',
    transactionId: null,
    errorMessage: null,
    refunds: [],
    ...fields,
  };
}

export function order(payments: OrderPayment[], paymentAttempts: Attempt[]): PaymentsOrder {
  return {
    id: '1',
    updatedAt: '2026-01-01T00:00:00.000Z',
    currencyCode: 'EUR',
    totalWithTax: 1_000,
    payments,
    paymentAttempts,
    paymentDisputes: [],
  };
}
