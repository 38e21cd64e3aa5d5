import type { PaymentStatus, ProviderTransaction } from '../types';
import { isUndecided, type AttemptStatus } from './attempt-status';

export type DifferenceKind =
  | 'unknown_payment'
  | 'missing_at_provider'
  | 'amount_differs'
  | 'captured_elsewhere'
  | 'captured_less'
  | 'refunded_elsewhere'
  | 'refund_missing'
  | 'voided_elsewhere'
  | 'held_at_provider'
  | 'order_cancelled'
  | 'authorization_expiring'
  | 'stranded'
  | 'outcome_unknown';

export type DifferenceAction =
  | 'ACCEPT_PROVIDER'
  | 'REFUND'
  | 'VOID'
  | 'CAPTURE'
  | 'DECIDE_MOVED'
  | 'DECIDE_NOT_MOVED'
  | 'CHECK_AGAIN'
  | 'IGNORE';

export type DifferenceResolution =
  'agreed' | 'accepted' | 'refunded' | 'voided' | 'captured' | 'decided' | 'ignored';

/** What one side says of a payment, as staff see it. */
export interface Side {
  readonly status: AttemptStatus | 'none';
  readonly amount: number;
  readonly currencyCode: string;
  readonly captured: number;
  readonly refunded: number;
  readonly fees: number | null;
  readonly disputed: boolean;
  readonly transactionId: string | null;
}

/** A refund as the ledger has it. */
export interface BookedRefund {
  readonly reference: string;
  readonly transactionId: string | null;
  readonly amount: number;
  readonly status: AttemptStatus;
}

/** What the ledger says of a payment: of its authorization, and of all that was asked for since. */
export interface Books {
  /** `authorized` as long as nothing was taken by us, whatever the provider has done since. */
  readonly status: AttemptStatus;
  readonly amount: number;
  readonly currency: string;
  readonly captured: number;
  /** What the provider keeps of what was captured, as far as the ledger knows. */
  readonly fees: number | null;
  readonly disputed: boolean;
  readonly transactionId: string | null;
  readonly refunds: readonly BookedRefund[];
  /** Whether money is there that no order could take, and nobody is busy giving it back. */
  readonly stranded: boolean;
  readonly orderCancelled: boolean;
  /** Whether the reserved money will soon be free again: staff were told. */
  readonly expiring: boolean;
  /** Whether something is undecided for longer than the shop needs to find out by itself. */
  readonly overdue: boolean;
  /** Core's payment; null where the order has none. */
  readonly paymentState: string | null;
}

export interface Difference {
  readonly kind: DifferenceKind;
  /** In minor units. */
  readonly amount: number;
}

/** What is to be written down so that the shop says what the provider says. */
export type Correction =
  | { readonly record: 'capture'; readonly amount: number }
  | { readonly record: 'refund'; readonly amount: number; readonly refundId: string | null }
  | { readonly record: 'void' }
  /** Nothing was ever taken. */
  | { readonly record: 'void_all' };

const sum = (amounts: readonly { readonly amount: number }[]): number =>
  amounts.reduce((total, { amount }) => total + amount, 0);

/** Refunds that count: done, or under way at the provider. */
const alive = ({ status }: BookedRefund): boolean =>
  status === 'succeeded' || status === 'processing' || status === 'pending';

/** Nobody has heard anything of it yet, or the answer was lost. */
const isOpen = ({ status }: BookedRefund): boolean => status === 'open' || status === 'unknown';

/** What the shop gave back, or is giving back. */
export function refundedBy({ refunds }: Pick<Books, 'refunds'>): number {
  return sum(refunds.filter(alive));
}

export function sideOfBooks(books: Books): Side {
  const { status, amount, captured, fees, disputed, transactionId } = books;
  return {
    status,
    amount,
    currencyCode: books.currency,
    captured,
    refunded: refundedBy(books),
    fees,
    disputed,
    transactionId,
  };
}

export function sideOfProvider(theirs: ProviderTransaction): Side {
  const { status, amount, currency, captured, refunded, fees, disputed, transactionId } = theirs;
  return { status, amount, currencyCode: currency, captured, refunded, fees, disputed, transactionId };
}

