export { PaymentsPlugin } from './payments.plugin';
export { ProviderRegistry } from './services/provider-registry';
export type { PaymentsPluginOptions } from './options';
export {
  DummyPaymentProvider,
  type DummyHistory,
  type DummyPaymentProviderOptions,
} from './adapters/dummy-payment-provider.adapter';
export {
  MolliePaymentProvider,
  type MolliePaymentProviderOptions,
} from './adapters/mollie-payment-provider.adapter';
export {
  StripePaymentProvider,
  type StripePaymentProviderOptions,
} from './adapters/stripe-payment-provider.adapter';
export * from './errors';
export type * from './types';
