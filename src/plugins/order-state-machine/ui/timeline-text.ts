import type { Effect, EffectState, Paper, Status, Step, TimelineOrder, Trigger } from './timeline.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StateText {
  tone: Tone;
  text: string;
}

const STATUSES: Record<Status, string> = {
  pending: 'Cart',
  payment_pending: 'Awaiting payment',
  payment_confirmed: 'Paid',
  processing: 'In preparation',
  ready_to_ship: 'Ready to ship',
  shipped: 'Shipped',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
  returned: 'Returned',
  refunded: 'Refunded',
};

export function statusName(status: Status): string {
  return STATUSES[status];
}

/** As something that staff do. A shop may have triggers of its own: these are named by their words. */
const TRIGGERS: Record<string, string> = {
  initiate_payment: 'Go to payment',
  payment_success: 'Confirm the payment',
  start_fulfillment: 'Start preparation',
  items_picked: 'Items are picked',
  package_dispatched: 'Dispatch',
  delivery_confirmed: 'Confirm delivery',
  return_to_cart: 'Back to the cart',
  cancel: 'Cancel the order',
  return: 'Goods came back',
  refund: 'Close as refunded',
};

export function triggerName(trigger: string): string {
  return TRIGGERS[trigger] ?? words(trigger);
}

/** As something that has happened, with what the platform does by itself. */
const STEPS: Record<string, string> = {
  create: 'Created',
  initiate_payment: 'Went to the payment',
  payment_authorized: 'Payment authorized',
  payment_success: 'Payment received',
  start_fulfillment: 'Preparation started',
  items_picked: 'Items picked',
  package_dispatched: 'Dispatched',
  delivery_confirmed: 'Delivery confirmed',
  return_to_cart: 'Went back to the cart',
  cancel: 'Cancelled',
  return: 'Goods came back',
  refund: 'Refunded',
  modify: 'Opened for changes',
  modification_done: 'Changes finished',
  request_additional_payment: 'More to pay',
};

export function stepName(trigger: string): string {
  return STEPS[trigger] ?? words(trigger);
}

/** `create_shipping_label` as `Create shipping label`. */
export function words(code: string): string {
  const text = code.replace(/[_-]+/g, ' ').trim();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Why a trigger cannot be fired now, though the order's status has it. */
export function reasonsOf(trigger: Pick<Trigger, 'reasons'>): string {
  return trigger.reasons.map(({ reason }) => reason).join(' ');
}

/** Why those cannot be fired that the order's status does not have. */
export function noSuchStep(order: Pick<TimelineOrder, 'lifecycleStatus' | 'state'>): string {
  return `There is no such step from “${statusName(order.lifecycleStatus)}” (${order.state}):`;
}

const EFFECTS: Record<EffectState, StateText> = {
  waiting: { tone: 'neutral', text: 'Waiting' },
  requested: { tone: 'neutral', text: 'Queued' },
  running: { tone: 'warning', text: 'Running' },
  done: { tone: 'success', text: 'Done' },
  not_needed: { tone: 'neutral', text: 'Not needed' },
  failed: { tone: 'error', text: 'Failed' },
  unknown: { tone: 'warning', text: 'Outcome unknown' },
  skipped: { tone: 'neutral', text: 'Skipped' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
};

export function effectState(state: EffectState): StateText {
  return EFFECTS[state];
}

const HOLDS: Record<string, StateText> = {
  active: { tone: 'warning', text: 'Held' },
  consumed: { tone: 'success', text: 'Paid for' },
  released: { tone: 'neutral', text: 'Released' },
  expired: { tone: 'neutral', text: 'Expired' },
};

/** A hold whose time has passed keeps nothing any more, also before somebody tidies it up. */
export function holdState(hold: { state: string; expiresAt: string }, now: Date): StateText {
  const over = hold.state === 'active' && new Date(hold.expiresAt) <= now;
  const state = over ? 'expired' : hold.state;
  return HOLDS[state] ?? { tone: 'neutral', text: words(state) };
}

const PARCELS: Record<string, Tone> = { Shipped: 'success', Delivered: 'success', Pending: 'warning' };

export function parcelState(state: string): StateText {
  return { tone: PARCELS[state] ?? 'neutral', text: state };
}

const PICK_LISTS: Record<string, StateText> = {
  open: { tone: 'warning', text: 'To be picked' },
  picked: { tone: 'success', text: 'Picked' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
};

export function pickListState(state: string): StateText {
  return PICK_LISTS[state] ?? { tone: 'neutral', text: words(state) };
}

/** Whether a paper can be used. An empty one has lost what it was about: its person is forgotten. */
export function paperState({ voidedAt, size }: Pick<Paper, 'voidedAt' | 'size'>): StateText {
  if (voidedAt !== null) return { tone: 'error', text: 'Void: do not use' };
  return size === 0 ? { tone: 'neutral', text: 'Erased' } : { tone: 'success', text: 'Good' };
}

export function paperName({ kind }: Pick<Paper, 'kind'>): string {
  return kind === 'label' ? 'Shipping label' : 'Packing list';
}

/** Who made a step: staff by name, where the order's history knows it. */
export function actorName({ kind, userId }: Step['actor'], staff: ReadonlyMap<string, string>): string {
  if (kind === 'customer') return 'the customer';
  if (kind === 'system') return 'the shop';
  return (userId === null ? undefined : staff.get(userId)) ?? `staff (user ${userId ?? 'unknown'})`;
}

/** The names of staff by their users' ids. */
export function staffNames(order: Pick<TimelineOrder, 'history'>): Map<string, string> {
  return new Map(
    order.history.items.flatMap(({ administrator }) =>
      administrator === null
        ? []
        : [[administrator.user.id, `${administrator.firstName} ${administrator.lastName}`.trim()] as const],
    ),
  );
}

/** The name of what an effect does, with what it takes back. */
export function effectName({ action, compensation }: Pick<Effect, 'action' | 'compensation'>): string {
  return compensation ? `Take back: ${words(action).toLowerCase()}` : words(action);
}

/** What an effect says of its work, one fact in each item: `tracking number: 123`. */
export function resultFacts(result: unknown): string[] {
  if (typeof result !== 'object' || result === null) return [];
  return Object.entries(result).map(([name, value]) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return `${spaced(name)}: ${text}`;
  });
}

function spaced(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
}

/** `2 effects`, `1 effect`. */
export function count(number: number, word: string, plural = `${word}s`): string {
  return `${number.toLocaleString()} ${number === 1 ? word : plural}`;
}
