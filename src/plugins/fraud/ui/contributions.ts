import { partName, reasonName } from './fraud-text';
import type { Contribution } from './review.query';

/** The whole numbers that contributions are counted in: floats would add up to nearly the score. */
const UNITS_PER_POINT = 10_000;

/** One bar: it begins where the one before ends, so that the last one ends at the score. */
export interface Bar {
  key: string;
  part: string;
  name: string;
  facts: Contribution['facts'];
  points: number;
  /** Of the whole width, 0 to 1. */
  from: number;
  width: number;
}

export interface Bars {
  bars: Bar[];
  /** Points. */
  sum: number;
  /** Whether the sum is the score, to the last unit. */
  exact: boolean;
}

/** The contributions as bars on a line from 0 to 100 points, in their order. */
export function barsOf(contributions: readonly Contribution[], score: number): Bars {
  let units = 0;
  const bars = contributions.map((contribution, index) => {
    const from = units;
    const own = Math.round(contribution.score * UNITS_PER_POINT);
    units += own;
    return {
      key: `${index} ${contribution.part} ${contribution.code}`,
      part: partName(contribution.part),
      name: reasonName(contribution),
      facts: contribution.facts,
      points: own / UNITS_PER_POINT,
      from: Math.min(from, units) / (100 * UNITS_PER_POINT),
      width: Math.abs(own) / (100 * UNITS_PER_POINT),
    };
  });
  return { bars, sum: units / UNITS_PER_POINT, exact: units === Math.round(score * UNITS_PER_POINT) };
}
