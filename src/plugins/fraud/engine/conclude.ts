import type { Contribution, FraudSettings, Override, Recommendation, RuleHit, WeighedPart } from '../types';
import { bandOf, combine, isAboveCeiling } from './combine';
import { ALLOW_LIST, BLOCK_LIST } from './rules/meaningful-lists';

export interface Evidence {
  readonly parts: readonly WeighedPart[];
  readonly hits: readonly RuleHit[];
  readonly listed: { readonly allow: boolean; readonly block: boolean };
  /** Main units of the base currency. */
  readonly amount: number | null;
  readonly settings: Pick<FraudSettings, 'failOpenBelow' | 'failClosed'>;
}

export interface Conclusion {
  readonly units: number;
  readonly contributions: readonly Contribution[];
  readonly recommendation: Recommendation;
  readonly override: Override | null;
}

/**
 * The score, and what follows from it. The first of these that applies decides:
 *
 * 1. a block list or rule declines;
 * 2. an allow list or rule approves, unless the score is above 80: then it declines (`ceiling`);
 * 3. where no part could be scored, the limit by amount decides (`fail_limit`);
 * 4. a review rule has at least a review;
 * 5. the score's band.
 */
export function conclude({ parts, hits, listed, amount, settings }: Evidence): Conclusion {
  const { units, contributions } = combine(parts);
  const byRule = (action: RuleHit['action']) =>
    hits.find(hit => !hit.shadow && hit.action === action)?.ruleId;
  const told = (recommendation: Recommendation, override: Override | null): Conclusion => ({
    units,
    contributions,
    recommendation,
    override,
  });

  if (listed.block) return told('decline', { kind: 'block_list', source: BLOCK_LIST });
  const blocking = byRule('block');
  if (blocking !== undefined) return told('decline', { kind: 'block_rule', source: blocking });

  const allowing = byRule('allow');
  const allow: Override | undefined = listed.allow
    ? { kind: 'allow_list', source: ALLOW_LIST }
    : allowing === undefined
      ? undefined
      : { kind: 'allow_rule', source: allowing };
  if (allow !== undefined) {
    return isAboveCeiling(units)
      ? told('decline', { kind: 'ceiling', source: allow.source })
      : told('approve', allow);
  }

  if (parts.every(({ score }) => score === null)) {
    return told(failLimit(amount, settings), { kind: 'fail_limit', source: 'settings' });
  }
  const band = bandOf(units);
  const reviewing = byRule('review');
  return reviewing !== undefined && band === 'approve'
    ? told('review', { kind: 'review_rule', source: reviewing })
    : told(band, null);
}

/** An amount that nobody knows counts as high. */
function failLimit(
  amount: number | null,
  { failOpenBelow, failClosed }: Evidence['settings'],
): Recommendation {
  if (amount !== null && amount < failOpenBelow) return 'approve';
  return failClosed === 'block' ? 'decline' : 'review';
}
