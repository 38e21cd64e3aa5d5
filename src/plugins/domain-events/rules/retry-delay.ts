import type { RetryPolicy } from '../types';

/**
 * How long to wait before the next attempt (ms): exponential with full jitter, so that deliveries which failed
 * together (their target was down) do not come back together.
 *
 * @param attempt how many attempts were made, from 1
 * @param random a number in [0, 1)
 */
export function retryDelay(policy: RetryPolicy, attempt: number, random: number): number {
  return Math.floor(random * retryCeiling(policy, attempt));
}

/** The longest wait after so many attempts (ms). */
export function retryCeiling(policy: RetryPolicy, attempt: number): number {
  return Math.min(policy.maxMs, policy.baseMs * 2 ** (attempt - 1));
}

/** Whether a delivery that failed its attempt number `attempt` becomes a dead letter. */
export function isExhausted(policy: RetryPolicy, attempt: number): boolean {
  return attempt >= policy.attempts;
}
