/** An exponential delay: `baseMs` after the first time, doubled each time, never above `capMs`. */
export interface Backoff {
  baseMs: number;
  capMs: number;
}

/** Between the retries of a job that failed: 1 s, 2 s, 4 s ... 5 minutes, on both kinds of queue. */
export const RETRY_BACKOFF: Backoff = { baseMs: 1_000, capMs: 300_000 };

/**
 * How long to wait before the next try. Half of the delay is fixed and half is random, so that jobs that failed
 * together (a mail server was away) do not all come back together.
 *
 * @param tries how many there have been, from 1
 * @param random gives a number from 0 to below 1
 * @returns whole milliseconds
 */
export function delayBeforeRetry(tries: number, random: () => number, backoff = RETRY_BACKOFF): number {
  // Above 2^30 the factor is beyond any cap; without the bound it would reach Infinity.
  const factor = 2 ** Math.min(Math.max(tries, 1) - 1, 30);
  const full = Math.min(backoff.baseMs * factor, backoff.capMs);
  return Math.round(full / 2 + (full / 2) * random());
}
