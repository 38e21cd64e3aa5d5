import { ENTITY_KINDS, WINDOWS, type EntityKind, type WindowName } from '../../types';
import type { AttemptRow } from './attempt-row';

const NAMES = Object.keys(WINDOWS) as WindowName[];
const SPANS = Object.values(WINDOWS);

/**
 * How many different counterparts an entity had in each window. The windows move along with the questions, so that each
 * row is entered once and left once by each; only a question about an earlier moment starts from the first row.
 */
export class DistinctWindows {
  private end = 0;
  private readonly starts = NAMES.map(() => 0);
  private askedAt = -Infinity;
  private readonly counters = new Map<EntityKind, Counter>();

  constructor(private readonly own: EntityKind) {}

  /** Rows before this index are gone. */
  forget(count: number): void {
    for (const counter of this.counters.values()) counter.forget(count);
    this.end -= count;
    this.starts.forEach((start, index) => (this.starts[index] = start - count));
  }

  /** Rows are not the same as before: all is counted again at the next question. */
  reset(): void {
    this.askedAt = Infinity;
  }

  at(rows: readonly AttemptRow[], at: number): Readonly<Record<WindowName, Record<string, number>>> {
    if (at < this.askedAt) this.restart();
    this.askedAt = at;
    while (this.end < rows.length && (rows[this.end] as AttemptRow).at < at) this.enter(rows);
    for (let window = 0; window < SPANS.length; window++) {
      const from = at - (SPANS[window] as number);
      let start = this.starts[window] as number;
      while (start < this.end && (rows[start] as AttemptRow).at < from) {
        for (const counter of this.counters.values()) counter.leave(window, start);
        start++;
      }
      this.starts[window] = start;
    }
    const result = {} as Record<WindowName, Record<string, number>>;
    NAMES.forEach((name, window) => {
      const counts: Record<string, number> = {};
      for (const [kind, counter] of this.counters) counts[kind] = counter.counts[window] as number;
      result[name] = counts;
    });
    return result;
  }

  private enter(rows: readonly AttemptRow[]): void {
    const index = this.end++;
    const { keys } = rows[index] as AttemptRow;
    for (const kind of ENTITY_KINDS) {
      const value = keys[kind];
      if (value === undefined || kind === this.own) continue;
      let counter = this.counters.get(kind);
      if (!counter) this.counters.set(kind, (counter = new Counter()));
      counter.enter(value, index, this.starts);
    }
  }

  private restart(): void {
    this.end = 0;
    this.starts.fill(0);
    this.counters.clear();
  }
}

/** Of one kind of counterpart: a window has a value when it has the value's last row. */
class Counter {
  readonly counts = NAMES.map(() => 0);
  private readonly last = new Map<string, number>();
  /** By row: its value, where no later row has it. */
  private readonly valueOfLast = new Map<number, string>();
  private offset = 0;

  enter(value: string, index: number, starts: readonly number[]): void {
    const place = index + this.offset;
    const before = this.last.get(value);
    if (before !== undefined) this.valueOfLast.delete(before);
    for (let window = 0; window < starts.length; window++) {
      if (before === undefined || before - this.offset < (starts[window] as number)) this.counts[window]!++;
    }
    this.last.set(value, place);
    this.valueOfLast.set(place, value);
  }

  leave(window: number, index: number): void {
    if (this.valueOfLast.has(index + this.offset)) this.counts[window]!--;
  }

  forget(count: number): void {
    for (let place = this.offset; place < this.offset + count; place++) {
      const value = this.valueOfLast.get(place);
      if (value === undefined) continue;
      this.valueOfLast.delete(place);
      this.last.delete(value);
    }
    this.offset += count;
  }
}
