/** What one order line needs of a variant, in units. */
export interface Demand {
  lineId: string;
  variantId: string;
  quantity: number;
}

/** What a location has of a variant, in units. */
export interface LocationStock {
  locationId: string;
  onHand: number;
  allocated: number;
  /** Held for checkouts other than the one that asks. */
  held: number;
}

export interface VariantStock {
  variantId: string;
  /** Without tracking there is no limit, and nothing is ever short. */
  tracked: boolean;
  /** Units that must stay unsold; below zero, units that may be sold before they are there (backorder). */
  threshold: number;
  /** The locations that serve the channel. */
  locations: LocationStock[];
}

export interface Assignment {
  lineId: string;
  variantId: string;
  locationId: string;
  quantity: number;
}

/** A line that cannot be had as asked. */
export interface Shortage {
  lineId: string;
  variantId: string;
  asked: number;
  /** What is left of it for this order; zero when it is gone. */
  left: number;
}

export interface AllocationPlan {
  assignments: Assignment[];
  shortages: Shortage[];
}

/** The order in which locations are tried, the best first. */
export type LocationRanking = (candidates: LocationStock[]) => LocationStock[];

/** Units of a location that nobody has a claim on; below zero after backorders. */
export function freeAt({ onHand, allocated, held }: LocationStock): number {
  return onHand - allocated - held;
}

/** The location with the most free units first; among equals, the one that was made first. */
export const mostStocked: LocationRanking = candidates =>
  [...candidates].sort((a, b) => freeAt(b) - freeAt(a) || compareIds(a.locationId, b.locationId));

/** Units of a variant that may still be sold; never below zero. */
export function saleable(stock: VariantStock): number {
  if (!stock.tracked) return Number.MAX_SAFE_INTEGER;
  const free = stock.locations.reduce((sum, location) => sum + freeAt(location), 0);
  return Math.max(0, free - stock.threshold);
}

/**
 * Decides where each line's units come from: from one location if one has them all, else from as few as the ranking
 * gives. Units that may be sold before they are there go to the best location. A line gets everything or nothing.
 *
 * @param stocks by variant; a variant that is not among them is short
 */
export function planAllocation(
  demands: readonly Demand[],
  stocks: ReadonlyMap<string, VariantStock>,
  rank: LocationRanking = mostStocked,
): AllocationPlan {
  const plan: AllocationPlan = { assignments: [], shortages: [] };
  const remaining = new Map([...stocks].map(([id, stock]) => [id, copy(stock)]));
  for (const demand of demands) {
    if (demand.quantity <= 0) continue;
    const stock = remaining.get(demand.variantId);
    const left = stock === undefined || nowhere(stock) ? 0 : saleable(stock);
    if (stock === undefined || left < demand.quantity) {
      const { lineId, variantId, quantity } = demand;
      plan.shortages.push({ lineId, variantId, asked: quantity, left });
      continue;
    }
    plan.assignments.push(...assign(demand, stock, rank));
  }
  return plan;
}

/** What is counted cannot be had where there is no location. What is not counted needs none: it comes from nowhere. */
function nowhere({ tracked, locations }: VariantStock): boolean {
  return tracked && locations.length === 0;
}

function assign(demand: Demand, stock: VariantStock, rank: LocationRanking): Assignment[] {
  const { lineId, variantId, quantity } = demand;
  const ranked = rank(stock.locations);
  const whole = stock.tracked ? ranked.find(location => freeAt(location) >= quantity) : ranked[0];
  const taken = whole === undefined ? split(ranked, quantity) : [{ location: whole, quantity }];
  for (const { location, quantity: units } of taken) location.allocated += units;
  return taken.map(({ location, quantity: units }) => ({
    lineId,
    variantId,
    locationId: location.locationId,
    quantity: units,
  }));
}

function split(ranked: LocationStock[], quantity: number): { location: LocationStock; quantity: number }[] {
  const taken: { location: LocationStock; quantity: number }[] = [];
  let open = quantity;
  for (const location of ranked) {
    const units = Math.min(open, Math.max(0, freeAt(location)));
    if (units > 0) taken.push({ location, quantity: units });
    open -= units;
    if (open === 0) return taken;
  }
  // What is left is sold before it is there.
  const [best] = ranked;
  const first = taken.find(({ location }) => location === best);
  if (first !== undefined) first.quantity += open;
  else if (best !== undefined) taken.push({ location: best, quantity: open });
  return taken;
}

function copy(stock: VariantStock): VariantStock {
  return { ...stock, locations: stock.locations.map(location => ({ ...location })) };
}

/** Ids are numbers in this shop; others sort by their text. */
function compareIds(a: string, b: string): number {
  return Number(a) - Number(b) || a.localeCompare(b);
}
