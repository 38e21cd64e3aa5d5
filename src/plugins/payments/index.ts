export { PaymentsPlugin } from './payments.plugin';
export { ProviderRegistry } from './services/provider-registry';
export type { PaymentsPluginOptions } from './options';
export {
  StripePaymentProvider,
  type StripePaymentProviderOptions,
} from './adapters/stripe-payment-provider.adapter';
export * from './errors';
export type * from './types';
