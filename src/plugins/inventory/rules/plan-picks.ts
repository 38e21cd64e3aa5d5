/** Where the units of one order line are at one location, and on which lists they are. */
export interface PickBalance {
  lineId: string;
  variantId: string;
  locationId: string;
  /** Units allocated and not yet sold. */
  allocated: number;
  /** Units that have gone out and have not come back. */
  sold: number;
  /** Units on lists that are picked. */
  picked: number;
  /** Units on the open list. */
  open: number;
}

export interface PickLine {
  lineId: string;
  variantId: string;
  locationId: string;
  quantity: number;
}

export type PickMode =
  /** Everything that is allocated and there goes on a list. */
  | 'allocate'
  /** Lists only follow what was sold or cancelled; nothing is added to them. */
  | 'follow';

/** Units that were picked and have not left: they are on a list, and no other may list them. */
export function unsoldPicked({ picked, sold }: Pick<PickBalance, 'picked' | 'sold'>): number {
  return Math.max(0, picked - sold);
}

/**
 * What the order's open lists should say.
 *
 * A unit is listed once: what a picked list has and was not sold is left out. Nothing is listed that is not at the
 * location: a unit that was sold ahead is allocated but cannot be picked.
 *
 * @param atHand units that are at a location and on no other order's list, by `stockKey`; without an entry (a variant
 *   that is not tracked) there is no limit
 */
export function planPicks(
  balances: readonly PickBalance[],
  atHand: ReadonlyMap<string, number>,
  mode: PickMode,
): PickLine[] {
  const left = new Map(atHand);
  const take = (balance: PickBalance, units: number) => {
    const key = stockKey(balance);
    const there = left.get(key);
    if (there === undefined) return units;
    const taken = Math.max(0, Math.min(units, there));
    left.set(key, there - taken);
    return taken;
  };
  // What is picked lies in its boxes already.
  for (const balance of balances) take(balance, Math.min(unsoldPicked(balance), balance.allocated));
  return balances.flatMap(balance => {
    const listable = Math.max(0, balance.allocated - unsoldPicked(balance));
    const wanted = mode === 'allocate' ? listable : Math.min(listable, balance.open);
    // Following, a count that was lowered takes nothing off a list: the picker sees best what is there.
    const quantity = mode === 'allocate' ? take(balance, wanted) : wanted;
    const { lineId, variantId, locationId } = balance;
    return quantity > 0 ? [{ lineId, variantId, locationId, quantity }] : [];
  });
}

/** Units on picked lists that are wanted no more: cancelled before they left, or come back. They are put back. */
export function surplusPicked({ picked, sold, allocated }: PickBalance): number {
  return Math.max(0, picked - Math.max(0, sold) - Math.max(0, allocated));
}

/**
 * Units that were sent without a list having been marked as picked. They are put on record as picked before anything is
 * listed; so the picked lists of a line always have at least what was sold of it, and what they have more is unsold.
 */
export function sentUnmarked({ sold, picked }: Pick<PickBalance, 'picked' | 'sold'>): number {
  return Math.max(0, sold - picked);
}

/** Takes units off lines, in their order; gives the lines that change, with what is left of them. */
export function takeOff<Line extends { quantity: number }>(lines: readonly Line[], units: number): Line[] {
  let open = units;
  return lines.flatMap(line => {
    const off = Math.min(open, line.quantity);
    open -= off;
    return off > 0 ? [{ ...line, quantity: line.quantity - off }] : [];
  });
}

/** Units of a line that are neither sold nor on a list. */
export function missingUnits(lineQuantity: number, balances: readonly PickBalance[]): number {
  const found = balances.reduce(
    (sum, balance) =>
      sum +
      Math.max(0, balance.sold) +
      Math.min(Math.max(0, balance.allocated), unsoldPicked(balance) + balance.open),
    0,
  );
  return Math.max(0, lineQuantity - found);
}

export function stockKey({ variantId, locationId }: { variantId: string; locationId: string }): string {
  return `${variantId}:${locationId}`;
}
