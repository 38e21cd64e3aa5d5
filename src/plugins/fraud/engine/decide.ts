import type { Assessment, FraudSettings } from '../types';

/** What payments are told: see the port PaymentRiskCheck. */
export type Told = 'allow' | 'challenge' | 'review' | 'block';

/** Before the amount is reserved. */
export function toldBefore(
  { recommendation, override }: Pick<Assessment, 'recommendation' | 'override'>,
  { challengeMediumRisk }: Pick<FraudSettings, 'challengeMediumRisk'>,
): Told {
  if (recommendation === 'approve') return 'allow';
  if (recommendation === 'decline') return 'block';
  // What a rule wants looked at is looked at by people, also when the bank has asked for a password.
  return challengeMediumRisk && override === null ? 'challenge' : 'review';
}

export interface AfterEvidence {
  /** What was told before; undefined where nothing was. */
  readonly before: Told | undefined;
  readonly threeDSecure: string | null;
}

/**
 * Once the amount is reserved: the more careful of the two looks. A shopper who was asked for 3-D Secure because of a medium
 * risk, and passed it, is not held up for that risk; what an allow list or rule says of the card counts for both looks.
 */
export function toldAfter(
  { recommendation, override }: Pick<Assessment, 'recommendation' | 'override'>,
  { before, threeDSecure }: AfterEvidence,
): Told {
  if (recommendation === 'decline') return 'block';
  if (override?.kind === 'allow_list' || override?.kind === 'allow_rule') return 'allow';
  const challenged = before === 'challenge';
  const passed = challenged && threeDSecure === 'authenticated';
  if (recommendation === 'review') return passed && override === null ? 'allow' : 'review';
  return before === 'review' || (challenged && !passed) ? 'review' : 'allow';
}

/**
 * What counts instead where a part has failed: below the limit the others decide alone, from it on nothing is taken
 * before staff have looked. An amount that nobody knows counts as high.
 */
export function withFailures(
  told: Told,
  failed: readonly string[],
  amount: number | null,
  { failOpenBelow }: Pick<FraudSettings, 'failOpenBelow'>,
): Told {
  const high = amount === null || amount >= failOpenBelow;
  return failed.length > 0 && high && (told === 'allow' || told === 'challenge') ? 'review' : told;
}

/** What counts where nothing could be scored at all. */
export function failLimit(
  amount: number | null,
  { failOpenBelow, failClosed }: Pick<FraudSettings, 'failOpenBelow' | 'failClosed'>,
): Told {
  return amount !== null && amount < failOpenBelow ? 'allow' : failClosed;
}
