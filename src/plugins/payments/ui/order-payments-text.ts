import type { Attempt, AttemptEntry, AttemptStatus } from './order-payments.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StateText {
  tone: Tone;
  text: string;
}

const KINDS: Record<Attempt['kind'], string> = {
  authorize: 'Payment',
  capture: 'Capture',
  void: 'Void',
  refund: 'Refund',
};

export function kindName(kind: Attempt['kind']): string {
  return KINDS[kind];
}

const STATUSES: Record<AttemptStatus, StateText> = {
  open: { tone: 'warning', text: 'Nothing heard yet' },
  pending: { tone: 'neutral', text: 'Waits for the shopper' },
  processing: { tone: 'neutral', text: 'Provider is at work' },
  authorized: { tone: 'success', text: 'Reserved' },
  succeeded: { tone: 'success', text: 'Done' },
  failed: { tone: 'error', text: 'Failed' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
  unknown: { tone: 'warning', text: 'Outcome unknown' },
};

const DONE: Record<Attempt['kind'], string> = {
  authorize: 'Captured',
  capture: 'Captured',
  void: 'Voided',
  refund: 'Given back',
};

/** How an attempt stands. That a void ends as cancelled is what was asked for. */
export function attemptState({ kind, status }: Pick<Attempt, 'kind' | 'status'>): StateText {
  if (status === 'succeeded' || (kind === 'void' && status === 'cancelled')) {
    return { tone: 'success', text: DONE[kind] };
  }
  if (kind === 'authorize' && status === 'cancelled') return { tone: 'neutral', text: 'Voided or expired' };
  return STATUSES[status];
}

/** What was reported, in words. */
export function statusText(status: AttemptStatus): string {
  return STATUSES[status].text.toLowerCase();
}

/** What the shop has made of it; nothing where there is nothing to say. */
export function dispositionState({
  disposition,
  status,
}: Pick<Attempt, 'disposition' | 'status'>): StateText | undefined {
  switch (disposition) {
    case 'none':
      return status === 'authorized' || status === 'succeeded'
        ? { tone: 'warning', text: 'Not in the order yet' }
        : undefined;
    case 'applied':
      return undefined;
    case 'stranded':
      return { tone: 'error', text: 'No order can take it' };
    case 'returned':
      return { tone: 'neutral', text: 'Returned' };
  }
}

const FAILURES: Record<string, string> = {
  declined: 'Declined',
  unavailable: 'The provider never acted on it',
  invalid: 'Not possible',
};

/** Why it failed, with the provider's code: `Declined (card_declined): Your card was declined.` */
export function failureText({
  failureKind,
  failureCode,
  failureMessage,
}: Pick<Attempt, 'failureKind' | 'failureCode' | 'failureMessage'>): string | undefined {
  if (failureKind === null && failureCode === null && failureMessage === null) return undefined;
  const kind = failureCode === DECIDED ? 'Decided by staff' : (FAILURES[failureKind ?? ''] ?? 'Failed');
  const code = failureCode === null || failureCode === DECIDED ? '' : ` (${failureCode})`;
  return `${kind}${code}${failureMessage === null ? '' : `: ${failureMessage}`}`;
}

/** The code of what staff have decided, whichever way. */
const DECIDED = 'decided_by_staff';

const ENTRIES: Record<string, string> = {
  started: 'Written down, then the provider was asked',
  answered: 'The provider answered',
  asked: 'The provider was asked again',
  applied: 'Entered in the order',
  stranded: 'No order could take it',
  returned: 'Returned',
  decided: 'Decided by staff',
  assessed: 'The risk was judged',
};

export function entryName({ kind }: Pick<AttemptEntry, 'kind'>): string {
  return ENTRIES[kind] ?? words(kind);
}

const PAYMENT_STATES: Record<string, StateText> = {
  Created: { tone: 'neutral', text: 'Created' },
  Authorized: { tone: 'warning', text: 'Reserved' },
  Settled: { tone: 'success', text: 'Settled' },
  Declined: { tone: 'error', text: 'Declined' },
  Error: { tone: 'error', text: 'Failed' },
  Cancelled: { tone: 'neutral', text: 'Cancelled' },
};

/** The state of the platform's payment. */
export function paymentState(state: string): StateText {
  return PAYMENT_STATES[state] ?? { tone: 'neutral', text: words(state) };
}

/** `refund_failed` as `Refund failed`. */
export function words(code: string): string {
  const text = code.replace(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `2 attempts`, `1 attempt`. */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number.toLocaleString()} ${number === 1 ? word : plural}`;
}
