import type { PaymentStatus } from '../types';

/** What an attempt asks a provider for. */
export const ATTEMPT_KINDS = ['authorize', 'capture', 'void', 'refund'] as const;
export type AttemptKind = (typeof ATTEMPT_KINDS)[number];

/** As `PaymentStatus`, and `open`: written down, and nothing heard yet. */
export type AttemptStatus = 'open' | PaymentStatus;

/**
 * What the shop has made of an attempt's outcome.
 *
 * - `none`: nothing yet
 * - `applied`: the order, payment or refund says the same
 * - `stranded`: money moved that no order can take: it is being given back, or staff decide
 * - `returned`: it was given back
 */
export const DISPOSITIONS = ['none', 'applied', 'stranded', 'returned'] as const;
export type Disposition = (typeof DISPOSITIONS)[number];

/** How much each status knows: a later message that knows less is old news. */
const KNOWLEDGE: Record<AttemptStatus, number> = {
  open: 0,
  unknown: 1,
  pending: 2,
  processing: 3,
  failed: 4,
  cancelled: 5,
  authorized: 6,
  succeeded: 7,
};

/**
 * The status of an attempt after one more report of its provider. Reports come twice, late and in any order, so the
 * result does not depend on their order: what says more wins. Only an authorization can be taken back (voided or
 * expired); money that was taken stays taken.
 */
export function mergeStatus(known: AttemptStatus, reported: AttemptStatus): AttemptStatus {
  if (known === 'authorized' && reported === 'cancelled') return 'cancelled';
  if (known === 'cancelled' && reported === 'authorized') return 'cancelled';
  return KNOWLEDGE[reported] > KNOWLEDGE[known] ? reported : known;
}

/** Whether nobody knows yet how it ends: the provider has to be asked again. */
export function isUndecided(status: AttemptStatus): boolean {
  return status === 'open' || status === 'unknown' || status === 'processing' || status === 'pending';
}

/** Whether money is reserved or has moved. */
export function movedMoney(status: AttemptStatus): boolean {
  return status === 'authorized' || status === 'succeeded';
}

/**
 * Whether no other attempt of the same order (payment, for a capture or void) may be made beside it: while it may still
 * take money, and until the shop has made something of money that it took.
 */
export function blocksOthers(status: AttemptStatus, disposition: Disposition): boolean {
  return disposition === 'none' && (isUndecided(status) || movedMoney(status));
}

/** The code of a failure that is only the absence of any trace: the provider knows of no such payment. */
export const NEVER_ARRIVED = 'never_arrived';

/** How often, and how long after the other (ms), the provider is asked again for a payment that it knows nothing of. */
const LAST_LOOKS = 3;
const LAST_LOOK_MS = 3_600_000;

interface Looked {
  readonly status: AttemptStatus;
  readonly disposition: Disposition;
  readonly failureCode?: string | null;
  readonly kind?: AttemptKind;
  /** Whether it is applied as authorized, and the money is still to be taken. */
  readonly toCapture?: boolean;
  /** Whether core has the refund as pending. */
  readonly refundPending?: boolean;
}

/** Whether only so much is known of it, that the provider knows nothing of it. */
export function hasNotArrived({ status, failureCode }: Pick<Looked, 'status' | 'failureCode'>): boolean {
  return status === 'failed' && failureCode === NEVER_ARRIVED;
}

/** Whether the provider has to be asked: nothing is known, or only that nothing has arrived yet. */
export function wantsAnswer(attempt: Pick<Looked, 'status' | 'failureCode'>): boolean {
  return isUndecided(attempt.status) || hasNotArrived(attempt);
}

/**
 * When an attempt is looked at again, in ms from now; null when there is nothing left to find out. An undecided one
 * is asked for soon and then ever less often; one whose outcome is not in the order yet, at once.
 *
 * @param looks how often it was looked at already, in its status
 */
export function nextLookMs(attempt: Looked, looks: number): number | null {
  const { status, disposition, toCapture, refundPending, kind = 'authorize' } = attempt;
  if (refundPending === true && !isUndecided(status)) return soon(looks);
  // A request may have been on its way longer than anybody waited for it.
  if (hasNotArrived(attempt) && looks < LAST_LOOKS) return LAST_LOOK_MS;
  if (disposition === 'returned' || status === 'failed' || status === 'cancelled') return null;
  if (disposition === 'applied' && !isUndecided(status) && toCapture !== true) return null;
  if (disposition === 'stranded') {
    // Only what was taken can be given back by itself; every try is a row of the ledger.
    return kind === 'authorize' ? Math.min(86_400_000, 2_000 * 2 ** Math.min(looks, 16)) : null;
  }
  if (status === 'pending') return Math.min(3_600_000, 60_000 * 2 ** Math.min(looks, 6));
  if (isUndecided(status)) return Math.min(900_000, 5_000 * 2 ** Math.min(looks, 8));
  return soon(looks);
}

/** For what only has to be told to core. */
function soon(looks: number): number {
  return Math.min(900_000, 2_000 * 2 ** Math.min(looks, 9));
}

interface Moving {
  readonly disposition: Disposition;
  readonly kind: AttemptKind;
  readonly movedAt: Date | null;
}

/**
 * Whether money is taken or given back by what is reported of an attempt, so that the day's report counts it: once.
 * What becomes of an authorization that the order has taken already is counted by its captures; a void moves nothing.
 */
export function movesMoney({ disposition, kind, movedAt }: Moving, reported: AttemptStatus): boolean {
  if (reported !== 'succeeded' || movedAt !== null || kind === 'void') return false;
  return kind !== 'authorize' || disposition !== 'applied';
}

/** Whether the provider may have anything to be compared with, or staff anything to do about it. */
export function comparesLater({
  kind,
  status,
  transactionId,
}: {
  readonly kind: AttemptKind;
  readonly status: AttemptStatus;
  readonly transactionId?: string | null;
}): boolean {
  return status !== 'failed' || kind === 'refund' || (transactionId ?? null) !== null;
}
