import {
  UNITS_PER_POINT,
  type Contribution,
  type PartScore,
  type Reason,
  type Recommendation,
  type WeighedPart,
} from '../types';

/** The whole scale, in units. */
const ALL_UNITS = 100 * UNITS_PER_POINT;

/** The architecture's bands: below 30 points approve, below 70 review, from there on decline. */
const REVIEW_FROM = 30 * UNITS_PER_POINT;
const DECLINE_FROM = 70 * UNITS_PER_POINT;

/** Above 80 points nothing lifts a score. */
const CEILING = 80 * UNITS_PER_POINT;

/**
 * A part that is sure would count for infinitely much beside the others: for the shares, and for them alone, it counts as
 * almost sure.
 */
const SUREST = 1 - 1e-6;

export interface Combination {
  /** 0-1,000,000. */
  readonly units: number;
  readonly contributions: readonly Contribution[];
}

export function bandOf(units: number): Recommendation {
  if (units < REVIEW_FROM) return 'approve';
  return units < DECLINE_FROM ? 'review' : 'decline';
}

export function isAboveCeiling(units: number): boolean {
  return units > CEILING;
}

/**
 * The parts' scores as one (noisy-or): each part is a chance to be right about a fraud, and the score is the chance that
 * at least one is: `100 * (1 - product of (1 - weight * score / 100))`. More of any part never makes less of the whole; a
 * part alone, with weight 1, gives exactly its own score. What is missing counts as nothing.
 *
 * A part's share of the score is in proportion to `-ln(1 - weight * score / 100)`, which is what adds up in such a
 * product; within the part, a reason's to its points. Whole units are dealt out by the largest remainder, so that they add
 * up exactly.
 */
export function combine(parts: readonly WeighedPart[]): Combination {
  const chances = parts.map(({ score, weight }) => chanceOf(score, weight));
  const none = chances.reduce((product, chance) => product * (1 - chance), 1);
  const units = Math.round((1 - none) * ALL_UNITS);
  const shares = dealOut(
    units,
    chances.map(chance => -Math.log1p(-Math.min(chance, SUREST))),
  );
  const contributions = parts.flatMap((part, index) => contributionsOf(part, shares[index] ?? 0));
  return { units, contributions };
}

function chanceOf(score: number | null, weight: number): number {
  if (score === null) return 0;
  return Math.min(1, Math.max(0, (weight * score) / 100));
}

function contributionsOf({ part, reasons }: PartScore, units: number): Contribution[] {
  if (units === 0) return [];
  const told = reasonsToShare(part, reasons);
  const shares = dealOut(
    units,
    told.map(({ points }) => points),
  );
  return told.flatMap(({ code, facts }, index) => {
    const share = shares[index] ?? 0;
    return share === 0 ? [] : [{ part, code, units: share, facts }];
  });
}

/** Reasons may speak against fraud, with points below 0. Where they say nothing on the whole, the part speaks for itself. */
function reasonsToShare(part: PartScore['part'], reasons: readonly Reason[]): readonly Reason[] {
  const sum = reasons.reduce((total, { points }) => total + points, 0);
  return sum > 1e-9 ? reasons : [{ code: part, points: 1, facts: {} }];
}

/** Whole numbers in proportion to the weights, which add up to the total: what is lost by rounding down goes to those that lost most. */
export function dealOut(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (!(sum > 0)) return weights.map(() => 0);
  const exact = weights.map(weight => (total * weight) / sum);
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((all, share) => all + share, 0);
  const byLoss = exact.map((share, index) => ({ index, lost: share - Math.floor(share) }));
  byLoss.sort((a, b) => b.lost - a.lost || a.index - b.index);
  for (const { index } of byLoss) {
    if (left <= 0) break;
    whole[index] = (whole[index] ?? 0) + 1;
    left -= 1;
  }
  return whole;
}
