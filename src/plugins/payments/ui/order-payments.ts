import type {
  Attempt,
  AttemptStatus,
  OrderPayment,
  OrderRefund,
  PaymentsOrder,
} from './order-payments.query';

/** What became of money, in minor units. */
export interface Sums {
  /** Reserved, and neither taken nor let go: what can be captured. */
  reserved: number;
  captured: number;
  refunded: number;
  /** Being given back: the provider has not said yet that it is done. */
  underWay: number;
  /** Taken, and not given back. */
  left: number;
}

/** A payment of the order with all that a provider was asked for because of it. */
export interface PaymentGroup {
  payment: OrderPayment;
  attempts: Attempt[];
  sums: Sums;
}

export interface OrderPayments {
  /** The newest first. */
  groups: PaymentGroup[];
  /** Attempts that no payment of the order came of, the newest first. */
  others: Attempt[];
  sums: Sums;
}

/** What the order costs and nobody has paid or promised: after a part was captured, say. Nothing before any payment. */
export function owed(total: number, { reserved, captured }: Sums): number {
  return reserved + captured === 0 ? 0 : Math.max(0, total - reserved - captured);
}

export function orderPayments({ payments, paymentAttempts }: PaymentsOrder): OrderPayments {
  const newestFirst = [...paymentAttempts].reverse();
  const groups = [...(payments ?? [])]
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map(payment => {
      const attempts = newestFirst.filter(({ paymentId }) => paymentId === payment.id);
      return { payment, attempts, sums: sumsOf(payment, attempts) };
    });
  const known = new Set(groups.map(({ payment }) => payment.id));
  return {
    groups,
    others: newestFirst.filter(({ paymentId }) => paymentId === null || !known.has(paymentId)),
    sums: groups.map(({ sums }) => sums).reduce(together, NOTHING),
  };
}

const NOTHING: Sums = { reserved: 0, captured: 0, refunded: 0, underWay: 0, left: 0 };

function sumsOf(payment: OrderPayment, attempts: readonly Attempt[]): Sums {
  const { state, amount, refunds } = payment;
  const captured = capturedOf(payment, attempts);
  const letGo = refunds.filter(refund => isLetGo(refund) && refund.state !== 'Failed');
  const given = (end: string) => totalOf(refunds.filter(refund => !isLetGo(refund) && refund.state === end));
  // Core knows nothing yet of a refund whose outcome is open.
  const asked = attempts.filter(
    ({ kind, status, disposition }) => kind === 'refund' && disposition === 'none' && isOpen(status),
  );
  const refunded = given('Settled');
  const underWay = given('Pending') + sum(asked.map(attempt => attempt.amount));
  return {
    reserved: state === 'Authorized' ? Math.max(0, amount - captured - totalOf(letGo)) : 0,
    captured,
    refunded,
    underWay,
    left: captured - refunded - underWay,
  };
}

/** What was taken: by the captures that are known of; of a payment without any, all of it once it is settled. */
function capturedOf({ state, amount, refunds }: OrderPayment, attempts: readonly Attempt[]): number {
  const captures = attempts.filter(({ kind, status }) => kind === 'capture' && status === 'succeeded');
  if (captures.length > 0) return sum(captures.map(capture => capture.amount));
  return state === 'Settled' ? amount - totalOf(refunds.filter(isLetGo)) : 0;
}

function isLetGo({ metadata }: OrderRefund): boolean {
  return metadata?.released === true;
}

/** Whether nobody knows yet how it ends. */
export function isOpen(status: AttemptStatus): boolean {
  return status === 'open' || status === 'unknown' || status === 'pending' || status === 'processing';
}

/** Whether the provider was asked and nobody knows whether it acted: the shop asks again, or staff find out. */
export function isLost({ status }: Pick<Attempt, 'status'>): boolean {
  return status === 'open' || status === 'unknown';
}

/** Whether money moved that no order could take, and has not gone back yet. */
export function isStranded({ disposition }: Pick<Attempt, 'disposition'>): boolean {
  return disposition === 'stranded';
}

/** Whether something is about to change by itself. */
export function isUnderWay(attempts: readonly Attempt[]): boolean {
  return attempts.some(attempt => isOpen(attempt.status) || isStranded(attempt));
}

function together(a: Sums, b: Sums): Sums {
  return {
    reserved: a.reserved + b.reserved,
    captured: a.captured + b.captured,
    refunded: a.refunded + b.refunded,
    underWay: a.underWay + b.underWay,
    left: a.left + b.left,
  };
}

function totalOf(refunds: readonly OrderRefund[]): number {
  return sum(refunds.map(({ total }) => total));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
