export { PaymentsPlugin } from './payments.plugin';
export { ProviderRegistry } from './services/provider-registry';
export type { PaymentsPluginOptions } from './options';
export * from './errors';
export type * from './types';
