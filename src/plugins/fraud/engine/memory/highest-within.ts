import type { AttemptRow } from './attempt-row';

/**
 * The highest amount within a window. It moves along with the questions and keeps only rows that no later one outdoes; a
 * question about an earlier moment starts from the first row.
 */
export class HighestWithin {
  /** Indexes of rows, the highest amount first. */
  private best: number[] = [];
  private end = 0;
  private askedAt = -Infinity;

  constructor(private readonly span: number) {}

  /** Rows before this index are gone, or rows are not the same as before: all is looked at again. */
  reset(): void {
    this.askedAt = Infinity;
  }

  at(rows: readonly AttemptRow[], at: number): number | null {
    if (at < this.askedAt) {
      this.best = [];
      this.end = 0;
    }
    this.askedAt = at;
    while (this.end < rows.length && (rows[this.end] as AttemptRow).at < at) this.enter(rows, this.end++);
    const from = at - this.span;
    let gone = 0;
    while (gone < this.best.length && (rows[this.best[gone] as number] as AttemptRow).at < from) gone++;
    if (gone > 0) this.best.splice(0, gone);
    return this.best.length > 0 ? amountAt(rows, this.best[0] as number) : null;
  }

  private enter(rows: readonly AttemptRow[], index: number): void {
    const amount = amountAt(rows, index);
    if (amount === null) return;
    const { best } = this;
    while (best.length > 0 && (amountAt(rows, best[best.length - 1] as number) as number) <= amount)
      best.pop();
    best.push(index);
  }
}

function amountAt(rows: readonly AttemptRow[], index: number): number | null {
  return (rows[index] as AttemptRow).amount;
}
