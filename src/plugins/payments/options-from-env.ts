import { dummyPaymentHandler } from '@vendure/core';
import type { Env } from '../../config/env';
import { DummyPaymentProvider } from './adapters/dummy-payment-provider.adapter';
import { MolliePaymentProvider } from './adapters/mollie-payment-provider.adapter';
import { StripePaymentProvider } from './adapters/stripe-payment-provider.adapter';
import { Environment } from 'braintree';
import type { PaymentsPluginOptions, PluginHandlersOptions } from './options';
import type { PaymentProvider } from './types';

/** The providers that the shop has accounts with; in development one that plays along, beside them. */
export function paymentsOptions(env: Env): PaymentsPluginOptions {
  const providers: PaymentProvider[] = [];
  if (env.STRIPE_SECRET_KEY !== undefined) {
    providers.push(
      new StripePaymentProvider({
        apiKey: env.STRIPE_SECRET_KEY,
        webhookSecret: env.STRIPE_WEBHOOK_SECRET,
        ...addressOf(env.STRIPE_API_URL),
      }),
    );
  }
  if (env.MOLLIE_API_KEY !== undefined) {
    providers.push(
      new MolliePaymentProvider({
        apiKey: env.MOLLIE_API_KEY,
        apiEndpoint: env.MOLLIE_API_URL,
        webhookUrl: env.PUBLIC_URL === undefined ? undefined : `${env.PUBLIC_URL}/payments/webhooks/mollie`,
      }),
    );
  }
  // It takes no money, so it must not exist where money is real.
  if (env.NODE_ENV !== 'production') providers.push(new DummyPaymentProvider({}));
  return {
    providers,
    returnUrl: env.STOREFRONT_URL,
    reconcileEveryMinutes: env.PAYMENT_RECONCILIATION_MINUTES,
    handlersWithoutEffect: [dummyPaymentHandler.code],
    pluginHandlers: pluginHandlersOptions(env),
  };
}

/** The handlers of `@vendure/payments-plugin` that are mounted, and where their providers are. */
export function pluginHandlersOptions(env: Env): PluginHandlersOptions {
  const { host, port, protocol } = addressOf(env.STRIPE_API_URL);
  return {
    names: env.PAYMENTS_PLUGIN_HANDLERS,
    ...(host === undefined ? {} : { stripe: { host, protocol, ...(port === undefined ? {} : { port }) } }),
    ...(env.MOLLIE_API_URL === undefined ? {} : { mollie: { apiEndpoint: env.MOLLIE_API_URL } }),
    braintree: { environment: braintreeEnvironment(env) },
  };
}

function braintreeEnvironment(env: Env): Environment {
  const { host, port, protocol } = addressOf(env.BRAINTREE_API_URL);
  if (host !== undefined) {
    const secure = protocol === 'https';
    const portOrDefault = String(port ?? (secure ? 443 : 80));
    return new Environment(host, portOrDefault, '', secure, host, portOrDefault);
  }
  return env.BRAINTREE_ENVIRONMENT === 'production' ? Environment.Production : Environment.Sandbox;
}

function addressOf(
  url: string | undefined,
): { host?: undefined; port?: undefined; protocol?: undefined } | Address {
  if (url === undefined) return {};
  const { hostname, port, protocol } = new URL(url);
  return {
    host: hostname,
    port: port === '' ? undefined : Number(port),
    protocol: protocol === 'http:' ? ('http' as const) : ('https' as const),
  };
}

interface Address {
  readonly host: string;
  readonly port?: number | undefined;
  readonly protocol: 'http' | 'https';
}
