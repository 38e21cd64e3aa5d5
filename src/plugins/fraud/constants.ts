export const loggerCtx = 'FraudPlugin';
export const FRAUD_PLUGIN_OPTIONS = Symbol('FRAUD_PLUGIN_OPTIONS');
