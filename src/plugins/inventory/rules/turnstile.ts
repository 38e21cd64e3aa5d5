/**
 * Lets work through one at a time for each key, in the order of arrival, and at most so many at once over all keys.
 *
 * Changes to one cart wait here, in memory, instead of each holding a database connection while it waits for the row
 * lock: a shopper with many tabs, or a stampede on one article, cannot take the pool from everybody else. Work that
 * waits for somebody outside leaves a quarter of the places to all other. The locks still decide: other processes do
 * not know this queue.
 */
export class Turnstile {
  private readonly tails = new Map<string, Promise<void>>();
  private readonly waiting: { slow: boolean; start: () => void }[] = [];
  private readonly slowLimit: number;
  private running = 0;
  private runningSlow = 0;

  /** @param limit how many run at once, over all keys */
  constructor(private readonly limit: number) {
    this.slowLimit = Math.max(1, limit - Math.ceil(limit / 4));
  }

  /** Keys that have work under way. */
  get size(): number {
    return this.tails.size;
  }

  /**
   * @param key nothing to wait only for the common limit
   * @param slow whether it waits for somebody outside, such as a payment provider
   */
  async run<T>(key: string | undefined, work: () => Promise<T>, slow = false): Promise<T> {
    if (key === undefined) return this.limited(work, slow);
    const before = this.tails.get(key) ?? Promise.resolve();
    const result = before.then(() => this.limited(work, slow));
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

  private async limited<T>(work: () => Promise<T>, slow: boolean): Promise<T> {
    await new Promise<void>(start => {
      this.waiting.push({ slow, start });
      this.letIn();
    });
    try {
      return await work();
    } finally {
      this.running -= 1;
      if (slow) this.runningSlow -= 1;
      this.letIn();
    }
  }

  /** Lets in who waits longest, but nobody slow while the places for those are taken. */
  private letIn(): void {
    while (this.running < this.limit) {
      const next = this.waiting.findIndex(({ slow }) => !slow || this.runningSlow < this.slowLimit);
      if (next < 0) return;
      for (const { slow, start } of this.waiting.splice(next, 1)) {
        this.running += 1;
        if (slow) this.runningSlow += 1;
        start();
      }
    }
  }
}
