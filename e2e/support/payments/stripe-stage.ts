import { randomBytes } from 'node:crypto';
import { StripePaymentProvider } from '../../../src/plugins/payments';
import { FaultProxy } from './fault-proxy';
import type { ProviderStage } from './provider-stage';
import { StripeBackend } from './stripe-backend';

/** Localstripe's own numbers for what a bank may do. */
const CARDS = {
  good: '4242424242424242',
  declined: '4000000000000341',
  three_d_secure: '4000000000003220',
} as const;

export interface StripeStage extends ProviderStage {
  readonly provider: StripePaymentProvider;
  readonly proxy: FaultProxy;
  readonly backend: StripeBackend;
  readonly apiKey: string;
  readonly webhookSecret: string;
  /** The same provider with other settings. */
  providerWith(options: { apiKey?: string; webhookSecret?: string }): StripePaymentProvider;
  /** A payment method, as Stripe's script in the browser makes it. */
  method(number: string): Promise<string>;
  /** A token, as older scripts and wallets make it. */
  oldToken(number: string): Promise<string>;
}

/** Stripe's adapter before localstripe, with the fault proxy between them. */
export async function stripeStage(localstripeUrl: string): Promise<StripeStage> {
  const apiKey = `sk_test_${randomBytes(12).toString('hex')}`;
  const webhookSecret = `whsec_${randomBytes(12).toString('hex')}`;
  const backend = new StripeBackend({ url: localstripeUrl, apiKey, webhookSecret });
  const proxy = new FaultProxy(backend);
  await proxy.up(0);
  const providerWith: StripeStage['providerWith'] = options =>
    new StripePaymentProvider({
      apiKey,
      webhookSecret,
      host: '127.0.0.1',
      port: proxy.port,
      protocol: 'http',
      ...options,
    });
  const make = async (path: string, fields: Record<string, string>): Promise<string> => {
    const reply = await backend.handle({
      method: 'POST',
      path,
      query: new URLSearchParams(),
      headers: { authorization: `Bearer ${apiKey}` },
      body: new URLSearchParams(fields).toString(),
    });
    const { id } = JSON.parse(reply.body) as { id?: string };
    if (id === undefined) throw new Error(`${path} answers ${reply.status}: ${reply.body}`);
    return id;
  };
  const card = (number: string) => ({
    'card[number]': number,
    'card[exp_month]': '12',
    'card[exp_year]': '2040',
    'card[cvc]': '123',
  });
  const method = (number: string) => make('/v1/payment_methods', { type: 'card', ...card(number) });
  return {
    provider: providerWith({}),
    providerWith,
    proxy,
    backend,
    apiKey,
    webhookSecret,
    token: kind => method(CARDS[kind]),
    method,
    oldToken: number => make('/v1/tokens', card(number)),
    shopper: (transactionId, does) => backend.authenticate(transactionId, does === 'pay'),
    ledger: () => backend.ledger(),
    close: () => proxy.stop(),
  };
}
