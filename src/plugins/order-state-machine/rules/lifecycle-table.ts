import type { LifecycleStatus } from '../types';

/** A move of core's order state that carries a transition out. */
export interface StateMove {
  readonly from: string;
  readonly to: string;
}

/** One row of the table: what a trigger does to an order. */
export interface LifecycleTransition {
  readonly trigger: string;
  readonly from: LifecycleStatus;
  readonly to: LifecycleStatus;
  /** All must hold, or the transition is refused. */
  readonly conditions?: readonly string[];
  /** In this order. Those on the database run in the transition's transaction, the others as effects after it. */
  readonly actions?: readonly string[];
  readonly moves: readonly StateMove[];
  /** Only core makes it, as a consequence of something else; nobody fires it by hand. */
  readonly automatic?: boolean;
}

const move = (to: string, ...from: string[]): StateMove[] => from.map(state => ({ from: state, to }));

/** Core's states of an order of which something has gone out. */
const SENT_STATES = ['PartiallyShipped', 'Shipped', 'PartiallyDelivered', 'Delivered'];

/**
 * Of such an order the rest can still be prepared and sent (or all of it again, after a parcel was cancelled): core has
 * no state for that, so its state stays.
 */
const SENT_BEFORE = SENT_STATES.map((state): StateMove => ({ from: state, to: state }));

/** Core's states in which an order of each status can be cancelled. */
const CANCELLABLE = {
  pending: ['AddingItems', 'Draft'],
  payment_pending: ['ArrangingPayment', 'PaymentAuthorized', 'ArrangingAdditionalPayment'],
  payment_confirmed: ['PaymentSettled', 'ArrangingAdditionalPayment'],
  processing: ['Processing', 'ReadyToShip', ...SENT_STATES, 'ArrangingAdditionalPayment'],
  ready_to_ship: ['ReadyToShip', ...SENT_STATES, 'ArrangingAdditionalPayment'],
  shipped: ['Shipped', 'PartiallyShipped', 'PartiallyDelivered', 'ArrangingAdditionalPayment'],
  delivered: ['Delivered', 'PartiallyDelivered'],
} as const;

const REFUNDABLE = {
  cancelled: ['Cancelled'],
  shipped: ['Shipped', 'PartiallyDelivered'],
  delivered: ['Delivered'],
  returned: ['Returned'],
} as const;

/**
 * The life of an order. The first six triggers are the way of every order that is sent; each says what it needs and
 * what it does. Whoever moves the order, a trigger or core (a fulfilment, a cancellation, a payment), moves it by
 * these rows: the order process refuses every other move.
 */
export const LIFECYCLE: readonly LifecycleTransition[] = [
  {
    trigger: 'initiate_payment',
    from: 'pending',
    to: 'payment_pending',
    actions: ['reserve_inventory', 'create_payment_intent'],
    moves: move('ArrangingPayment', 'AddingItems', 'Draft'),
  },
  {
    trigger: 'payment_success',
    from: 'payment_pending',
    to: 'payment_confirmed',
    conditions: ['payment_confirmed'],
    actions: ['confirm_inventory_reservation', 'send_confirmation_email'],
    moves: move('PaymentSettled', 'ArrangingPayment', 'PaymentAuthorized'),
  },
  {
    trigger: 'start_fulfillment',
    from: 'payment_confirmed',
    to: 'processing',
    conditions: ['payment_confirmed'],
    actions: ['allocate_inventory', 'notify_warehouse'],
    moves: move('Processing', 'PaymentSettled'),
  },
  {
    trigger: 'items_picked',
    from: 'processing',
    to: 'ready_to_ship',
    conditions: ['all_items_available'],
    actions: ['close_pick_lists', 'create_shipping_label', 'generate_packing_list'],
    moves: [
      ...move('ReadyToShip', 'Processing'),
      // Changed by staff after it was packed.
      { from: 'ReadyToShip', to: 'ReadyToShip' },
      ...SENT_BEFORE,
    ],
  },
  {
    trigger: 'package_dispatched',
    from: 'ready_to_ship',
    to: 'shipped',
    actions: ['update_tracking_info', 'send_shipping_notification'],
    moves: [
      ...move('Shipped', 'ReadyToShip', 'PartiallyShipped'),
      ...SENT_BEFORE.filter(({ from }) => from !== 'PartiallyShipped'),
    ],
  },
  {
    trigger: 'delivery_confirmed',
    from: 'shipped',
    to: 'delivered',
    actions: ['update_delivery_date', 'send_delivery_notification', 'request_feedback'],
    moves: move('Delivered', 'Shipped', 'PartiallyDelivered', 'PartiallyShipped', 'Delivered'),
  },
  // Handed over without a carrier.
  {
    trigger: 'delivery_confirmed',
    from: 'ready_to_ship',
    to: 'delivered',
    actions: ['update_delivery_date', 'send_delivery_notification', 'request_feedback'],
    moves: move('Delivered', 'ReadyToShip'),
  },

  // The payment is held, not taken: the units are the order's, and the shopper hears of it.
  {
    trigger: 'payment_authorized',
    from: 'payment_pending',
    to: 'payment_pending',
    actions: ['confirm_inventory_reservation', 'send_confirmation_email'],
    moves: move('PaymentAuthorized', 'ArrangingPayment'),
    automatic: true,
  },
  {
    trigger: 'return_to_cart',
    from: 'payment_pending',
    to: 'pending',
    actions: ['release_inventory'],
    moves: move('AddingItems', 'ArrangingPayment'),
  },

  ...(['pending', 'payment_pending', 'payment_confirmed', 'processing', 'ready_to_ship'] as const).map(
    (from): LifecycleTransition => ({
      trigger: 'cancel',
      from,
      to: 'cancelled',
      actions: ['release_inventory'],
      moves: move('Cancelled', ...CANCELLABLE[from]),
    }),
  ),
  // Staff cancel what was sent by core's own cancellation, line by line: the units come back to stock.
  ...(['shipped', 'delivered'] as const).map((from): LifecycleTransition => ({
    trigger: 'cancel',
    from,
    to: 'cancelled',
    actions: ['release_inventory'],
    moves: move('Cancelled', ...CANCELLABLE[from]),
    automatic: true,
  })),

  // The goods came back.
  ...(['shipped', 'delivered'] as const).map((from): LifecycleTransition => ({
    trigger: 'return',
    from,
    to: 'returned',
    moves: move('Returned', ...(from === 'shipped' ? ['Shipped', 'PartiallyDelivered'] : ['Delivered'])),
  })),

  // All the money has gone back. Refunds are made with core's refundOrder; the last one moves the order by itself.
  ...(['cancelled', 'shipped', 'delivered', 'returned'] as const).map((from): LifecycleTransition => ({
    trigger: 'refund',
    from,
    to: 'refunded',
    conditions: ['fully_refunded'],
    moves: move('Refunded', ...REFUNDABLE[from]),
  })),
];

