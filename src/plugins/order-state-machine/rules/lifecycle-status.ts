import { LIFECYCLE_STATUSES, type LifecycleStatus } from '../types';

/** One order line as far as sending goes, in units. */
export interface LineProgress {
  /** What is left of the line after cancellations. */
  readonly quantity: number;
  /** Units in parcels on their way. */
  readonly shipped: number;
  /** Units in parcels that have arrived. */
  readonly delivered: number;
}

export interface ParcelLine {
  readonly orderLineId: string;
  readonly quantity: number;
}

export interface Parcel {
  readonly state: string;
  readonly lines: readonly ParcelLine[];
}

const OF_STATE: Readonly<Record<string, LifecycleStatus>> = {
  Created: 'pending',
  Draft: 'pending',
  AddingItems: 'pending',
  ArrangingPayment: 'payment_pending',
  PaymentAuthorized: 'payment_pending',
  PaymentSettled: 'payment_confirmed',
  Modifying: 'payment_confirmed',
  ArrangingAdditionalPayment: 'payment_confirmed',
  Processing: 'processing',
  ReadyToShip: 'ready_to_ship',
  PartiallyShipped: 'processing',
  Shipped: 'shipped',
  PartiallyDelivered: 'shipped',
  Delivered: 'delivered',
  Cancelled: 'cancelled',
  Refunded: 'refunded',
  Returned: 'returned',
};

/** The status of an order of which none was recorded: one from before this plugin. */
export function statusOfState(state: string): LifecycleStatus {
  return OF_STATE[state] ?? 'pending';
}

/** What was recorded, or what the state says. */
export function statusOf(order: {
  state: string;
  customFields?: { lifecycleStatus?: string | null } | undefined;
}): LifecycleStatus {
  const recorded = order.customFields?.lifecycleStatus;
  const known: readonly string[] = LIFECYCLE_STATUSES;
  return recorded != null && known.includes(recorded)
    ? (recorded as LifecycleStatus)
    : statusOfState(order.state);
}

/**
 * The status of an order that is being sent: that of its least advanced unit. As long as a unit has not gone out the
 * order is where it was before (or back at `processing`, when a parcel was cancelled).
 */
export function statusByParcels(lines: readonly LineProgress[], before: LifecycleStatus): LifecycleStatus {
  const open = lines.filter(({ quantity }) => quantity > 0);
  if (open.length === 0) return before;
  if (open.some(line => line.shipped + line.delivered < line.quantity)) {
    return before === 'shipped' || before === 'delivered' ? 'processing' : before;
  }
  return open.every(line => line.delivered >= line.quantity) ? 'delivered' : 'shipped';
}

/** Counts the units of each line in the order's parcels. */
export function lineProgress(
  lines: readonly { id: string; quantity: number }[],
  parcels: readonly Parcel[],
): LineProgress[] {
  const units = (lineId: string, state: string) =>
    parcels
      .filter(parcel => parcel.state === state)
      .flatMap(parcel => parcel.lines)
      .filter(line => line.orderLineId === lineId)
      .reduce((sum, { quantity }) => sum + quantity, 0);
  return lines.map(({ id, quantity }) => ({
    quantity,
    shipped: units(id, 'Shipped'),
    delivered: units(id, 'Delivered'),
  }));
}
