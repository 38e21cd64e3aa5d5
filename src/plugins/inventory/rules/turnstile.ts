/**
 * Lets work through one at a time for each key, in the order of arrival, and at most so many at once over all keys.
 *
 * Changes to one cart wait here, in memory, instead of each holding a database connection while it waits for the row
 * lock: a shopper with many tabs, or a stampede on one article, cannot take the pool from everybody else. The locks
 * still decide: other processes do not know this queue.
 */
export class Turnstile {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: (() => void)[] = [];
  private running = 0;

  /** @param limit how many run at once, over all keys */
  constructor(private readonly limit: number) {}

  /** Keys that have work under way. */
  get size(): number {
    return this.tails.size;
  }

  /** @param key nothing to wait only for the common limit */
  async run<T>(key: string | undefined, work: () => Promise<T>): Promise<T> {
    if (key === undefined) return this.limited(work);
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(() => this.limited(work));
    const tail = result.then(
      () => undefined,
      () => undefined,
    );
    this.tails.set(key, tail);
    try {
      return await result;
    } finally {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    }
  }

  private async limited<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.limit) await new Promise<void>(resolve => this.waiting.push(resolve));
    else this.running += 1;
    try {
      return await work();
    } finally {
      // The place passes to who waits longest; only without one is it given back.
      const next = this.waiting.shift();
      if (next === undefined) this.running -= 1;
      else next();
    }
  }
}
