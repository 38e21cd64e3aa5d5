import type { AdminClient } from './support/admin-client';
import { TransportError } from './support/graphql-client';
import type { LaunchedShop, Part } from './support/launch';
import { stripeStage, type StripeStage } from './support/payments/stripe-stage';
import type { FakeGateway, Fault } from './support/payments-probe/fake-gateway';
import { guestAtPayment, pay, refund, routeWithFailover, staffDoes } from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { proofSeed, proofSize } from './support/proof';
import { below, seededRandom } from './support/random';
import { query } from './support/sql';
import { testEnv } from './support/test-env';
import { sleep, waitFor } from './support/wait-for';

const SIZE = proofSize({
  small: { orders: 16, shoppers: 6, kills: 2, outages: 1, settleMs: 150_000 },
  full: { orders: 500, shoppers: 10, kills: 20, outages: 4, settleMs: 900_000 },
});

/** How many of a hundred requests to the first provider go wrong in each way; it is out of order for a while besides. */
const FAULTS: readonly [Fault, number][] = [
  ['reply-lost', 9],
  ['request-lost', 7],
  ['server-error', 7],
  ['html', 4],
];
/** How many of a hundred requests to Stripe go wrong, in all the ways of its proxy. */
const STRIPE_FAULTS = 20;
const OUTAGE_MS = 4_000;

const { localstripeUrl } = testEnv();
const random = seededRandom(proofSeed);

let payments: PaymentsShop;
let gateway: FakeGateway;
/** The second provider, where localstripe runs; else the test's gateway plays both. */
let stripe: StripeStage | undefined;
let database: string;
let shop: LaunchedShop;
let admin: AdminClient;
let methods: readonly string[];
let variantId: string;
const placed: { orderId: string; method: string }[] = [];
const kills: Record<Part, number> = { server: 0, worker: 0 };

beforeAll(async () => {
  if (localstripeUrl !== undefined) stripe = await stripeStage(localstripeUrl);
  payments = await startPaymentsShop(
    'payments_chaos',
    stripe === undefined
      ? {}
      : {
          PROBE_STRIPE_PORT: String(stripe.proxy.port),
          PROBE_STRIPE_KEY: stripe.apiKey,
          PROBE_STRIPE_SECRET: stripe.webhookSecret,
        },
  );
  ({ gateway, database, shop, admin, variantId } = payments);
  methods = [payments.automatic, payments.manual];
  await routeWithFailover(admin, 'both');
}, 180_000);

afterAll(async () => {
  await payments?.stop();
  await stripe?.close();
}, 60_000);

/** Does it again until it is done: a server that was killed answers nothing, or something that says so. */
async function insist<T>(what: string, work: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + SIZE.settleMs;
  for (;;) {
    try {
      const done = await work();
      if (done !== undefined) return done;
    } catch (error) {
      if (!(error instanceof TransportError) && !String(error).includes('TRY_AGAIN')) throw error;
    }
    if (Date.now() > deadline) throw new Error(`In vain: ${what}`);
    await sleep(300);
  }
}

const sql = <T extends object>(text: string, values: unknown[] = []) => query<T>(text, values, database);

const isPaid = async (orderId: string) => {
  const [row] = await sql<{ state: string }>('SELECT state FROM "order" WHERE id = $1', [orderId]);
  return !['AddingItems', 'ArrangingPayment'].includes(row?.state ?? '');
};

/** A shopper who tries until the order is paid, and never gives up a payment for lost. */
async function shopOnce(method: string): Promise<void> {
  const client = await insist('a shopper to come to the payment', () =>
    guestAtPayment(shop.baseUrl, variantId),
  );
  const orderId = await insist('the order to be read', async () => (await client.activeOrder())?.id);
  const token = (await stripe?.token('good')) ?? 'tok';
  await insist(`order ${orderId} to be paid`, async () => {
    if (await isPaid(orderId)) return true;
    await pay(client, method, { token });
    return undefined;
  });
  placed.push({ orderId, method });
}

async function killNow(part: Part): Promise<void> {
  await shop.kill(part, 'SIGKILL');
  kills[part] += 1;
  await shop.restart();
}

