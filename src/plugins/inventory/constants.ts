export const INVENTORY_PLUGIN_OPTIONS = Symbol('INVENTORY_PLUGIN_OPTIONS');
export const INVENTORY_EVENT_PUBLISHER = Symbol('INVENTORY_EVENT_PUBLISHER');
export const loggerCtx = 'Inventory';

/** The seed's figure: a checkout keeps its units for a quarter of an hour. */
export const DEFAULT_HOLD_SECONDS = 15 * 60;

/** How long holds that have ended are kept for staff to look at, in days. */
export const ENDED_HOLDS_KEPT_DAYS = 30;
