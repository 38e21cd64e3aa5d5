const DEADLOCK = '40P01';
const SERIALIZATION_FAILURE = '40001';
const LOCK_NOT_AVAILABLE = '55P03';

export interface RetryPolicy {
  /** How often a request is run at most, that met others. */
  maxAttempts: number;
  /** The same for one that waited for a row in vain: each attempt has cost it a whole `lock_timeout` already. */
  maxAttemptsAfterWait: number;
  /** The longest wait before the second attempt, in ms; it doubles with each further one. */
  baseDelayMs: number;
  maxDelayMs: number;
}

export const DEFAULT_RETRY_POLICY: RetryPolicy = {
  maxAttempts: 6,
  maxAttemptsAfterWait: 2,
  baseDelayMs: 20,
  maxDelayMs: 500,
};

/**
 * How often a request may be run that PostgreSQL ended with this error: more than once where it was undone only because
 * of others, so that the same again may succeed. That is a deadlock, a serialization failure, or a wait for a row that
 * `lock_timeout` ended because too many were before it.
 */
export function attemptsAllowed(policy: RetryPolicy, error: unknown): number {
  if (hasCode(error, [DEADLOCK, SERIALIZATION_FAILURE])) return policy.maxAttempts;
  return hasCode(error, [LOCK_NOT_AVAILABLE]) ? policy.maxAttemptsAfterWait : 1;
}

/** Whether the same again may succeed. */
export function isTransient(error: unknown): boolean {
  return attemptsAllowed(DEFAULT_RETRY_POLICY, error) > 1;
}

/**
 * The wait before the next attempt, in ms: random from nothing to a bound that doubles, so that two requests that met
 * once do not meet again.
 *
 * @param failed how many attempts have failed, from 1
 * @param random a number from 0 to 1
 */
export function retryDelay(policy: RetryPolicy, failed: number, random: number): number {
  return random * Math.min(policy.maxDelayMs, policy.baseDelayMs * 2 ** (failed - 1));
}

/** Whether PostgreSQL's driver raised it, with or without a code: a transaction in which that happens is lost. */
export function isDatabaseError(error: unknown): boolean {
  for (const { driverError, code, severity } of causes(error)) {
    if (driverError !== undefined || (typeof code === 'string' && typeof severity === 'string')) return true;
  }
  return false;
}

/** The code of PostgreSQL may sit on the error, on TypeORM's driver error or on a cause. */
function hasCode(error: unknown, codes: readonly string[]): boolean {
  for (const { code } of causes(error)) {
    if (typeof code === 'string' && codes.includes(code)) return true;
  }
  return false;
}

/** The error itself, and what it was made from. */
function* causes(error: unknown): Generator<Record<string, unknown>> {
  let current = error;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth += 1) {
    const cause = current as Record<string, unknown>;
    yield cause;
    current = cause.driverError ?? cause.cause;
  }
}