/** Some requests go wrong, the first provider is out of order for every third hundred of them. */
function letThingsGoWrong(): void {
  let seen = 0;
  gateway.plan = ({ operation, provider }) => {
    seen += 1;
    if (provider === 'first' && operation !== 'query' && seen % 300 > 200) return { fault: 'unavailable' };
    let dice = below(100, random);
    const delayMs = below(150, random);
    for (const [fault, weight] of FAULTS) {
      dice -= weight;
      if (dice < 0) return { fault: operation === 'query' ? 'server-error' : fault, delayMs };
    }
    return { delayMs };
  };
  const messages = { random, maxTimes: 3, maxDelayMs: 5_000 };
  Object.assign(gateway.webhooks, { url: `${shop.baseUrl}/payments/webhooks/first`, plan: messages });
  if (stripe === undefined) return;
  stripe.proxy.plan = { random, percent: STRIPE_FAULTS, maxDelayMs: 150 };
  Object.assign(stripe.proxy.webhooks, { url: `${shop.baseUrl}/payments/webhooks/second`, plan: messages });
}

/** Nobody listens at Stripe for a while. */
async function outages(): Promise<void> {
  for (let count = 0; count < SIZE.outages && stripe !== undefined; count += 1) {
    await sleep(1_000 + below(8_000, random));
    await stripe.proxy.down();
    await sleep(OUTAGE_MS);
    await stripe.proxy.up();
  }
}

interface Account {
  transactionId: string;
  payment: 'Authorized' | 'Settled';
  amount: number;
  refunded: number;
}

/** What the providers have booked, of what was reserved or taken. */
async function heldByProviders(): Promise<Account[]> {
  const gatewayHas = gateway.charged().map(held => ({
    transactionId: held.transactionId,
    payment: held.state === 'authorized' ? ('Authorized' as const) : ('Settled' as const),
    amount: held.state === 'authorized' ? held.amount : held.captured,
    refunded: held.refunds.reduce((sum, { amount }) => sum + amount, 0),
  }));
  const stripeHas = ((await stripe?.ledger()) ?? [])
    .filter(({ status, captured }) => captured > 0 || status === 'requires_capture')
    .map(({ transactionId, amount, captured, refunded }) => ({
      transactionId,
      payment: captured > 0 ? ('Settled' as const) : ('Authorized' as const),
      amount: captured > 0 ? captured : amount,
      refunded,
    }));
  return [...gatewayHas, ...stripeHas];
}

