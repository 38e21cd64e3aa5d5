import type { Figures, LedgerKind, OverviewRow, PickListState, RecountRow } from './stock.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export interface StateText {
  tone: Tone;
  text: string;
}

/** What a row of the overview says of itself in a word. */
export function stockState(row: Pick<OverviewRow, 'tracked' | 'saleable' | 'low'>): StateText {
  if (!row.tracked) return { tone: 'neutral', text: 'Not tracked' };
  if (row.saleable <= 0) return { tone: 'error', text: row.low ? 'Sold out, low' : 'Sold out' };
  return row.low ? { tone: 'warning', text: 'Low' } : { tone: 'success', text: 'In stock' };
}

/** At how many units it is low, and who said so. */
export function thresholdText(row: Pick<OverviewRow, 'threshold' | 'ownThreshold'>): string {
  if (row.threshold === null) return 'not set';
  return row.ownThreshold ? row.threshold.toLocaleString() : `${row.threshold.toLocaleString()} (default)`;
}

/** The threshold that was typed: a number, nothing for the shop's default, or why it cannot be. */
export function typedThreshold(text: string): { threshold: number | null } | { problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { threshold: null };
  const threshold = Number(trimmed);
  if (!Number.isInteger(threshold) || threshold < 0 || threshold > MAX_INT) {
    return { problem: 'Give a whole number from 0, or nothing for the default.' };
  }
  return { threshold };
}

/** As much as GraphQL's Int holds. */
const MAX_INT = 2_147_483_647;

const KINDS: Record<LedgerKind, string> = {
  ALLOCATION: 'Allocated to a paid order',
  SALE: 'Sent',
  RELEASE: 'Allocation released',
  CANCELLATION: 'Came back',
  ADJUSTMENT: 'Adjusted by staff',
  HOLD_PLACED: 'Held for a checkout',
  HOLD_CONSUMED: 'Hold paid for',
  HOLD_RELEASED: 'Hold released',
  HOLD_EXPIRED: 'Hold expired',
};

export const LEDGER_KINDS = Object.keys(KINDS) as LedgerKind[];

export function ledgerKind(kind: LedgerKind): string {
  return KINDS[kind];
}

const FIGURES: ReadonlyArray<readonly [keyof Figures, string]> = [
  ['onHand', 'on hand'],
  ['allocated', 'allocated'],
  ['held', 'held'],
];

/** `on hand −2, allocated −2`: only what changed. */
export function changeText(change: Figures): string {
  const parts = FIGURES.filter(([figure]) => change[figure] !== 0).map(
    ([figure, name]) => `${name} ${signed(change[figure])}`,
  );
  return parts.length === 0 ? 'nothing counted' : parts.join(', ');
}

/** With a true minus: a hyphen is easily overlooked in front of a number. */
export function signed(value: number): string {
  const digits = Math.abs(value).toLocaleString();
  return value < 0 ? `−${digits}` : value > 0 ? `+${digits}` : digits;
}

/** How long something still runs: the minutes, or the seconds of the last one. */
export function remaining(until: string, now: Date): string {
  const seconds = Math.ceil((Date.parse(until) - now.getTime()) / 1000);
  if (seconds <= 0) return 'over';
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 120) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Math.round(minutes / 60)} hours`;
}

const PICK_LISTS: Record<PickListState, StateText> = {
  open: { tone: 'warning', text: 'To be picked' },
  picked: { tone: 'success', text: 'Picked' },
  cancelled: { tone: 'neutral', text: 'Cancelled' },
};

export const PICK_LIST_STATES = Object.keys(PICK_LISTS) as PickListState[];

export function pickListState(state: PickListState): StateText {
  return PICK_LISTS[state];
}

/** The sentence about a count. */
export function recountText(rows: readonly RecountRow[]): StateText {
  const differing = rows.filter(({ differs }) => differs).length;
  const places = rows.length === 1 ? '1 stock level' : `${rows.length.toLocaleString()} stock levels`;
  if (differing === 0) return { tone: 'success', text: `${places} counted: all agree with their movements.` };
  return {
    tone: 'error',
    text: `${places} counted: ${differing.toLocaleString()} ${differing === 1 ? 'differs' : 'differ'} from the movements.`,
  };
}
