import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaymentProvider } from '../types';
import { MolliePaymentProvider } from './mollie-payment-provider.adapter';
import { StripePaymentProvider } from './stripe-payment-provider.adapter';

const NOW = Date.parse('2026-01-02T12:00:00Z');

/** One payment a second, the newest first: number 0 is of now. */
const madeAt = (index: number): number => NOW - index * 1000;

type List = (query: URLSearchParams, many: number) => object;

const stripeIntent = (index: number) => ({
  object: 'payment_intent',
  id: `pi_${index}`,
  amount: 100,
  currency: 'eur',
  status: 'succeeded',
  amount_received: 100,
  metadata: { reference: `attempt-${index}` },
  created: madeAt(index) / 1000,
});

const stripeList: List = (query, many) => {
  const from = Number(query.get('starting_after')?.slice(3) ?? -1) + 1;
  const since = Number(query.get('created[gte]')) * 1000;
  const all = Array.from({ length: Math.min(100, many - from) }, (_, index) => from + index);
  const data = all.filter(index => madeAt(index) >= since).map(stripeIntent);
  return { object: 'list', data, has_more: data.length === 100 && from + 100 < many };
};

const molliePayment = (index: number) => ({
  resource: 'payment',
  id: `tr_${index}`,
  status: 'paid',
  amount: { value: '1.00', currency: 'EUR' },
  metadata: { reference: `attempt-${index}` },
  createdAt: new Date(madeAt(index)).toISOString(),
  _links: {},
});

const mollieList: List = (query, many) => {
  const from = Number(query.get('from')?.slice(3) ?? 0);
  const limit = Number(query.get('limit'));
  const payments = Array.from({ length: Math.min(limit, many - from) }, (_, index) =>
    molliePayment(from + index),
  );
  const next =
    from + limit < many
      ? { href: `https://api.mollie.com/v2/payments?from=tr_${from + limit}&limit=${limit}` }
      : null;
  return { _embedded: { payments }, count: payments.length, _links: { next, previous: null } };
};

describe.each<[string, string, (port: number) => PaymentProvider, List, (index: number) => object]>([
  [
    'Stripe',
    '/v1/payment_intents',
    port => new StripePaymentProvider({ apiKey: 'sk_test_1', host: '127.0.0.1', port, protocol: 'http' }),
    stripeList,
    stripeIntent,
  ],
  [
    'Mollie',
    '/v2/payments',
    port =>
      new MolliePaymentProvider({
        apiKey: `test_${'1'.repeat(30)}`,
        apiEndpoint: `http://127.0.0.1:${port}/v2/`,
      }),
    mollieList,
    molliePayment,
  ],
])('A payment is found by its reference: %s', (_name, path, open, list, payment) => {
  let server: Server;
  let provider: PaymentProvider;
  let many = 0;
  let lists = 0;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const url = new URL(request.url!, 'http://provider');
      const one = /_(\d+)$/.exec(url.pathname)?.[1];
      if (one === undefined) lists += 1;
      expect(url.pathname).toBe(one === undefined ? path : `${path}/${url.pathname.split('/').at(-1)}`);
      const found = one === undefined ? list(url.searchParams, many) : payment(Number(one));
      response.writeHead(200).end(JSON.stringify(found));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    provider = open((server.address() as AddressInfo).port);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const find = (index: number, since: Date) => {
    lists = 0;
    const signal = AbortSignal.timeout(10_000);
    return provider.query({ transactionId: null, reference: `attempt-${index}`, since }, { signal });
  };

  it('among those of many pages', async () => {
    many = 620;
    for (const index of [0, 99, 100, 250, 619]) {
      expect(await find(index, new Date(madeAt(900)))).toMatchObject({
        reference: `attempt-${index}`,
        captured: 100,
      });
    }
    expect(await find(620, new Date(madeAt(900)))).toBeNull();
  });

  it('without looking through what is older, but for clocks that differ', async () => {
    many = 5_000;
    expect(await find(4_000, new Date(madeAt(10)))).toBeNull();
    expect(lists).toBeLessThanOrEqual(4);
    expect(await find(200, new Date(madeAt(10)))).toMatchObject({ reference: 'attempt-200' });
  });

  it('and where there are too many, nothing is certain', async () => {
    many = 30_000;
    await expect(find(29_000, new Date(madeAt(40_000)))).rejects.toThrow();
    expect(lists).toBeLessThanOrEqual(101);
  });
});