/** How a status is found after a move that belongs to no trigger of the table. */
export type Follow =
  /** Stays as it is. */
  | 'keep'
  /** Goes by the least advanced units: those that were not sent, or how far the parcels are. */
  | 'parcels'
  /** The same, but what has not gone out is to be prepared anew. */
  | 'anew'
  | LifecycleStatus;

export interface CoreMove extends StateMove {
  /** What the history calls it. */
  readonly trigger: string;
  readonly status: Follow;
  readonly conditions?: readonly string[];
  readonly actions?: readonly string[];
}

const CHANGEABLE = [
  'PaymentAuthorized',
  'PaymentSettled',
  'Processing',
  'ReadyToShip',
  'PartiallyShipped',
  'Shipped',
  'PartiallyDelivered',
];

/** Moves that core makes in between: carts come to be, parts go out, staff change what was ordered. */
export const CORE_MOVES: readonly CoreMove[] = [
  { from: 'Created', to: 'AddingItems', trigger: 'create', status: 'pending' },
  { from: 'Created', to: 'Draft', trigger: 'create', status: 'pending' },

  ...['Processing', 'ReadyToShip'].flatMap((from): CoreMove[] => [
    { from, to: 'PartiallyShipped', trigger: 'package_dispatched', status: 'parcels' },
    { from, to: 'PartiallyDelivered', trigger: 'delivery_confirmed', status: 'parcels' },
  ]),
  // Sent by hand, past the packing.
  ...['Processing', 'PartiallyShipped'].map((from): CoreMove => ({
    from,
    to: 'Shipped',
    trigger: 'package_dispatched',
    status: 'parcels',
  })),
  ...['Processing', 'PartiallyShipped', 'PartiallyDelivered'].map((from): CoreMove => ({
    from,
    to: 'Delivered',
    trigger: 'delivery_confirmed',
    status: 'parcels',
  })),
  ...['PartiallyShipped', 'Shipped'].map((from): CoreMove => ({
    from,
    to: 'PartiallyDelivered',
    trigger: 'delivery_confirmed',
    status: 'parcels',
  })),

  ...CHANGEABLE.map((from): CoreMove => ({ from, to: 'Modifying', trigger: 'modify', status: 'keep' })),
  ...['PaymentAuthorized', 'PaymentSettled', 'Modifying'].map((from): CoreMove => ({
    from,
    to: 'ArrangingAdditionalPayment',
    trigger: 'request_additional_payment',
    status: 'keep',
  })),
  ...['Modifying', 'ArrangingAdditionalPayment'].flatMap((from): CoreMove[] => {
    const back = { from, trigger: 'modification_done' };
    return [
      { ...back, to: 'PaymentAuthorized', status: 'payment_pending' },
      { ...back, to: 'PaymentSettled', status: 'payment_confirmed' },
      // Other units are to be picked, and the warehouse hears of it.
      ...['Processing', 'ReadyToShip', 'PartiallyShipped', 'PartiallyDelivered'].map((to): CoreMove => ({
        ...back,
        to,
        status: 'anew',
        conditions: ['payment_confirmed'],
        actions: ['allocate_inventory', 'notify_warehouse'],
      })),
      { ...back, to: 'Shipped', status: 'parcels' },
    ];
  }),
];
