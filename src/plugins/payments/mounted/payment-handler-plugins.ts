import type { Type } from '@vendure/core';
import { BraintreePlugin } from '@vendure/payments-plugin/package/braintree';
import { MolliePlugin } from '@vendure/payments-plugin/package/mollie';
import { StripePlugin } from '@vendure/payments-plugin/package/stripe';
import type { Env } from '../../../config/env';
import { pluginHandlersOptions } from '../options-from-env';
import { AttemptLedgerService } from '../services/ledger/attempt-ledger.service';
import { MollieTransactionsPlugin } from './mollie-transactions.plugin';
import { StripeAddressPlugin } from './stripe-address.plugin';

/** The plugins of `@vendure/payments-plugin` that the settings ask for. They come before PaymentsPlugin, which guards them. */
export function paymentHandlerPlugins(env: Env): Type<unknown>[] {
  const { names, stripe, braintree } = pluginHandlersOptions(env);
  return [
    ...(names.includes('stripe') ? [stripePlugin()] : []),
    ...(names.includes('stripe') && stripe !== undefined ? [StripeAddressPlugin.init(stripe)] : []),
    ...(names.includes('mollie')
      ? [MolliePlugin.init({ vendureHost: env.PUBLIC_URL }), MollieTransactionsPlugin]
      : []),
    ...(names.includes('braintree') ? [BraintreePlugin.init({ ...braintree })] : []),
  ];
}

function stripePlugin(): Type<unknown> {
  return StripePlugin.init({
    // In the same account there may be payments of ours, and of others.
    skipPaymentIntentsWithoutExpectedMetadata: true,
    /**
     * The plugin's key is the order's code and amount: once money of that key went back, it would give the shopper the
     * payment that is over. Its type leaves the key out, but it comes after the plugin's own.
     */
    requestOptions: async (injector, ctx, order) => {
      const attempts = await injector.get(AttemptLedgerService).ofOrder(ctx, order.id);
      const over = attempts.filter(
        ({ kind, disposition }) => kind === 'authorize' && ['stranded', 'returned'].includes(disposition),
      );
      const key = { idempotencyKey: `${order.code}_${order.totalWithTax}_${over.length}` };
      return (over.length === 0 ? {} : key) as object;
    },
  });
}
