import { CrudPermissionDefinition } from '@vendure/core';

export const PAYMENTS_PLUGIN_OPTIONS = Symbol('PAYMENTS_PLUGIN_OPTIONS');

export const loggerCtx = 'Payments';

/** Permissions `ReadPaymentRouting` (see the rules, try payments) and `UpdatePaymentRouting` (save rules) of staff. */
export const paymentRoutingPermission = new CrudPermissionDefinition(
  'PaymentRouting',
  operation => `Grants permission to ${operation} the rules that choose the provider of a payment`,
);
