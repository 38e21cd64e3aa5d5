import {
  WINDOWS,
  type EntityHistory,
  type EntityKind,
  type WindowCounts,
  type WindowName,
} from '../../types';
import { knownAt, type AttemptRow, type AttemptStatus } from './attempt-row';
import { DistinctWindows } from './distinct-windows';
import { HighestWithin } from './highest-within';
import { OutcomeTimeline } from './outcome-timeline';
import { firstFrom, Timeline } from './timeline';

const NAMES = Object.keys(WINDOWS) as WindowName[];
const LONGEST = Math.max(...Object.values(WINDOWS));
/** Amounts are summed as whole ten-thousandths: sums of floats depend on their order. */
const FINE = 10_000;

/** The attempts of one entity: what is asked of them, as of any moment that is not older than what was forgotten. */
export class EntityLog {
  private rows: AttemptRow[] = [];
  private times: number[] = [];
  /** Of the row and all before it. */
  private sums: number[] = [];
  private squares: number[] = [];
  private highest: (number | null)[] = [];
  private forgotten = 0;
  private forgottenSum = 0;
  private forgottenSquares = 0;
  private forgottenHighest: number | null = null;
  private firstAt: number | null = null;
  private readonly failures = new Timeline();
  private readonly orders = new Timeline();
  private readonly good = new OutcomeTimeline();
  private readonly bad = new OutcomeTimeline();
  private readonly highestOfWeek = new HighestWithin(WINDOWS['7d']);
  private readonly distinct: DistinctWindows;

  constructor(kind: EntityKind) {
    this.distinct = new DistinctWindows(kind);
  }

  add(row: AttemptRow): void {
    let index = this.rows.length;
    while (index > 0 && (this.times[index - 1] as number) > row.at) index--;
    if (index === this.rows.length) {
      this.rows.push(row);
      this.times.push(row.at);
    } else {
      this.rows.splice(index, 0, row);
      this.times.splice(index, 0, row.at);
      this.distinct.reset();
      this.highestOfWeek.reset();
    }
    for (let place = index; place < this.rows.length; place++) this.sumUp(place);
    if (this.firstAt === null || row.at < this.firstAt) this.firstAt = row.at;
    this.count(row.status, row.at, 1);
    if (row.outcome) this.learn(row, 1);
  }

  /** Undoes `add`, unless the row is forgotten already. */
  remove(row: AttemptRow): void {
    const index = this.rows.indexOf(row, firstFrom(this.times, row.at));
    if (index < 0) return;
    this.rows.splice(index, 1);
    this.times.splice(index, 1);
    this.sums.length = this.squares.length = this.highest.length = index;
    for (let place = index; place < this.rows.length; place++) this.sumUp(place);
    this.distinct.reset();
    this.highestOfWeek.reset();
    if (index === 0 && this.forgotten === 0) this.firstAt = this.times[0] ?? null;
    this.count(row.status, row.at, -1);
    this.learn(row, -1);
  }

  /** Before and after a change of the row's status. */
  count(status: AttemptStatus, at: number, by: 1 | -1): void {
    const timeline = status === 'failed' ? this.failures : status === 'ordered' ? this.orders : undefined;
    if (by === 1) timeline?.add(at);
    else timeline?.remove(at);
  }

  /** After a new outcome of the row, and before it loses one. */
  learn(row: AttemptRow, by: 1 | -1): void {
    if (!row.outcome) return;
    const timeline = row.outcome.fraud ? this.bad : this.good;
    if (by === 1) timeline.add(knownAt(row, row.outcome), row.at);
    else timeline.remove(knownAt(row, row.outcome), row.at);
  }

  forgetOutcomes(): void {
    this.good.clear();
    this.bad.clear();
  }

  read(at: number): EntityHistory {
    const end = firstFrom(this.times, at);
    const distinct = this.distinct.at(this.rows, at);
    const total = this.sumBefore(end);
    const windows = {} as Record<WindowName, WindowCounts>;
    for (const name of NAMES) {
      const from = at - WINDOWS[name];
      const start = firstFrom(this.times, from);
      windows[name] = {
        attempts: end - start,
        failures: this.failures.countBetween(from, at),
        orders: this.orders.countBetween(from, at),
        amount: (total - this.sumBefore(start)) / FINE,
        distinct: distinct[name],
      };
    }
    const last = end > 0 ? (this.rows[end - 1] as AttemptRow) : undefined;
    const fraud = this.bad.spanBefore(at);
    const outcomes = (span: number) => ({
      good: this.good.countBetween(at - span, at),
      bad: this.bad.countBetween(at - span, at),
    });
    return {
      windows,
      attempts: this.forgotten + end,
      amount: total / FINE,
      amountSquares: end > 0 ? (this.squares[end - 1] as number) : this.forgottenSquares,
      firstAt: this.firstAt !== null && this.firstAt < at ? this.firstAt : null,
      lastAt: last?.at ?? null,
      lastAmount: last?.amount ?? null,
      highestAmount: this.highestBefore(end),
      highestAmountOfWeek: this.highestOfWeek.at(this.rows, at),
      lastGoodAt: this.good.spanBefore(at).last,
      firstBadAt: fraud.first,
      lastBadAt: fraud.last,
      ...(last?.latitude !== undefined && last.longitude !== undefined
        ? { lastLocation: { latitude: last.latitude, longitude: last.longitude } }
        : {}),
      outcomes: {
        '7d': outcomes(WINDOWS['7d']),
        '30d': outcomes(WINDOWS['30d']),
        all: { good: this.good.countBefore(at), bad: this.bad.countBefore(at) },
      },
    };
  }

  /** Keeps totals only of what is before the longest window that ends then. At least one row stays: the last one. */
  forgetBefore(at: number): void {
    const from = at - LONGEST;
    for (const timeline of [this.failures, this.orders, this.good, this.bad]) timeline.forgetBefore(from);
    const count = Math.min(firstFrom(this.times, from), this.rows.length - 1);
    if (count < 256 || count < this.rows.length / 2) return;
    this.forgotten += count;
    this.forgottenSum = this.sums[count - 1] as number;
    this.forgottenSquares = this.squares[count - 1] as number;
    this.forgottenHighest = this.highestBefore(count);
    this.distinct.at(this.rows, at);
    this.distinct.forget(count);
    this.rows = this.rows.slice(count);
    this.times = this.times.slice(count);
    this.sums = this.sums.slice(count);
    this.squares = this.squares.slice(count);
    this.highest = this.highest.slice(count);
    this.highestOfWeek.reset();
  }

  private sumUp(place: number): void {
    const known = (this.rows[place] as AttemptRow).amount;
    const amount = known ?? 0;
    const before = this.highestBefore(place);
    this.highest[place] = known === null || (before !== null && before > known) ? before : known;
    this.sums[place] = this.sumBefore(place) + Math.round(amount * FINE);
    this.squares[place] =
      (place > 0 ? (this.squares[place - 1] as number) : this.forgottenSquares) + amount * amount;
  }

  private highestBefore(place: number): number | null {
    return place > 0 ? (this.highest[place - 1] ?? null) : this.forgottenHighest;
  }

  private sumBefore(place: number): number {
    return place > 0 ? (this.sums[place - 1] as number) : this.forgottenSum;
  }
}
