import type { Random } from '../random';

/** Lowest price of anything, in minor units. */
const LOWEST = 199;

/**
 * The shelf price next to an amount, in minor units: below 20.00 it ends in 9 cents, up to 99.00 in .90, up to
 * 1,000.00 in 9.00, and above in 49.00 or 99.00. The bounds lie between the last price of a range and the first of
 * the next, 19.89 and 19.90, 98.90 and 99.00: a tidy price stays as it is.
 */
export function tidyPrice(amount: number): number {
  const value = Math.max(LOWEST, amount);
  if (value < 1_989.5) return Math.max(LOWEST, Math.round((value - 9) / 10) * 10 + 9);
  if (value < 9_895) return Math.round((value - 90) / 100) * 100 + 90;
  if (value < 100_000) return Math.round((value - 900) / 1_000) * 1_000 + 900;
  return Math.round((value - 4_900) / 5_000) * 5_000 + 4_900;
}

export interface Price {
  /** What the variant costs now, in minor units without tax. */
  price: number;
  /** What it cost before a reduction; undefined when it is not reduced. */
  listPrice?: number;
}

/** The share by which a reduced product is cheaper. */
export function drawReduction(random: Random): number {
  return random.pick([0.1, 0.15, 0.2, 0.2, 0.25, 0.3, 0.4, 0.5]);
}

/** A price with its reduction. Rounding must not make a reduced price equal to the list price. */
export function reducedPrice(listPrice: number, reduction: number): Price {
  const price = tidyPrice(listPrice * (1 - reduction));
  return price < listPrice ? { price, listPrice } : { price: listPrice };
}
