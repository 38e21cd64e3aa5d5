export const loggerCtx = 'OrderStateMachine';

export const ORDER_STATE_MACHINE_PLUGIN_OPTIONS = Symbol('ORDER_STATE_MACHINE_PLUGIN_OPTIONS');

/** All effects of this shop, for the ledger. */
export const ORDER_EFFECTS = Symbol('ORDER_EFFECTS');

/** The longest note or reason, in characters. */
export const MAX_NOTE_LENGTH = 1_000;
