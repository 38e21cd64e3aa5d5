import * as fc from 'fast-check';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AuthorizeRequest, PaymentProvider, ProviderCall } from '../types';
import { MolliePaymentProvider } from './mollie-payment-provider.adapter';
import { StripePaymentProvider } from './stripe-payment-provider.adapter';

interface Answer {
  readonly status: number;
  readonly body: string;
}

const request: AuthorizeRequest = {
  amount: 1000,
  currency: 'EUR',
  reference: 'attempt-1',
  captureMethod: 'automatic',
  method: { type: 'card', token: null, savedMethodId: null, billingAddress: null },
  customer: { id: '7', providerCustomerId: null, email: null, name: null },
  order: { id: '1', code: 'ORD-1', description: 'Order ORD-1', items: [] },
  returnUrl: 'https://shop.example/back',
  requireThreeDSecure: false,
};

const call = (): ProviderCall => ({ idempotencyKey: 'key', signal: AbortSignal.timeout(2_000) });

const PROVIDERS: [string, string, (port: number) => PaymentProvider][] = [
  [
    'Stripe',
    'pi_1',
    port => new StripePaymentProvider({ apiKey: 'sk_test_1', host: '127.0.0.1', port, protocol: 'http' }),
  ],
  [
    'Mollie',
    'tr_1',
    port =>
      new MolliePaymentProvider({
        apiKey: `test_${'1'.repeat(30)}`,
        apiEndpoint: `http://127.0.0.1:${port}/v2`,
      }),
  ],
];

/** What stands in the way of an answer, or is one of somebody else's. */
const WRONG: Answer[] = [
  { status: 200, body: '' },
  { status: 200, body: 'null' },
  { status: 200, body: '[]' },
  { status: 200, body: '{}' },
  { status: 200, body: '"succeeded"' },
  { status: 200, body: '<html>' },
  { status: 200, body: '{"object":"charge","id":"ch_1","status":"succeeded","resource":"chargeback"}' },
  { status: 200, body: '{"object":"payment_intent","status":"succeeded","resource":"payment"}' },
  // Another payment's.
  {
    status: 200,
    body: '{"object":"payment_intent","id":"pi_2","status":"canceled","currency":"eur","amount":1}',
  },
  { status: 204, body: '' },
  { status: 301, body: '' },
  { status: 400, body: '<html>' },
  { status: 401, body: '<html>' },
  { status: 403, body: '{"message":"blocked by the firewall"}' },
  { status: 404, body: 'Not Found' },
  { status: 409, body: '{"error":{"type":"invalid_request_error"},"status":409,"title":"Conflict"}' },
  { status: 429, body: 'slow down' },
  { status: 500, body: '{}' },
  { status: 500, body: '{"object":"payment_intent"}' },
  { status: 500, body: '{"error":{"type":"api_error"},"status":500,"title":"Internal"}' },
  { status: 502, body: '<html>' },
  { status: 503, body: '' },
];

describe.each(PROVIDERS)('%s', (_name, transactionId, open) => {
  let server: Server;
  let provider: PaymentProvider;
  let answer: Answer;
  let requests = 0;

  beforeAll(async () => {
    server = createServer((incoming, response) => {
      requests += 1;
      incoming.resume().once('end', () => response.writeHead(answer.status).end(answer.body));
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    provider = open((server.address() as AddressInfo).port);
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => server.close(resolve));
  });

  const money = { transactionId, reference: 'r', amount: 500, currency: 'EUR', reason: null };

  it.each(WRONG)('$status $body is no answer, whatever was asked, and is asked once', async wrong => {
    answer = wrong;
    requests = 0;
    const results = await Promise.all([
      provider.authorize(request, call()),
      provider.capture(money, call()),
      provider.void(money, call()),
      provider.refund(money, call()),
    ]);
    for (const result of results)
      expect(result).toMatchObject({ status: 'unknown', amount: 0, failure: null });
    await expect(
      provider.query({ transactionId, reference: 'r', since: new Date() }, call()),
    ).rejects.toThrow();
    await expect(
      provider.query({ transactionId: null, reference: 'r', since: new Date() }, call()),
    ).rejects.toThrow();
    expect(requests).toBe(6);
  });

  it('never says that a payment failed, unless the provider did', async () => {
    const said = fc.record(
      {
        error: fc.oneof(
          fc.jsonValue(),
          fc.record({
            type: fc.constantFrom('card_error', 'invalid_request_error', 'api_error'),
            code: fc.string(),
          }),
        ),
        status: fc.oneof(fc.integer({ min: 200, max: 599 }), fc.string()),
        title: fc.string(),
        object: fc.constantFrom('payment_intent', 'charge'),
        resource: fc.constantFrom('payment', 'refund'),
        id: fc.constantFrom('pi_1', 'tr_1'),
        amount: fc.oneof(
          fc.nat(),
          fc.record({ value: fc.constantFrom('1.00', 'x'), currency: fc.constant('EUR') }),
        ),
        currency: fc.constantFrom('eur', 'EUR'),
      },
      { requiredKeys: [] },
    );
    const status = fc.oneof(
      fc.integer({ min: 200, max: 599 }),
      fc.constantFrom(400, 401, 402, 403, 404, 422, 429, 500),
    );
    await fc.assert(
      fc.asyncProperty(status, fc.oneof(said, fc.jsonValue()), async (code, value) => {
        answer = { status: code, body: JSON.stringify(value) };
        const result = await provider.authorize(request, call());
        if (result.status !== 'failed') return;
        expect([400, 401, 402, 403, 404, 410, 422, 429]).toContain(code);
        const { error, status: repeated, title } = value as Record<string, unknown>;
        const stripes = String((error as { type?: unknown } | null)?.type).endsWith('_error');
        expect(stripes || (repeated === code && typeof title === 'string')).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
