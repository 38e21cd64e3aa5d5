import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PaymentProvider, ProviderResult } from '../src/plugins/payments';
import type { Fault } from './support/payments/faults';
import { mollieStage } from './support/payments/mollie-stage';
import { authorizeRequest, call, since, type ProviderStage } from './support/payments/provider-stage';
import { stripeStage } from './support/payments/stripe-stage';
import { seededRandom } from './support/random';
import { testEnv } from './support/test-env';

const { localstripeUrl } = testEnv();
const SEED = 20_261_123;
const PAYMENTS = 30;
const MAX_TRIES = 40;

const stages: [string, () => Promise<ProviderStage>][] = [
  ['Mollie', mollieStage],
  ...(localstripeUrl === undefined
    ? []
    : ([['Stripe', () => stripeStage(localstripeUrl)]] as [string, () => Promise<ProviderStage>][])),
];

/** As whoever is careful does it: the same again, by the same key, until it is known what came of it. */
async function settled(act: (key: string) => Promise<ProviderResult>): Promise<ProviderResult> {
  const { idempotencyKey } = call();
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const result = await act(idempotencyKey);
    if (result.status !== 'unknown') return result;
  }
  throw new Error('It never became known.');
}

async function asked(provider: PaymentProvider, transactionId: string) {
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const found = await provider
      .query({ transactionId, reference: '', since: since() }, call())
      .catch(() => undefined);
    if (found !== undefined) return found;
  }
  throw new Error('There was never an answer.');
}

describe.each(stages)('Seeded faults before %s', (_name, open) => {
  let stage: ProviderStage;

  beforeAll(async () => {
    stage = await open();
  });
  afterAll(() => stage.close());

  it(`lose, double and invent no cent (seed ${SEED})`, async () => {
    const { provider } = stage;
    const proxy = stage.proxy!;
    const random = seededRandom(SEED);
    proxy.plan = { random: seededRandom(SEED + 1), percent: 35, maxDelayMs: 20 };
    const expected = new Map<string, { captured: number; refunded: number }>();
    for (let count = 0; count < PAYMENTS; count += 1) {
      const amount = 1000 + Math.floor(random() * 9000);
      const request = authorizeRequest(await stage.token('good'), { amount });
      const made = await settled(key => provider.authorize(request, call(key)));
      const id = made.transactionId!;
      if (made.status === 'pending') await stage.shopper(id, 'pay');
      const money = (part: number) => ({
        transactionId: id,
        amount: part,
        currency: 'EUR',
        reference: 'x',
        reason: null,
      });
      const captured = Math.floor(random() * amount) + 1;
      const refunded = Math.floor(random() * (captured + 1));
      expect((await settled(key => provider.capture(money(captured), call(key)))).status).toBe('succeeded');
      if (refunded > 0) {
        const given = await settled(key => provider.refund(money(refunded), call(key)));
        expect(['succeeded', 'processing']).toContain(given.status);
      }
      expect(await asked(provider, id)).toMatchObject({ captured, refunded });
      expected.set(request.reference, { captured, refunded });
    }
    const booked = (await stage.ledger()).map(({ reference, captured, refunded }) => [
      reference,
      { captured, refunded },
    ]);
    expect(booked).toHaveLength(PAYMENTS);
    expect(Object.fromEntries(booked)).toEqual(Object.fromEntries(expected));
    // Faults of every kind were among them.
    const kinds = new Set(proxy.calls.map(({ fault }) => fault?.kind));
    for (const kind of [
      'drop',
      'cut',
      'status',
      'html',
      'empty',
      'duplicate',
      'delay',
    ] satisfies Fault['kind'][]) {
      expect(kinds).toContain(kind);
    }
  });

  it('messages come never, several times and in any order, and can be sent by hand', async () => {
    const bodies: string[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks);
        const headers = request.headers as Record<string, string>;
        if (stage.provider.verifyWebhook(body, headers)) bodies.push(body.toString('utf8'));
        response.writeHead(200).end();
      });
    });
    await new Promise<void>(resolve => receiver.listen(0, '127.0.0.1', resolve));
    const { webhooks } = stage.proxy!;
    stage.proxy!.plan = null;
    webhooks.messages.length = 0;
    webhooks.url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    webhooks.plan = { random: seededRandom(SEED + 2), maxTimes: 3, maxDelayMs: 30 };
    try {
      for (let count = 0; count < 25; count += 1) {
        const made = await stage.provider.authorize(authorizeRequest(await stage.token('good')), call());
        if (made.status === 'pending') await stage.shopper(made.transactionId!, 'pay');
      }
      await webhooks.drained();
      const times = webhooks.messages.map(({ body }) => bodies.filter(known => known === body).length);
      expect(Math.min(...times)).toBe(0);
      expect(Math.max(...times)).toBeGreaterThan(1);
      const unsent = webhooks.messages[times.indexOf(0)]!;
      expect(await webhooks.send(unsent)).toBe(200);
      expect(bodies).toContain(unsent.body);
    } finally {
      receiver.closeAllConnections();
      await new Promise(resolve => receiver.close(resolve));
    }
  });
});
