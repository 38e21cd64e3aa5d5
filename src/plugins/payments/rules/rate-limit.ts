export interface RateLimit {
  /** How many in a row. */
  readonly burst: number;
  /** How many per second on the long run. */
  readonly perSecond: number;
  /** How many senders are remembered. */
  readonly senders: number;
}

interface Bucket {
  left: number;
  /** When `left` was counted (ms). */
  at: number;
}

/**
 * Counts what each sender sends: a bucket of `burst`, which fills up again. Whoever has been quiet longest is forgotten first, which
 * only ever lets more through.
 */
export class RateLimiter {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly limit: RateLimit) {}

  /** @returns whether one more is allowed at this time (ms) */
  allows(sender: string, now: number): boolean {
    const { burst, perSecond, senders } = this.limit;
    const known = this.buckets.get(sender);
    const filled =
      known === undefined ? burst : known.left + (Math.max(0, now - known.at) / 1000) * perSecond;
    const left = Math.min(burst, filled);
    const allowed = left >= 1;
    // Put in again, so that the map is in the order of the last visits.
    this.buckets.delete(sender);
    this.buckets.set(sender, { left: allowed ? left - 1 : left, at: now });
    if (this.buckets.size > senders) {
      const [oldest] = this.buckets.keys();
      if (oldest !== undefined) this.buckets.delete(oldest);
    }
    return allowed;
  }
}
