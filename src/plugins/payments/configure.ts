import type { RuntimeVendureConfig } from '@vendure/core';
import { webhookBody } from './api/webhook-body';
import {
  paymentRoutingPermission,
  PLUGIN_WEBHOOK_ROUTES,
  RECONCILE_EVERY_MINUTES,
  reconciliationPermission,
  WEBHOOK_ROUTE,
  webhooksPermission,
} from './constants';
import { clearSavedMethodsTask } from './jobs/clear-saved-methods.task';
import { finishPluginWebhooksTask } from './jobs/finish-plugin-webhooks.task';
import { lookAtPaymentsTask } from './jobs/look-at-payments.task';
import { pruneReconciliationTask } from './jobs/prune-reconciliation.task';
import { pruneWebhooksTask } from './jobs/prune-webhooks.task';
import { reconcilePaymentsTask } from './jobs/reconcile-payments.task';
import { warnOfExpiryTask } from './jobs/warn-of-expiry.task';
import type { PaymentsPluginOptions } from './options';
import { gatedHandler } from './strategies/gated-handler';
import { pendingRefundProcess } from './strategies/pending-refund.process';
import { routedPaymentHandler } from './strategies/routed-payment.handler';

/** Every payment method handler that is configured so far works behind the gate: this plugin comes after theirs. */
export function configurePayments(
  config: RuntimeVendureConfig,
  { reconcileEveryMinutes = RECONCILE_EVERY_MINUTES, pluginHandlers }: PaymentsPluginOptions,
): RuntimeVendureConfig {
  const { paymentOptions } = config;
  paymentOptions.paymentMethodHandlers = [...paymentOptions.paymentMethodHandlers, routedPaymentHandler].map(
    handler => gatedHandler(handler),
  );
  paymentOptions.refundProcess = [...(paymentOptions.refundProcess ?? []), pendingRefundProcess];
  config.schedulerOptions.tasks.push(
    lookAtPaymentsTask,
    warnOfExpiryTask,
    pruneWebhooksTask,
    clearSavedMethodsTask,
    reconcilePaymentsTask(reconcileEveryMinutes),
    pruneReconciliationTask,
  );
  config.authOptions.customPermissions.push(
    paymentRoutingPermission,
    reconciliationPermission,
    webhooksPermission,
  );
  config.apiOptions.middleware.push({
    route: `/${WEBHOOK_ROUTE}`,
    handler: webhookBody(),
    beforeListen: true,
  });
  const routes = pluginWebhookRoutes(pluginHandlers);
  if (routes.length > 0) config.schedulerOptions.tasks.push(finishPluginWebhooksTask);
  // Before the plugin's own reading, which has another limit and no rate.
  for (const route of routes) {
    config.apiOptions.middleware.unshift({ route, handler: webhookBody(), beforeListen: true });
  }
  return config;
}

/** Of the mounted handlers whose webhook settles by itself. */
export function pluginWebhookRoutes(pluginHandlers: PaymentsPluginOptions['pluginHandlers']): string[] {
  const names = pluginHandlers?.names ?? [];
  return (['stripe', 'mollie'] as const)
    .filter(name => names.includes(name))
    .map(name => PLUGIN_WEBHOOK_ROUTES[name]);
}
