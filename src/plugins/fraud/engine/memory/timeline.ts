/** Moments in order, and how many of them are before another one. */
export class Timeline {
  private times: number[] = [];
  private forgotten = 0;

  /** @returns its place */
  add(at: number): number {
    const { times } = this;
    let index = times.length;
    while (index > 0 && (times[index - 1] as number) > at) index--;
    if (index === times.length) times.push(at);
    else times.splice(index, 0, at);
    return index;
  }

  /**
   * @param isIt tells which of those at the same moment is meant, by their place
   * @returns the place that it had; undefined where it is not there, or forgotten
   */
  remove(at: number, isIt: (place: number) => boolean = () => true): number | undefined {
    let index = this.placeFrom(at);
    while (this.times[index] === at && !isIt(index)) index++;
    if (this.times[index] !== at) return undefined;
    this.times.splice(index, 1);
    return index;
  }

  clear(): void {
    this.times = [];
    this.forgotten = 0;
  }

  countBefore(at: number): number {
    return this.forgotten + this.placeFrom(at);
  }

  /** From the first moment up to the second one, which is excluded. */
  countBetween(from: number, to: number): number {
    return this.placeFrom(to) - this.placeFrom(from);
  }

  /**
   * Keeps no more than the count of what is before that moment.
   *
   * @returns how many places it has taken away
   */
  forgetBefore(at: number): number {
    const count = this.placeFrom(at);
    // Rarely, and then many: a splice costs as much as what stays.
    if (count < 256 || count < this.times.length / 2) return 0;
    this.times = this.times.slice(count);
    this.forgotten += count;
    return count;
  }

  /** The place of the first one that is not before the moment. */
  placeFrom(at: number): number {
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
