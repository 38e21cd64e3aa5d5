import { firstFrom } from './timeline';

/** Attempts with one kind of outcome, by when it became known, and when the first and the last of them were made. */
export class OutcomeTimeline {
  private known: number[] = [];
  private made: number[] = [];
  /** Of the entry and all before it. */
  private first: number[] = [];
  private last: number[] = [];
  private forgotten = 0;
  private forgottenFirst: number | null = null;
  private forgottenLast: number | null = null;

  add(known: number, made: number): void {
    let index = this.known.length;
    while (index > 0 && (this.known[index - 1] as number) > known) index--;
    this.known.splice(index, 0, known);
    this.made.splice(index, 0, made);
    this.spanFrom(index);
  }

  remove(known: number, made: number): void {
    let index = firstFrom(this.known, known);
    while (this.known[index] === known && this.made[index] !== made) index++;
    if (this.known[index] !== known) return;
    this.known.splice(index, 1);
    this.made.splice(index, 1);
    this.spanFrom(index);
  }

  clear(): void {
    this.known = [];
    this.made = [];
    this.first = [];
    this.last = [];
    this.forgotten = 0;
    this.forgottenFirst = this.forgottenLast = null;
  }

  countBefore(at: number): number {
    return this.forgotten + firstFrom(this.known, at);
  }

  /** From the first moment up to the second one, which is excluded. */
  countBetween(from: number, to: number): number {
    return firstFrom(this.known, to) - firstFrom(this.known, from);
  }

  /** When the first and the last attempt were made, of those whose outcome was known before the moment. */
  spanBefore(at: number): { readonly first: number | null; readonly last: number | null } {
    const index = firstFrom(this.known, at) - 1;
    return index < 0
      ? { first: this.forgottenFirst, last: this.forgottenLast }
      : { first: this.first[index] as number, last: this.last[index] as number };
  }

  /** Keeps no more than the count and the span of what is before that moment. */
  forgetBefore(at: number): void {
    const count = firstFrom(this.known, at);
    // Rarely, and then many: a slice costs as much as what stays.
    if (count < 256 || count < this.known.length / 2) return;
    this.forgotten += count;
    this.forgottenFirst = this.first[count - 1] as number;
    this.forgottenLast = this.last[count - 1] as number;
    this.known = this.known.slice(count);
    this.made = this.made.slice(count);
    this.first = this.first.slice(count);
    this.last = this.last.slice(count);
  }

  private spanFrom(index: number): void {
    this.first.length = this.last.length = index;
    for (let place = index; place < this.made.length; place++) {
      const made = this.made[place] as number;
      const first = place > 0 ? (this.first[place - 1] as number) : (this.forgottenFirst ?? made);
      const last = place > 0 ? (this.last[place - 1] as number) : (this.forgottenLast ?? made);
      this.first[place] = Math.min(first, made);
      this.last[place] = Math.max(last, made);
    }
  }
}
