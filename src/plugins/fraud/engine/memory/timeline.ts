/** Moments in order, and how many of them are before another one. */
export class Timeline {
  private times: number[] = [];
  private forgotten = 0;

  add(at: number): void {
    const { times } = this;
    let index = times.length;
    while (index > 0 && (times[index - 1] as number) > at) index--;
    if (index === times.length) times.push(at);
    else times.splice(index, 0, at);
  }

  remove(at: number): void {
    const index = this.firstFrom(at);
    if (this.times[index] === at) this.times.splice(index, 1);
  }

  clear(): void {
    this.times = [];
    this.forgotten = 0;
  }

  countBefore(at: number): number {
    return this.forgotten + this.firstFrom(at);
  }

  /** From the first moment up to the second one, which is excluded. */
  countBetween(from: number, to: number): number {
    return this.firstFrom(to) - this.firstFrom(from);
  }

  /** Keeps no more than the count of what is before that moment. */
  forgetBefore(at: number): void {
    const count = this.firstFrom(at);
    // Rarely, and then many: a splice costs as much as what stays.
    if (count < 256 || count < this.times.length / 2) return;
    this.times = this.times.slice(count);
    this.forgotten += count;
  }

  private firstFrom(at: number): number {
    return firstFrom(this.times, at);
  }
}

/** The index of the first one that is not before the moment; times are in order. */
export function firstFrom(times: readonly number[], at: number): number {
  let low = 0;
  let high = times.length;
  // Most questions are about the end.
  if (high === 0 || (times[high - 1] as number) < at) return high;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] as number) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
