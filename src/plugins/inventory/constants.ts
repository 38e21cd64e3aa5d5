export const INVENTORY_PLUGIN_OPTIONS = Symbol('INVENTORY_PLUGIN_OPTIONS');
export const LOCATION_STRATEGY = Symbol('INVENTORY_LOCATION_STRATEGY');
export const loggerCtx = 'Inventory';

/** The seed's figure: a checkout keeps its units for a quarter of an hour. */
export const DEFAULT_HOLD_SECONDS = 15 * 60;

/** How long holds that have ended are kept for staff to look at, in days. */
export const ENDED_HOLDS_KEPT_DAYS = 30;

/** How long pick lists that were picked or cancelled are kept, in days, where the options do not say otherwise. */
export const DEFAULT_PICK_LIST_DAYS = 365;

/** As many thresholds as one mutation sets. */
export const MAX_THRESHOLDS = 1_000;

/** As many variants as are counted anew at once. */
export const MAX_RECOUNT = 100;

/** The longest page of a list, and how long it is when nothing is said. */
export const MAX_PAGE = 100;
export const DEFAULT_PAGE = 50;