describe(`payments while replies are lost and processes are killed (seed ${proofSeed})`, () => {
  it(
    'are all made in the end',
    async () => {
      letThingsGoWrong();
      const jobs = Array.from({ length: SIZE.orders }, (_, index) => methods[index % methods.length]!);
      const trouble = Promise.all([
        outages(),
        (async () => {
          for (let round = 0; round < SIZE.kills; round += 1) {
            await sleep(1_500 + below(4_000, random));
            await killNow(round % 2 === 0 ? 'server' : 'worker');
          }
        })(),
      ]);
      await Promise.all(
        Array.from({ length: SIZE.shoppers }, async () => {
          for (let method = jobs.pop(); method !== undefined; method = jobs.pop()) await shopOnce(method);
        }),
      );
      await trouble;
      expect(placed).toHaveLength(SIZE.orders);
    },
    SIZE.settleMs * 2,
  );

  it(
    'and staff capture and refund some, with the same faults',
    async () => {
      const staffed = placed.filter((_, index) => index % 3 === 0);
      for (const { orderId } of staffed) {
        const payments = await sql<{ id: string; state: string; amount: number }>(
          `SELECT id::text, state, amount FROM payment WHERE "orderId" = $1 AND state IN ('Authorized', 'Settled')`,
          [orderId],
        );
        expect(payments).toHaveLength(1);
        const { id, amount } = payments[0]!;
        await insist(`payment ${id} to be captured`, async () => {
          const answer = await staffDoes(admin, 'settlePayment', id);
          return answer.state === 'Settled' ? true : undefined;
        });
        // Asked twice: what is refunded is told by the books below.
        await insist(`payment ${id} to be refunded`, async () => {
          const answer = await refund(admin, id, Math.floor(amount / 2));
          return answer.__typename === 'PaymentFailedError' ? undefined : true;
        });
      }
    },
    SIZE.settleMs,
  );

  it(
    'leave no question open',
    async () => {
      gateway.plan = () => undefined;
      if (stripe !== undefined) stripe.proxy.plan = null;
      await Promise.all([gateway.webhooks.drained(), stripe?.proxy.webhooks.drained()]);
      await waitFor(
        async () => {
          const open = await sql(
            `SELECT id FROM payment_attempt
             WHERE blocking OR (disposition = 'stranded' AND status IN ('authorized', 'succeeded'))`,
          );
          return open.length === 0 ? true : undefined;
        },
        { what: 'every attempt to come to its end', timeoutMs: SIZE.settleMs, intervalMs: 1_000 },
      );
    },
    SIZE.settleMs + 10_000,
  );

  it('leave the same sums at the providers, in the ledger and in the orders', async () => {
    const accounts = await sql<Account & { orderId: string }>(
      `SELECT o.id::text AS "orderId", p.amount, p."transactionId", p.state AS payment,
              coalesce((SELECT sum(r.total) FROM refund r WHERE r."paymentId" = p.id AND r.state = 'Settled'), 0)::int AS refunded
       FROM payment p JOIN "order" o ON o.id = p."orderId"
       WHERE p.method = ANY($1) AND p.state IN ('Authorized', 'Settled')`,
      [methods],
    );
    // No order is paid twice, and every one that was placed is paid.
    expect(accounts.map(({ orderId }) => orderId).sort()).toEqual(
      placed.map(({ orderId }) => orderId).sort(),
    );
    for (const { orderId } of placed) expect(await isPaid(orderId)).toBe(true);
    const held = await heldByProviders();
    // What was taken and wholly given back belongs to no order: it was stranded.
    const kept = held.filter(
      ({ payment, amount, refunded }) => payment === 'Authorized' || refunded < amount,
    );
    const byId = (a: Account, b: Account) => a.transactionId.localeCompare(b.transactionId);
    expect(kept.sort(byId)).toEqual(
      accounts
        .map(({ transactionId, payment, amount, refunded }) => ({ transactionId, payment, amount, refunded }))
        .sort(byId),
    );
    // What was reserved first is said to be taken by its authorization too, once the provider was asked again.
    const books = await sql<{ provider: string; kept: number }>(
      `SELECT provider,
              (coalesce(sum(amount) FILTER (WHERE kind = 'capture' OR (kind = 'authorize' AND NOT EXISTS (
                 SELECT FROM payment_attempt c
                 WHERE c.kind = 'capture' AND c.status = 'succeeded' AND c."paymentId" = a."paymentId"))), 0)
             - coalesce(sum(amount) FILTER (WHERE kind = 'refund'), 0))::int AS kept
       FROM payment_attempt a WHERE status = 'succeeded' GROUP BY provider ORDER BY provider`,
    );
    const byGateway = gateway.kept();
    const byAll = held
      .filter(({ payment }) => payment === 'Settled')
      .reduce((sum, { amount, refunded }) => sum + amount - refunded, 0);
    const inLedger = (code: string) => books.find(({ provider }) => provider === code)?.kept ?? 0;
    if (stripe !== undefined) expect(inLedger('first')).toBe(byGateway);
    expect(inLedger('first') + inLedger('second')).toBe(byAll);
    // Both have taken some.
    expect(books).toHaveLength(2);
    const sent = gateway.webhooks.messages.length + (stripe?.proxy.webhooks.messages.length ?? 0);
    const [received] = await sql<{ count: number }>('SELECT count(*)::int AS count FROM payment_webhook');
    console.log(
      `${placed.length} orders, ${kills.server} servers and ${kills.worker} workers killed, ` +
        `${gateway.requests.length} + ${stripe?.proxy.calls.length ?? 0} requests, ` +
        `${received?.count ?? 0} of ${sent} messages came, ${held.length - kept.length} payments given back.`,
    );
  });
});
