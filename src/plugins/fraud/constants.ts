export const loggerCtx = 'FraudPlugin';
export const FRAUD_PLUGIN_OPTIONS = Symbol('FRAUD_PLUGIN_OPTIONS');
/** In which storefronts say what the browser is: see README.md. */
export const DEVICE_HEADER = 'x-device';
