/** The sum of one kind of a line's stock movements at one location; sales count below zero, as core writes them. */
export interface MovementSum {
  type: string;
  locationId: string;
  quantity: number;
}

/** Where a line's units are: promised, or gone out. */
export interface LineBalance {
  /** Units allocated and not yet sold or released, by location. */
  allocated: Map<string, number>;
  /** Units that have gone out and have not come back, by location. */
  sold: Map<string, number>;
  /** Whether the line was ever allocated. */
  known: boolean;
}

export interface LocationQuantity {
  locationId: string;
  quantity: number;
}

/** What a line's movements add up to. */
export function balanceOf(movements: readonly MovementSum[]): LineBalance {
  const balance: LineBalance = { allocated: new Map(), sold: new Map(), known: false };
  const add = (to: Map<string, number>, locationId: string, quantity: number) =>
    to.set(locationId, (to.get(locationId) ?? 0) + quantity);
  for (const { type, locationId, quantity } of movements) {
    if (type === 'ALLOCATION') {
      balance.known = true;
      add(balance.allocated, locationId, quantity);
    } else if (type === 'RELEASE') {
      add(balance.allocated, locationId, -quantity);
    } else if (type === 'SALE') {
      add(balance.allocated, locationId, quantity);
      add(balance.sold, locationId, -quantity);
    } else if (type === 'CANCELLATION') {
      add(balance.sold, locationId, -quantity);
    }
  }
  return balance;
}

/** The units of all locations together; a location below zero (history of before this plugin) counts as none. */
export function total(quantities: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const quantity of quantities.values()) sum += Math.max(0, quantity);
  return sum;
}

/** Takes units from where they are, the fullest location first; fewer than asked if there are no more. */
export function takeFrom(quantities: ReadonlyMap<string, number>, wanted: number): LocationQuantity[] {
  const taken: LocationQuantity[] = [];
  let open = wanted;
  for (const [locationId, there] of [...quantities].sort(([, a], [, b]) => b - a)) {
    const quantity = Math.min(open, there);
    if (quantity <= 0) break;
    taken.push({ locationId, quantity });
    open -= quantity;
  }
  return taken;
}

/**
 * Whether an allocation only restores what the line had: core allocates again when it cancels a fulfilment. Such units
 * came back a moment before and must not be refused.
 */
export function restores(balance: LineBalance, lineQuantity: number, quantity: number): boolean {
  return balance.known && total(balance.allocated) + total(balance.sold) + quantity <= lineQuantity;
}

/**
 * How many sent units a cancellation of `cancelled` units gives back. Core asks for as many as were sent, beside
 * releasing as many as were not: both at once would put units on sale that do not exist. Units that never left are
 * cancelled first.
 */
export function returnedUnits(balance: LineBalance, cancelled: number): number {
  const unsent = Math.min(total(balance.allocated), cancelled);
  return Math.min(total(balance.sold), cancelled - unsent);
}
