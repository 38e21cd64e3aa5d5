import { CrudPermissionDefinition } from '@vendure/core';

export const PAYMENTS_PLUGIN_OPTIONS = Symbol('PAYMENTS_PLUGIN_OPTIONS');

export const loggerCtx = 'Payments';

/** How long cards keep an amount reserved: what Stripe and most banks promise. */
export const AUTHORIZATION_DAYS = 7;

/** How long before its end staff are told. */
export const WARN_DAYS_BEFORE = 1;

/** Permissions `ReadPaymentRouting` (see the rules, try payments) and `UpdatePaymentRouting` (save rules) of staff. */
export const paymentRoutingPermission = new CrudPermissionDefinition(
  'PaymentRouting',
  operation => `Grants permission to ${operation} the rules that choose the provider of a payment`,
);

/** Where providers send their messages, each to its own code below. */
export const WEBHOOK_ROUTE = 'payments/webhooks';

/** Where those of `@vendure/payments-plugin` listen; below Mollie's the channel's token and the payment method's id. */
export const PLUGIN_WEBHOOK_ROUTES = { stripe: '/payments/stripe', mollie: '/payments/mollie' } as const;

/** The largest message, in bytes. Providers stay far below. */
export const WEBHOOK_BODY_LIMIT = 256 * 1024;

/** What one address may send: far more than a provider does, also after an outage, and less than would hurt. */
export const WEBHOOK_RATE = { burst: 500, perSecond: 50, senders: 10_000 };

/** How long a message is kept after it was worked off. */
export const WEBHOOKS_KEPT_DAYS = 90;

/** Permissions `ReadPaymentWebhooks` (browse) and `UpdatePaymentWebhooks` (try again) of staff. */
export const webhooksPermission = new CrudPermissionDefinition(
  'PaymentWebhooks',
  operation => `Grants permission to ${operation} the messages of payment providers`,
);

/** How many methods a customer may try to save: some in a row, then one in a minute. */
export const SAVED_METHOD_RATE = { burst: 25, perSecond: 1 / 60, senders: 10_000 };

/** Permissions `ReadPaymentReconciliation` (differences, disputes, reports) and `UpdatePaymentReconciliation` (resolve, run). */
export const reconciliationPermission = new CrudPermissionDefinition(
  'PaymentReconciliation',
  operation => `Grants permission to ${operation} what the shop and payment providers disagree about`,
);

/** How long differences are kept after they were resolved. */
export const DIFFERENCES_KEPT_DAYS = 730;

/** How long runs of the reconciliation are kept. */
export const RUNS_KEPT_DAYS = 30;

/** How often payments are compared with their providers, if the options do not say. */
export const RECONCILE_EVERY_MINUTES = 15;
