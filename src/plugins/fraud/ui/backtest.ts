import type { Backtest, BacktestState, Cell, Count, Figures } from './backtest.query';
import type { Recommendation } from './review.query';
import { lastDays } from './statistics';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export const RECOMMENDED: readonly Recommendation[] = ['approve', 'review', 'decline'];

export function isGoing({ state }: Pick<Backtest, 'state'>): boolean {
  return state === 'queued' || state === 'running';
}

export const STATES: Record<BacktestState, { tone: Tone; text: string }> = {
  queued: { tone: 'neutral', text: 'Waits for a worker' },
  running: { tone: 'neutral', text: 'Runs' },
  done: { tone: 'success', text: 'Done' },
  failed: { tone: 'error', text: 'Failed' },
  cancelled: { tone: 'neutral', text: 'Stopped' },
};

/** One row of the matrix for what was decided then, with a cell for each that is decided now. */
export interface MatrixRow {
  then: Recommendation;
  cells: Array<{ now: Recommendation; all: number; fraud: number; good: number; same: boolean }>;
  all: number;
}

export function matrixOf(cells: readonly Cell[]): MatrixRow[] {
  return RECOMMENDED.map(then => {
    const row = RECOMMENDED.map(now => {
      const cell = cells.find(each => each.then === then && each.now === now);
      return {
        now,
        all: cell?.all.attempts ?? 0,
        fraud: cell?.fraud.attempts ?? 0,
        good: cell?.good.attempts ?? 0,
        same: then === now,
      };
    });
    return { then, cells: row, all: row.reduce((sum, { all }) => sum + all, 0) };
  });
}

/** A figure as it was and as it is now. */
export interface Compared {
  name: string;
  then: Count;
  now: Count;
  /** More of it now, or less. */
  change: number;
  /** Whether the change is for the better; nothing where there is none, or where it is neither. */
  better: boolean | undefined;
}

const FIGURES: ReadonlyArray<{ field: keyof Figures; name: string; more: 'good' | 'bad' | 'neither' }> = [
  { field: 'fraudsCaught', name: 'Frauds caught', more: 'good' },
  { field: 'fraudsMissed', name: 'Frauds missed', more: 'bad' },
  { field: 'goodLost', name: 'Good orders lost (declined)', more: 'bad' },
  { field: 'goodReviewed', name: 'Good orders reviewed', more: 'bad' },
  { field: 'approved', name: 'Approved', more: 'neither' },
  { field: 'reviewed', name: 'Reviewed', more: 'neither' },
  { field: 'declined', name: 'Declined', more: 'neither' },
];

export function comparedOf(then: Figures, now: Figures): Compared[] {
  return FIGURES.map(({ field, name, more }) => {
    const change = now[field].attempts - then[field].attempts;
    return {
      name,
      then: then[field],
      now: now[field],
      change,
      better: change === 0 || more === 'neither' ? undefined : change > 0 === (more === 'good'),
    };
  });
}

/** Such as `+3`. */
export function changeText(change: number): string {
  if (change === 0) return 'same';
  return `${change > 0 ? '+' : '−'}${Math.abs(change).toLocaleString()}`;
}

export const MAX_DAYS = 366;

/** So many days up to now; nothing where it is no number of days. */
export function periodOf(days: string, now: Date): { from: string; to: string } | undefined {
  const count = /^\s*\d{1,3}\s*$/.test(days) ? Number(days) : 0;
  if (count < 1 || count > MAX_DAYS) return undefined;
  return lastDays(count, now);
}
