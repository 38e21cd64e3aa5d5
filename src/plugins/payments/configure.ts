import type { RuntimeVendureConfig } from '@vendure/core';
import { paymentRoutingPermission } from './constants';
import { lookAtPaymentsTask } from './jobs/look-at-payments.task';
import { gatedHandler } from './strategies/gated-handler';
import { routedPaymentHandler } from './strategies/routed-payment.handler';

/** Every payment method handler that is configured so far works behind the gate: this plugin comes after theirs. */
export function configurePayments(config: RuntimeVendureConfig): RuntimeVendureConfig {
  const { paymentOptions } = config;
  paymentOptions.paymentMethodHandlers = [...paymentOptions.paymentMethodHandlers, routedPaymentHandler].map(
    handler => gatedHandler(handler),
  );
  config.authOptions.customPermissions.push(paymentRoutingPermission);
  config.schedulerOptions.tasks.push(lookAtPaymentsTask);
  return config;
}
