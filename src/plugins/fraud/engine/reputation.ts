import type { KnownOutcomes } from '../types';

export type Reputation = 'bad' | 'suspicious' | 'good' | 'unknown';

/** As many frauds among what is known of it: it is used for fraud. One fraud of one or two attempts is enough. */
const BAD_SHARE = 0.5;

/** An honest device that was stolen from once falls below it with its 20th good order. */
const SUSPICIOUS_SHARE = 0.05;

/**
 * What earlier attempts, whose outcome was known by then, say of whatever they have in common.
 *
 * - `bad`: at least half of them were fraud
 * - `suspicious`: at least one of twenty was
 * - `good`: some were good, and fewer than that fraud
 * - `unknown`: nothing is known of any
 */
export function reputationOf({ good, bad }: KnownOutcomes): Reputation {
  const known = good + bad;
  if (known === 0) return 'unknown';
  const share = bad / known;
  if (share >= BAD_SHARE) return 'bad';
  return bad > 0 && share >= SUSPICIOUS_SHARE ? 'suspicious' : 'good';
}