/** The shop's side of a payment that it has no record of. */
export function noSide(currencyCode: string): Side {
  return {
    status: 'none',
    amount: 0,
    currencyCode,
    captured: 0,
    refunded: 0,
    fees: null,
    disputed: false,
    transactionId: null,
  };
}

interface RefundComparison {
  /** At the provider, and unknown to the shop. */
  readonly elsewhere: readonly { readonly amount: number; readonly refundId: string | null }[];
  /** Done for the shop, and not at the provider. */
  readonly missing: readonly { readonly refund: BookedRefund; readonly amount: number }[];
}

/** Refunds are the same where the reference is, or the provider's id; a failed one moves nothing. */
export function compareRefunds(
  { refunds, overdue }: Pick<Books, 'refunds' | 'overdue'>,
  theirs: Pick<ProviderTransaction, 'refunds' | 'refunded'>,
): RefundComparison {
  const given = theirs.refunds.filter(({ status }) => status !== 'failed');
  const elsewhere: { amount: number; refundId: string | null }[] = [];
  const missing: { refund: BookedRefund; amount: number }[] = [];
  let left = [...refunds];
  for (const { refundId, reference, amount } of given) {
    const isSame = (ours: BookedRefund) => ours.reference === reference || ours.transactionId === refundId;
    const same = left.filter(isSame);
    left = left.filter(ours => !isSame(ours));
    // What the shop does not know the end of is found out by asking, not by staff.
    if (same.some(isOpen)) continue;
    const alike = same.filter(alive);
    const more = amount - sum(alike);
    if (more > 0) elsewhere.push({ amount: more, refundId });
    if (more < 0) missing.push({ refund: alike[0]!, amount: -more });
  }
  for (const refund of left) {
    const late = overdue || refund.status === 'succeeded';
    if (alive(refund) && late) missing.push({ refund, amount: refund.amount });
  }
  return withUnlisted({ elsewhere, missing }, theirs.refunded - sum(given));
}

/** A provider may know more of the sum than it lists: that first makes up for what is missing. */
function withUnlisted({ elsewhere, missing }: RefundComparison, unlisted: number): RefundComparison {
  let open = Math.max(0, unlisted);
  const left = missing.flatMap(({ refund, amount }) => {
    const covered = Math.min(open, amount);
    open -= covered;
    return covered === amount ? [] : [{ refund, amount: amount - covered }];
  });
  return {
    elsewhere: open > 0 ? [...elsewhere, { amount: open, refundId: null }] : elsewhere,
    missing: left,
  };
}

const LET_GO: readonly PaymentStatus[] = ['cancelled', 'failed'];

/** What a provider holds of a payment: reserved, or taken and not given back. */
export function heldBy({ status, capturable, captured, refunded }: ProviderTransaction): number {
  return (status === 'authorized' ? capturable : 0) + Math.max(0, captured - refunded);
}

/**
 * Where the two sides of a payment say different things. Nothing where they agree, or where the shop finds out by
 * itself what it does not know yet.
 *
 * @param theirs null where the provider knows of no such payment; undefined where it cannot be asked
 */
