import type { DifferenceAction, DifferenceKind, Dispute, Resolution, Run } from './reconciliation.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StateText {
  tone: Tone;
  text: string;
}

export interface KindText {
  name: string;
  meaning: string;
}

/** In the order in which a filter offers them. */
export const KINDS: Readonly<Record<DifferenceKind, KindText>> = {
  unknown_payment: {
    name: 'Unknown payment',
    meaning: 'The provider tells of a payment that the shop has no record of.',
  },
  missing_at_provider: {
    name: 'Missing at the provider',
    meaning: 'The shop says that money is reserved or was taken. The provider knows of no such payment.',
  },
  amount_differs: {
    name: 'Another amount',
    meaning: 'The provider’s payment is of another amount or currency than the shop asked for.',
  },
  captured_elsewhere: {
    name: 'Captured elsewhere',
    meaning: 'The provider has taken money that the shop did not ask for, perhaps by hand on its own pages.',
  },
  captured_less: {
    name: 'Captured less',
    meaning: 'The provider has taken less than the shop says.',
  },
  refunded_elsewhere: {
    name: 'Refunded elsewhere',
    meaning: 'The provider has given money back that the shop has not.',
  },
  refund_missing: {
    name: 'Refund missing',
    meaning: 'The shop says that money was given back. The provider has not done so, or its refund failed.',
  },
  voided_elsewhere: {
    name: 'Voided elsewhere',
    meaning: 'The shop says that money is reserved. The provider has let it go: voided by hand, or expired.',
  },
  held_at_provider: {
    name: 'Still reserved',
    meaning: 'The provider has money reserved that the shop has let go of.',
  },
  order_cancelled: {
    name: 'Order cancelled',
    meaning: 'The provider holds or has kept money for an order that was cancelled.',
  },
  authorization_expiring: {
    name: 'Reservation ends soon',
    meaning: 'The money is still reserved, for a day at most. Capture it, or let it go.',
  },
  stranded: {
    name: 'Stranded money',
    meaning: 'No order could take the money, and it could not be given back by itself.',
  },
  outcome_unknown: {
    name: 'Outcome unknown',
    meaning: 'Nobody heard what became of it, and the shop cannot ask its provider.',
  },
};

export interface ActionText {
  /** On the button. */
  name: string;
  /** What will happen, for the one who is about to do it. */
  meaning: string;
}

const ACTIONS: Readonly<Record<DifferenceAction, ActionText>> = {
  ACCEPT_PROVIDER: {
    name: 'Accept what the provider says',
    meaning:
      'The shop is brought to what the provider says: the capture, refund or void that was made without the shop is recorded. No money moves.',
  },
  REFUND: {
    name: 'Give the money back',
    meaning:
      'The provider gives back what is in question: what was taken too much, or all of it where no order can take it. This cannot be undone.',
  },
  VOID: {
    name: 'Let the reservation go',
    meaning: 'The provider lets go what it has reserved. This cannot be undone.',
  },
  CAPTURE: {
    name: 'Take the money',
    meaning: 'The provider takes what it has reserved.',
  },
  DECIDE_MOVED: {
    name: 'The money moved',
    meaning: 'You have seen on the provider’s own pages that the money moved.',
  },
  DECIDE_NOT_MOVED: {
    name: 'No money moved',
    meaning: 'You have seen on the provider’s own pages that no money moved.',
  },
  CHECK_AGAIN: {
    name: 'Check again',
    meaning: 'The provider is asked once more. The difference ends if both sides agree.',
  },
  IGNORE: {
    name: 'Leave it',
    meaning: 'Both sides stay as they are. It comes up again only if one of them changes.',
  },
};

/** What an action is for a kind of difference: of stranded money it is the return that staff have seen. */
export function actionText(action: DifferenceAction, kind: DifferenceKind): ActionText {
  if (kind === 'stranded' && action === 'DECIDE_MOVED') {
    return {
      name: 'It was given back',
      meaning: 'You have seen on the provider’s own pages that the money was given back.',
    };
  }
  return ACTIONS[action];
}

const RESOLUTIONS: Record<Resolution, string> = {
  agreed: 'Both sides agree again',
  accepted: 'The shop follows the provider',
  refunded: 'The money was given back',
  voided: 'The reservation was let go',
  captured: 'The money was taken',
  decided: 'Staff have found out',
  ignored: 'Left as it is',
};

export function resolutionText(resolution: Resolution | null): string {
  return resolution === null ? 'Resolved' : RESOLUTIONS[resolution];
}

export function staffName(person: { firstName: string; lastName: string } | null): string {
  return person === null ? 'the shop' : `${person.firstName} ${person.lastName}`.trim();
}

/** The words of both sides for how a payment stands. */
const STATUSES: Record<string, string> = {
  none: 'No record',
  missing: 'No such payment',
  not_asked: 'Not known',
  open: 'Nothing heard yet',
  pending: 'Waits for the shopper',
  processing: 'At work',
  authorized: 'Reserved',
  succeeded: 'Captured',
  failed: 'Failed',
  cancelled: 'Voided or expired',
  unknown: 'Outcome unknown',
};

export function sideStatus(status: string): string {
  return STATUSES[status] ?? status;
}

const DISPUTES: Record<Dispute['status'], StateText> = {
  needs_response: { tone: 'error', text: 'Needs an answer' },
  under_review: { tone: 'warning', text: 'The bank decides' },
  won: { tone: 'success', text: 'Won' },
  lost: { tone: 'neutral', text: 'Lost' },
};

export function disputeState(status: Dispute['status']): StateText {
  return DISPUTES[status];
}

const HOUR_MS = 3_600_000;

/** How long there is to answer a dispute; nothing where nobody waits for an answer. */
export function timeToAnswer(
  { status, respondBy }: Pick<Dispute, 'status' | 'respondBy'>,
  now: Date,
): StateText | undefined {
  if (status !== 'needs_response' || respondBy === null) return undefined;
  const hours = Math.floor((new Date(respondBy).getTime() - now.getTime()) / HOUR_MS);
  if (hours < 0) return { tone: 'error', text: 'Too late' };
  if (hours < 1) return { tone: 'error', text: 'Less than an hour left' };
  if (hours < 48) return { tone: 'error', text: hours === 1 ? '1 hour left' : `${hours} hours left` };
  return { tone: 'warning', text: `${Math.floor(hours / 24)} days left` };
}

const RUNS: Record<Run['state'], StateText> = {
  queued: { tone: 'neutral', text: 'Queued' },
  running: { tone: 'warning', text: 'Running' },
  done: { tone: 'success', text: 'Done' },
  failed: { tone: 'error', text: 'Failed' },
};

export function runState(state: Run['state']): StateText {
  return RUNS[state];
}

/** Whether it has not ended yet. */
export function isGoing({ state }: Pick<Run, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

export function runTrigger(trigger: string): string {
  return trigger === 'staff' ? 'Staff' : trigger === 'schedule' ? 'Schedule' : trigger;
}
