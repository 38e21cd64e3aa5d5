import type {
  CaseClosing,
  CaseEntry,
  CaseStatus,
  DecisionPart,
  Facts,
  LinkKind,
  Override,
  Person,
  QueueCase,
  Queue,
  Recommendation,
} from './review.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StateText {
  tone: Tone;
  text: string;
}

export const RECOMMENDATIONS: Record<Recommendation, StateText> = {
  approve: { tone: 'success', text: 'Approve' },
  review: { tone: 'warning', text: 'Review' },
  decline: { tone: 'error', text: 'Decline' },
};

export const QUEUES: Record<Queue, string> = {
  open: 'Open',
  mine: 'Mine',
  unassigned: 'Held by nobody',
  due: 'Overdue',
  failed: 'Decision failed',
  ended: 'Ended',
};

const STATUSES: Record<CaseStatus, StateText> = {
  open: { tone: 'warning', text: 'Open' },
  deciding: { tone: 'neutral', text: 'Being carried out' },
  approved: { tone: 'success', text: 'Approved' },
  rejected: { tone: 'error', text: 'Rejected' },
  closed: { tone: 'neutral', text: 'Closed' },
};

const CLOSINGS: Record<CaseClosing, string> = {
  payment_gone: 'Closed: the payment is gone',
  payment_captured: 'Closed: the payment was captured elsewhere',
  order_cancelled: 'Closed: the order was cancelled elsewhere',
};

export function caseState({
  status,
  closedBecause,
  problem,
}: Pick<QueueCase, 'status' | 'closedBecause' | 'problem'>): StateText {
  if (status === 'closed' && closedBecause !== null)
    return { tone: 'neutral', text: CLOSINGS[closedBecause] };
  if (status === 'open' && problem !== null) return { tone: 'error', text: 'Decision failed' };
  return STATUSES[status];
}

/** Whether it can be decided, as far as its own state goes. */
export function isOpen({ status }: Pick<QueueCase, 'status'>): boolean {
  return status === 'open';
}

export function personName(person: Person | null): string {
  if (person === null) return 'the shop';
  return `${person.firstName} ${person.lastName}`.trim() || person.emailAddress;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** When a case is due, as seen from now. */
export function dueText(dueAt: string, now: number): StateText {
  const left = new Date(dueAt).getTime() - now;
  const text = left < 0 ? `${span(-left)} overdue` : `in ${span(left)}`;
  if (left < 0) return { tone: 'error', text };
  return { tone: left < 2 * HOUR_MS ? 'warning' : 'neutral', text };
}

function span(ms: number): string {
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min`;
  if (ms < DAY_MS) return `${Math.floor(ms / HOUR_MS)} h`;
  return `${Math.floor(ms / DAY_MS)} d`;
}

/** Points as they are: at most four places, none that are zero. */
export function points(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 4 });
}

/** Points where a glance is enough. */
export function roundPoints(value: number): string {
  return value.toLocaleString(undefined, { maximumFractionDigits: 1 });
}

export function percent(share: number | null, digits = 1): string {
  if (share === null) return '–';
  return `${(share * 100).toLocaleString(undefined, { maximumFractionDigits: digits })} %`;
}

const PART_NAMES: Record<string, string> = {
  rules: 'Rules',
  velocity: 'Velocity',
  device: 'Device',
  model: 'Model',
};

export function partName(part: string): string {
  return PART_NAMES[part] ?? part;
}

/** The codes of the scores that are the same in every shop. */
const REASONS: Record<string, string> = {
  'velocity.attempts_24h': 'Attempts in 24 hours',
  'velocity.amount_24h': 'Amount in 24 hours',
  'velocity.failures_6h': 'Failed attempts in 6 hours',
  'device.unknown': 'Unknown device',
  'device.reputation_bad': 'Device of bad reputation',
  'device.reputation_suspicious': 'Device of suspicious reputation',
  'device.spoofed': 'Signs of a forged device',
  'device.far_from_billing': 'IP address far from the billing address',
};

/** What a reason is about: its name where the API knows one, else what its code says. */
export function reasonName({ code, name }: { code: string; name: string | null }): string {
  const known = REASONS[code];
  if (known !== undefined) return known;
  if (name !== null && name !== '') return name;
  if (PART_NAMES[code] !== undefined) return 'As a whole';
  return code.replace(/^(rule|model):/, '').replace(/_/g, ' ');
}

/** Such as `count 12, limit 10`. */
export function factsText(facts: Facts): string {
  return Object.entries(facts ?? {})
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ');
}

export function valueText(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'number') return value.toLocaleString(undefined, { maximumFractionDigits: 4 });
  return value;
}

/** What a part has said. */
export function partText({ score, missing }: DecisionPart): string {
  return score === null ? `Missing: ${missing ?? 'not told'}` : points(score);
}

const OVERRIDES: Record<string, string> = {
  block_rule: 'Declined by the rule',
  review_rule: 'Sent to review by the rule',
  allow_rule: 'Approved by the rule',
  block_list: 'Declined by the list',
  allow_list: 'Approved by the list',
};

export function overrideText({ kind, source, name }: Override): string {
  if (kind === 'ceiling') return `The score is above 80: “${name ?? source}” cannot lift it`;
  if (kind === 'fail_limit') return 'Nothing could be scored: the limit for such payments decided';
  return `${OVERRIDES[kind] ?? kind} “${name ?? source}”`;
}

const LINKS: Record<LinkKind, string> = {
  customer: 'customer',
  email: 'e-mail address',
  ip: 'IP address',
  network: 'network',
  device: 'device',
  card: 'card',
  address: 'shipping address',
};

/** What two orders have in common. */
export function linksText(links: readonly LinkKind[]): string {
  return `same ${links.map(link => LINKS[link] ?? link).join(', ')}`;
}

const SOURCES: Record<string, string> = {
  dispute: 'a dispute',
  staff: 'staff',
  fraud_refund: 'a refund for fraud',
  fraud_warning: 'an early fraud warning',
  matured: 'nothing bad in time',
};

export function outcomeState(fraud: boolean | null, source: string | null): StateText | undefined {
  if (fraud === null) return undefined;
  const by = source === null ? '' : ` (${SOURCES[source] ?? source})`;
  return fraud ? { tone: 'error', text: `Fraud${by}` } : { tone: 'success', text: `Good${by}` };
}

const ENTRIES: Record<string, string> = {
  opened: 'Came into the queue',
  scored: 'Scored anew',
  assigned: 'Taken',
  taken_over: 'Taken over',
  released: 'Let go',
  noted: 'Note written',
  deciding: 'Decided, being carried out',
  failed: 'Decision could not be carried out',
  approved: 'Approved',
  rejected: 'Rejected',
  closed: 'Closed',
  due: 'Overdue: reported',
};

export function entryText({ kind }: Pick<CaseEntry, 'kind'>): string {
  return ENTRIES[kind] ?? kind;
}

export function count(number: number, word: string): string {
  return `${number.toLocaleString()} ${word}${number === 1 ? '' : 's'}`;
}