export function compare(books: Books, theirs: ProviderTransaction | null | undefined): Difference[] {
  if (theirs === undefined) return withoutAnswer(books);
  if (books.stranded && theirs !== null && heldBy(theirs) > 0) {
    return [{ kind: 'stranded', amount: heldBy(theirs) }];
  }
  if (isUndecided(books.status)) return [];
  const holds = books.status === 'authorized' || books.captured > 0;
  if (theirs === null) {
    const amount = books.captured > 0 ? books.captured - refundedBy(books) : books.amount;
    return holds ? [{ kind: 'missing_at_provider', amount }] : [];
  }
  if (theirs.currency !== books.currency) return [{ kind: 'amount_differs', amount: theirs.amount }];
  const found: Difference[] = [];
  const differ = (kind: DifferenceKind, amount: number) => amount > 0 && found.push({ kind, amount });
  if (holds) differ('amount_differs', Math.abs(theirs.amount - books.amount));
  differ('captured_elsewhere', theirs.captured - books.captured);
  differ('captured_less', books.captured - theirs.captured);
  if (books.status === 'authorized' && theirs.captured === 0 && LET_GO.includes(theirs.status)) {
    differ('voided_elsewhere', books.amount);
  }
  if (!holds && theirs.status === 'authorized') differ('held_at_provider', theirs.capturable);
  const refunds = compareRefunds(books, theirs);
  differ('refunded_elsewhere', sum(refunds.elsewhere));
  differ('refund_missing', sum(refunds.missing));
  if (found.length === 0 && books.orderCancelled && holds) differ('order_cancelled', heldBy(theirs));
  if (found.length === 0 && books.expiring && books.status === 'authorized') {
    differ('authorization_expiring', theirs.capturable);
  }
  return found;
}

function withoutAnswer(books: Books): Difference[] {
  if (books.stranded) return [{ kind: 'stranded', amount: books.captured || books.amount }];
  return isUndecided(books.status) && books.overdue
    ? [{ kind: 'outcome_unknown', amount: books.amount }]
    : [];
}

/** What the ledger has to hold in addition, so that it says what the provider says. Nothing where it cannot. */
export function correctionsFor(
  kind: DifferenceKind,
  books: Books,
  theirs: ProviderTransaction | null | undefined,
): Correction[] {
  switch (kind) {
    case 'captured_elsewhere':
      // Core takes the money of a payment once, when it is reserved.
      return theirs && books.paymentState === 'Authorized'
        ? [{ record: 'capture', amount: theirs.captured - books.captured }]
        : [];
    case 'refunded_elsewhere': {
      // Core gives back only what it has taken: what was captured elsewhere comes first.
      if (!theirs || theirs.captured > books.captured) return [];
      const { elsewhere } = compareRefunds(books, theirs);
      const fits = refundedBy(books) + sum(elsewhere) <= books.captured;
      return fits ? elsewhere.map(refund => ({ record: 'refund', ...refund })) : [];
    }
    case 'voided_elsewhere':
      return books.paymentState === 'Authorized' ? [{ record: 'void' }] : [];
    case 'missing_at_provider':
    case 'captured_less': {
      const nothing = theirs === null || (theirs?.captured === 0 && LET_GO.includes(theirs.status));
      const open = books.paymentState === 'Authorized' || books.paymentState === 'Settled';
      return nothing && open && refundedBy(books) === 0 ? [{ record: 'void_all' }] : [];
    }
    case 'unknown_payment':
    case 'amount_differs':
    case 'refund_missing':
    case 'held_at_provider':
    case 'order_cancelled':
    case 'authorization_expiring':
    case 'stranded':
    case 'outcome_unknown':
      return [];
  }
}

/** The books with a correction written down. */
export function corrected(books: Books, correction: Correction): Books {
  switch (correction.record) {
    case 'capture':
      return {
        ...books,
        status: 'succeeded',
        captured: books.captured + correction.amount,
        paymentState: 'Settled',
      };
    case 'refund': {
      const { amount, refundId } = correction;
      const reference = `corrected:${refundId ?? books.refunds.length}`;
      const refund = { reference, transactionId: refundId, amount, status: 'succeeded' as const };
      return { ...books, refunds: [...books.refunds, refund] };
    }
    case 'void':
    case 'void_all':
      return { ...books, status: 'cancelled', captured: 0, paymentState: 'Cancelled' };
  }
}

/** What staff may do about a difference; looking again and leaving it are always possible. */
export function actionsFor(
  kind: DifferenceKind,
  books: Books,
  theirs: ProviderTransaction | null | undefined,
): DifferenceAction[] {
  const actions: DifferenceAction[] = [];
  if (correctionsFor(kind, books, theirs).length > 0) actions.push('ACCEPT_PROVIDER');
  if (theirs !== undefined) actions.push(...atProvider(kind, books, theirs));
  if (kind === 'outcome_unknown') actions.push('DECIDE_MOVED', 'DECIDE_NOT_MOVED');
  if (kind === 'stranded' && theirs === undefined) actions.push('DECIDE_MOVED');
  if (theirs !== undefined) actions.push('CHECK_AGAIN');
  // An unknown outcome keeps the order from being paid: somebody has to find out.
  if (kind !== 'outcome_unknown') actions.push('IGNORE');
  return actions;
}

