export interface UnitsOfLine {
  readonly orderLineId: string;
  readonly quantity: number;
}

export interface PlannedParcel {
  /** Where it leaves from; null when no pick list says. */
  readonly locationId: string | null;
  readonly lines: readonly UnitsOfLine[];
}

/**
 * Which parcels are still to be made: one for each location of what its pick lists hold, as far as it is in no parcel
 * yet; and one for what is on no list.
 *
 * @param lines what is left of the order
 * @param parcels what is in parcels that were not cancelled
 */
export function planParcels(
  lines: readonly { readonly id: string; readonly quantity: number }[],
  parcels: readonly (readonly UnitsOfLine[])[],
  lists: readonly { readonly locationId: string; readonly lines: readonly UnitsOfLine[] }[],
): PlannedParcel[] {
  const open = new Map(lines.map(({ id, quantity }) => [id, quantity]));
  for (const { orderLineId, quantity } of parcels.flat()) {
    open.set(orderLineId, (open.get(orderLineId) ?? 0) - quantity);
  }
  const byLocation = new Map<string, Map<string, number>>();
  for (const { locationId, lines: listed } of lists) {
    const parcel = byLocation.get(locationId) ?? new Map<string, number>();
    byLocation.set(locationId, parcel);
    for (const { orderLineId, quantity } of listed) take(open, parcel, orderLineId, quantity);
  }
  const rest = new Map<string, number>();
  for (const [orderLineId, quantity] of [...open]) take(open, rest, orderLineId, quantity);
  return [...byLocation, [null, rest] as const]
    .filter(([, units]) => units.size > 0)
    .map(([locationId, units]) => ({
      locationId,
      lines: [...units].map(([orderLineId, quantity]) => ({ orderLineId, quantity })),
    }));
}

function take(open: Map<string, number>, parcel: Map<string, number>, lineId: string, wanted: number): void {
  const units = Math.min(wanted, open.get(lineId) ?? 0);
  if (units <= 0) return;
  parcel.set(lineId, (parcel.get(lineId) ?? 0) + units);
  open.set(lineId, (open.get(lineId) ?? 0) - units);
}
