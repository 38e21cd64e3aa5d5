import type { Recommendation } from '../types';

export type CaseStatus = 'open' | 'deciding' | 'approved' | 'rejected' | 'closed';
export type CaseVerdict = 'approve' | 'reject';
export type CaseClosing = 'payment_gone' | 'payment_captured' | 'order_cancelled';

/** How long a case belongs to who took it, from their last action. */
export const ASSIGNED_MINUTES = 15;

/** What payments know of an attempt to pay. */
export interface PaidAttempt {
  readonly kind: string;
  readonly status: string;
  readonly disposition: string;
  /** What payments were told once the amount was reserved; null where nobody asked then. */
  readonly risk: string | null;
}

/** The last decision about it. */
export interface LastDecision {
  readonly recommendation: Recommendation;
  readonly decision: 'allow' | 'challenge' | 'review' | 'block';
}

/** Whether money is reserved or taken by it, for an order. */
export function holdsMoney({ kind, status, disposition }: PaidAttempt): boolean {
  const moved = status === 'authorized' || status === 'succeeded';
  return kind === 'authorize' && moved && (disposition === 'none' || disposition === 'applied');
}

/**
 * Whether somebody has to look at a payment. What was said once the amount was reserved counts. Some methods take the
 * money at once and are not asked about then: what was said before counts for those.
 */
export function wantsReview(attempt: PaidAttempt, last: LastDecision | undefined): boolean {
  if (!holdsMoney(attempt)) return false;
  if (attempt.risk !== null) return attempt.risk === 'review';
  return last !== undefined && (last.decision === 'review' || last.recommendation !== 'approve');
}

export interface Assignment {
  readonly assigneeId: number | string | null;
  readonly assignedUntil: Date | null;
}

/** Who works on a case now. */
export function assigneeOf({ assigneeId, assignedUntil }: Assignment, now: Date): number | string | null {
  return assignedUntil !== null && assignedUntil > now ? assigneeId : null;
}

/** Whether somebody else works on it. */
export function isTaken(assignment: Assignment, userId: number | string | null, now: Date): boolean {
  const assignee = assigneeOf(assignment, now);
  return assignee !== null && String(assignee) !== String(userId);
}

/** How a case stands with the shop. */
export interface CaseSurroundings {
  /** Whether the money was taken when the case was opened. */
  readonly captured: boolean;
  readonly attempt: Pick<PaidAttempt, 'status' | 'disposition'> | null;
  /** Core's payment of the attempt; null while there is none. */
  readonly paymentState: string | null;
  readonly orderState: string;
}

const ORDER_OVER: readonly string[] = ['Cancelled', 'Refunded', 'Returned'];
const PAYMENT_OVER: readonly string[] = ['Cancelled', 'Declined', 'Error'];

/** Why an open case has nothing left to decide; nothing where it has. */
export function closingOf(surroundings: CaseSurroundings): CaseClosing | undefined {
  const { captured, attempt, paymentState, orderState } = surroundings;
  if (ORDER_OVER.includes(orderState)) return 'order_cancelled';
  if (paymentState !== null && PAYMENT_OVER.includes(paymentState)) return 'payment_gone';
  if (attempt === null || attempt.status === 'failed' || attempt.status === 'cancelled')
    return 'payment_gone';
  if (attempt.disposition === 'stranded' || attempt.disposition === 'returned') return 'payment_gone';
  return !captured && paymentState === 'Settled' ? 'payment_captured' : undefined;
}

/** A payment of an order, with what it has left. */
export interface HeldPayment {
  readonly id: number | string;
  readonly state: string;
  readonly amount: number;
  readonly refunded: number;
}

/** Something that a provider is asked for. */
export type MoneyStep =
  | { readonly kind: 'capture' | 'void'; readonly paymentId: number | string }
  | { readonly kind: 'refund'; readonly paymentId: number | string; readonly amount: number };

/**
 * What an approval takes: the payment that was looked at. One that is taken needs nothing.
 *
 * @returns nothing where there is no payment to take any more
 */
export function stepsToApprove(payment: HeldPayment | undefined): MoneyStep[] | undefined {
  if (payment?.state === 'Authorized') return [{ kind: 'capture', paymentId: payment.id }];
  return payment?.state === 'Settled' ? [] : undefined;
}

/** What a rejection gives back: all that the order holds. */
export function stepsToReject(payments: readonly HeldPayment[]): MoneyStep[] {
  return payments.flatMap(({ id, state, amount, refunded }): MoneyStep[] => {
    if (state === 'Authorized') return [{ kind: 'void', paymentId: id }];
    const left = amount - refunded;
    return state === 'Settled' && left > 0 ? [{ kind: 'refund', paymentId: id, amount: left }] : [];
  });
}

/** Answers after which the shop goes on by itself: somebody is at work on the payment, or nobody knows yet. */
const IN_BETWEEN: readonly string[] = ['PAYMENT_IN_PROGRESS_ERROR', 'PAYMENT_OUTCOME_UNKNOWN_ERROR'];

/** Whether a refusal is no final word. */
export function isInBetween(errorCode: string): boolean {
  return IN_BETWEEN.includes(errorCode);
}

/** How long after a try (ms) the shop goes on with a decision: soon, then ever less often. */
export function nextTryMs(tries: number): number {
  return Math.min(900_000, 15_000 * 2 ** Math.min(Math.max(tries - 1, 0), 6));
}
