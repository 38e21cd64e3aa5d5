import { Timeline } from './timeline';

/** Attempts with one kind of outcome, by when it became known, and when the first and the last of them were made. */
export class OutcomeTimeline {
  private readonly known = new Timeline();
  /** By the place in `known`. */
  private made: number[] = [];
  /** Of the entry and all before it. */
  private first: number[] = [];
  private last: number[] = [];
  private forgottenFirst: number | null = null;
  private forgottenLast: number | null = null;

  add(known: number, made: number): void {
    const place = this.known.add(known);
    this.made.splice(place, 0, made);
    this.spanFrom(place);
  }

  remove(known: number, made: number): void {
    const place = this.known.remove(known, candidate => this.made[candidate] === made);
    if (place === undefined) return;
    this.made.splice(place, 1);
    this.spanFrom(place);
  }

  clear(): void {
    this.known.clear();
    this.made = [];
    this.first = [];
    this.last = [];
    this.forgottenFirst = this.forgottenLast = null;
  }

  countBefore(at: number): number {
    return this.known.countBefore(at);
  }

  /** From the first moment up to the second one, which is excluded. */
  countBetween(from: number, to: number): number {
    return this.known.countBetween(from, to);
  }

  /** When the first and the last attempt were made, of those whose outcome was known before the moment. */
  spanBefore(at: number): { readonly first: number | null; readonly last: number | null } {
    const place = this.known.placeFrom(at) - 1;
    return place < 0
      ? { first: this.forgottenFirst, last: this.forgottenLast }
      : { first: this.first[place] as number, last: this.last[place] as number };
  }

  /** Keeps no more than the count and the span of what is before that moment. */
  forgetBefore(at: number): void {
    const count = this.known.forgetBefore(at);
    if (count === 0) return;
    this.forgottenFirst = this.first[count - 1] as number;
    this.forgottenLast = this.last[count - 1] as number;
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
