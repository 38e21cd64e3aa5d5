/** How far an order goes in the proof. */
export type Way =
  | 'delivered'
  | 'shipped'
  | 'packed'
  | 'prepared'
  | 'in-parts'
  | 'half-sent'
  | 'cancelled-at-once'
  | 'cancelled-in-preparation'
  | 'cancelled-packed';

/** As often as they stand here. */
export const WAYS: readonly Way[] = [
  'delivered',
  'cancelled-at-once',
  'in-parts',
  'delivered',
  'cancelled-packed',
  'half-sent',
  'shipped',
  'cancelled-in-preparation',
  'delivered',
  'packed',
  'cancelled-at-once',
  'prepared',
];

const PAID = ['create', 'initiate_payment', 'payment_success'];
const PREPARED = [...PAID, 'start_fulfillment'];
const PACKED = [...PREPARED, 'items_picked'];
const SHIPPED = [...PACKED, 'package_dispatched'];

interface End {
  status: string;
  state: string;
  /** The steps of the order's history. */
  triggers: readonly string[];
}

/** Where an order that went this way is in the end. */
export const ENDS: Readonly<Record<Way, End>> = {
  prepared: { status: 'processing', state: 'Processing', triggers: PREPARED },
  packed: { status: 'ready_to_ship', state: 'ReadyToShip', triggers: PACKED },
  shipped: { status: 'shipped', state: 'Shipped', triggers: SHIPPED },
  delivered: { status: 'delivered', state: 'Delivered', triggers: [...SHIPPED, 'delivery_confirmed'] },
  'half-sent': { status: 'ready_to_ship', state: 'PartiallyShipped', triggers: SHIPPED },
  'in-parts': {
    status: 'delivered',
    state: 'Delivered',
    // One of each for each parcel.
    triggers: [...SHIPPED, 'package_dispatched', 'delivery_confirmed', 'delivery_confirmed'],
  },
  // Whether its preparation has begun before is a matter of moments.
  'cancelled-at-once': { status: 'cancelled', state: 'Cancelled', triggers: [...PAID, 'cancel'] },
  'cancelled-in-preparation': { status: 'cancelled', state: 'Cancelled', triggers: [...PREPARED, 'cancel'] },
  'cancelled-packed': { status: 'cancelled', state: 'Cancelled', triggers: [...PACKED, 'cancel'] },
};
