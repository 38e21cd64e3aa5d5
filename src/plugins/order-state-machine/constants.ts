export const loggerCtx = 'OrderStateMachine';

export const ORDER_STATE_MACHINE_PLUGIN_OPTIONS = Symbol('ORDER_STATE_MACHINE_PLUGIN_OPTIONS');

/** All effects of this shop, for the ledger. */
export const ORDER_EFFECTS = Symbol('ORDER_EFFECTS');

/** The action that is taken back also when the order is a cart again. */
export const PAYMENT_INTENT = 'create_payment_intent';

/** The longest note or reason, in characters. */
export const MAX_NOTE_LENGTH = 1_000;

/** Bound to a `ShippingCarrier`. */
export const SHIPPING_CARRIER = Symbol('SHIPPING_CARRIER');

/** Bound to a `WarehouseNotifier`; to null when no warehouse is connected. */
export const WAREHOUSE_NOTIFIER = Symbol('WAREHOUSE_NOTIFIER');