function atProvider(
  kind: DifferenceKind,
  books: Books,
  theirs: ProviderTransaction | null,
): DifferenceAction[] {
  if (theirs === null) return [];
  const refundable = theirs.captured - theirs.refunded;
  switch (kind) {
    case 'stranded':
    case 'order_cancelled':
    case 'unknown_payment':
      if (theirs.status === 'authorized') return ['VOID'];
      return refundable > 0 ? ['REFUND'] : [];
    case 'held_at_provider':
      return ['VOID'];
    case 'authorization_expiring':
      return ['CAPTURE', 'VOID'];
    case 'captured_elsewhere':
      return books.paymentState === 'Authorized' || refundable <= 0 ? [] : ['REFUND'];
    case 'captured_less':
      return theirs.captured === 0 && theirs.capturable >= books.captured ? ['CAPTURE'] : [];
    case 'refund_missing':
      return sum(compareRefunds(books, theirs).missing) <= refundable ? ['REFUND'] : [];
    case 'missing_at_provider':
    case 'amount_differs':
    case 'refunded_elsewhere':
    case 'voided_elsewhere':
    case 'outcome_unknown':
      return [];
  }
}

/**
 * Refunds that came to nothing and that nobody has made anew: the customer waits for the money.
 *
 * @param refunds of one payment, the oldest first
 */
export function givenUp<T extends Pick<BookedRefund, 'amount' | 'status'>>(refunds: readonly T[]): T[] {
  const made = refunds.map(
    ({ status }) => status === 'succeeded' || status === 'processing' || status === 'pending',
  );
  const used = new Set<number>();
  return refunds.filter(({ amount, status }, index) => {
    if (status !== 'failed') return false;
    const later = refunds.findIndex(
      (other, at) => at > index && made[at] === true && !used.has(at) && other.amount === amount,
    );
    if (later >= 0) used.add(later);
    return later < 0;
  });
}

/** Whether both sides are as they were: what staff have left alone comes up again only if one of them changes. */
export function sameSides(
  a: { readonly ours: Side; readonly theirs: Side | null },
  b: { readonly ours: Side; readonly theirs: Side | null },
): boolean {
  return sameSide(a.ours, b.ours) && sameSide(a.theirs, b.theirs);
}

const COMPARED = ['status', 'amount', 'currencyCode', 'captured', 'refunded', 'transactionId'] as const;

function sameSide(a: Side | null, b: Side | null): boolean {
  if (a === null || b === null) return a === b;
  return COMPARED.every(field => a[field] === b[field]);
}

const DAY_MS = 86_400_000;

/** When a payment is compared again although nothing was heard of it (days after the comparison before). */
const AGAIN_AFTER_DAYS = [1, 3, 7, 14, 30, 60, 90] as const;

/**
 * When a payment that agrees is compared again: soon and then ever less often; null once nothing can come any more.
 * What was done by hand on the provider's pages is found so, also when its message was lost.
 *
 * @param ageMs since the payment was made
 */
export function compareAgainMs(books: Pick<Books, 'status' | 'captured'>, ageMs: number): number | null {
  if (isUndecided(books.status)) return DAY_MS / 24;
  const over = (books.status === 'failed' || books.status === 'cancelled') && books.captured === 0;
  // A reservation ends within a week, and has to be seen when it does.
  if (books.status === 'authorized') return DAY_MS;
  let reached = 0;
  for (const days of AGAIN_AFTER_DAYS) {
    reached += days * DAY_MS;
    if (over && reached > DAY_MS) return null;
    if (ageMs < reached) return Math.max(reached - ageMs, DAY_MS / 24);
  }
  return null;
}
