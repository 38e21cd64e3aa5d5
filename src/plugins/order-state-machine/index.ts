export { OrderStateMachinePlugin } from './order-state-machine.plugin';
export { postWebhook, type WebhookCall, type WebhookTarget } from './adapters/post-webhook';
export { EffectNotNeededError, EffectOutcomeUnknownError, EffectRefusedError } from './errors';
export {
  OrderCancelled,
  OrderEffectFailed,
  OrderReadyForFulfillment,
  OrderReturned,
  ShippingLabelCreated,
} from './events/order-lifecycle-events';
export type { LifecycleTransition, StateMove } from './rules/lifecycle-table';
export { statusOf } from './rules/lifecycle-status';
export type { OrderStateMachinePluginOptions } from './rules/options';
export { OrderLifecycleService, type TriggerInput } from './services/order-lifecycle.service';
export type * from './types';
