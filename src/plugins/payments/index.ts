export { PaymentsPlugin } from './payments.plugin';
export { ProviderRegistry } from './services/providers/provider-registry';
export { paymentsOptions } from './options-from-env';
export { paymentHandlerPlugins } from './mounted/payment-handler-plugins';
export { AttemptLedgerService } from './services/ledger/attempt-ledger.service';
export { PatientTransaction } from './services/gate/patient-transaction';
export { requireDefaultChannel } from './api/default-channel';
export { refuseCardData } from './api/refuse-card-data';
export { PaymentOperationsService } from './services/gate/payment-operations.service';
export type { PaymentAttempt } from './entities/payment-attempt.entity';
export * from './events/payment-events';
export { RoutingService } from './services/routing/routing.service';
export type { PaymentFacts, RoutePlan, RoutingRule, RoutingTable } from './rules/routing';
export { ReconciliationPersonalData } from './services/reconciliation/reconciliation-personal-data';
export { SavedMethodPersonalData } from './services/saved-methods/saved-method-personal-data';
export { SavedMethodService } from './services/saved-methods/saved-method.service';
export { WebhookPersonalData } from './services/webhooks/webhook-personal-data';
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
export type { PaymentRiskCheck, RiskAssessment, RiskSubject } from './ports/payment-risk-check';
export { ROUTED_HANDLER_CODE } from './strategies/routed-payment.handler';
export * from './errors';
export type * from './types';
