import type { AdminClient } from './support/admin-client';
import type { LaunchedShop } from './support/launch';
import type { FakeGateway, Fault } from './support/payments-probe/fake-gateway';
import {
  activeId,
  attempts,
  failOnce,
  guestAtPayment,
  initiate,
  pay,
  routeWithFailover,
} from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { paymentMethod } from './support/shopping';
import { databaseUrl } from './support/postgres';
import { query, withClient } from './support/sql';
import { testEnv } from './support/test-env';
import { sleep, waitFor } from './support/wait-for';

/** A lost reply is asked for after 5 s, a lost process after 13 s, by a task that runs every 10 s. */
const RECOVERY_MS = 60_000;

let payments: PaymentsShop;
let gateway: FakeGateway;
let database: string;
let shop: LaunchedShop;
let admin: AdminClient;
let variantId: string;
let automatic: string;

beforeAll(async () => {
  payments = await startPaymentsShop('payments', { DB_POOL_SIZE: '10' });
  ({ gateway, database, shop, admin, variantId, automatic } = payments);
}, 180_000);

afterAll(() => payments?.stop(), 60_000);

afterEach(() => {
  gateway.plan = () => undefined;
});

const payer = () => guestAtPayment(shop.baseUrl, variantId);

const stateOf = async (orderId: string) => {
  const [row] = await query<{ state: string }>(
    'SELECT state FROM "order" WHERE id = $1',
    [orderId],
    database,
  );
  return row?.state;
};

const whenPaid = (orderId: string) =>
  waitFor(
    async () =>
      ['AddingItems', 'ArrangingPayment'].includes((await stateOf(orderId)) ?? '') ? undefined : true,
    {
      what: `order ${orderId} to be paid`,
      timeoutMs: RECOVERY_MS,
    },
  );

describe('a payment', () => {
  it('is written down before the provider is asked, and told to core afterwards', async () => {
    const seen: string[] = [];
    gateway.plan = request => {
      if (request.operation === 'authorize') seen.push(request.reference);
      return { delayMs: 300 };
    };
    const client = await payer();
    const orderId = await activeId(client);
    const paying = pay(client, automatic, { token: 'tok' });
    await waitFor(() => (seen.length > 0 ? true : undefined), { what: 'the gateway to be asked' });
    expect(await attempts(database, orderId)).toMatchObject([
      { kind: 'authorize', status: 'open', disposition: 'none', provider: 'first', reference: seen[0] },
    ]);
    expect(await paying).toMatchObject({
      __typename: 'Order',
      state: expect.stringMatching(/^Payment|^Processing/) as string,
    });
    expect(await attempts(database, orderId)).toMatchObject([
      { status: 'succeeded', disposition: 'applied' },
    ]);
    expect(gateway.byReference(seen[0]!)).toMatchObject({
      captured: (await attempts(database, orderId))[0]?.amount,
    });
  });

  it('that is declined can be made again with another card', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    expect(await pay(client, automatic, { token: 'declined' })).toMatchObject({
      __typename: 'PaymentDeclinedError',
      paymentErrorMessage: 'The gateway says: card_declined.',
    });
    expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
    expect((await attempts(database, orderId)).map(({ status }) => status)).toEqual(['failed', 'succeeded']);
  });

  it('with a misspelt field is refused before anybody is asked', async () => {
    const client = await payer();
    const before = gateway.requests.length;
    expect(await pay(client, automatic, { tokn: 'tok' })).toMatchObject({
      __typename: 'PaymentInputError',
      problem: expect.stringContaining('tokn') as string,
    });
    expect(gateway.requests).toHaveLength(before);
    expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
  });

  it('that is sent three times at once is made once', async () => {
    gateway.plan = () => ({ delayMs: 500 });
    const client = await payer();
    const orderId = await activeId(client);
    const results = await Promise.all([1, 2, 3].map(() => pay(client, automatic, { token: 'tok' })));
    expect(results.filter(({ __typename }) => __typename === 'Order')).toHaveLength(1);
    expect(results.filter(({ __typename }) => __typename === 'PaymentInProgressError')).toHaveLength(2);
    expect(await attempts(database, orderId)).toHaveLength(1);
  });

  it('whose reply is lost is not made again, and is found by its reference', async () => {
    // The token says what goes wrong.
    const faults: readonly Fault[] = ['reply-lost', 'server-error', 'html'];
    gateway.plan = ({ operation, token }) =>
      operation === 'authorize' ? { fault: faults.find(fault => fault === token) } : undefined;
    await Promise.all(
      faults.map(async fault => {
        const client = await payer();
        const orderId = await activeId(client);
        expect(await pay(client, automatic, { token: fault })).toMatchObject({
          __typename: 'PaymentOutcomeUnknownError',
        });
        expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({
          __typename: 'PaymentInProgressError',
        });
        await whenPaid(orderId);
        const [attempt, ...more] = await attempts(database, orderId);
        expect(more).toEqual([]);
        expect(attempt).toMatchObject({ status: 'succeeded', disposition: 'applied' });
        const made = gateway.charged().filter(({ reference }) => reference === attempt?.reference);
        expect(made).toHaveLength(1);
      }),
    );
  }, 90_000);

  it('whose request never arrived leaves the shopper free to pay again', async () => {
    failOnce(gateway, 'authorize', 'request-lost');
    const client = await payer();
    const orderId = await activeId(client);
    expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({
      __typename: 'PaymentOutcomeUnknownError',
    });
    await waitFor(
      async () => ((await attempts(database, orderId))[0]?.status === 'failed' ? true : undefined),
      { what: 'the lost request to be noticed', timeoutMs: RECOVERY_MS },
    );
    expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
    expect(await attempts(database, orderId)).toMatchObject([
      { status: 'failed', failureCode: 'never_arrived' },
      { status: 'succeeded', disposition: 'applied' },
    ]);
  }, 90_000);

  it('of an order that was changed meanwhile is given back', async () => {
    gateway.plan = request => (request.operation === 'authorize' ? { delayMs: 1_500 } : undefined);
    const client = await payer();
    const orderId = await activeId(client);
    const paying = pay(client, automatic, { token: 'tok' });
    await sleep(400);
    succeeded(await client.transition('AddingItems'));
    succeeded(await client.addItem(variantId, 1));
    expect(await paying).toMatchObject({ __typename: 'PaymentReturnedError' });
    await waitFor(
      async () => ((await attempts(database, orderId))[0]?.disposition === 'returned' ? true : undefined),
      { what: 'the money to go back', timeoutMs: RECOVERY_MS },
    );
    const [charge] = await attempts(database, orderId);
    expect(gateway.byReference(charge!.reference)?.refunds).toMatchObject([{ amount: charge?.amount }]);
    gateway.plan = () => undefined;
    succeeded(await client.transition('ArrangingPayment'));
    expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
  }, 90_000);

  describe('that has a second provider to go to', () => {
    beforeAll(() => routeWithFailover(admin, true));
    afterAll(() => routeWithFailover(admin, false));

    it('goes there when the first is proven not to have acted', async () => {
      gateway.plan = ({ provider }) => (provider === 'first' ? { fault: 'unavailable' } : undefined);
      const client = await payer();
      const orderId = await activeId(client);
      expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
      expect(await attempts(database, orderId)).toMatchObject([
        { provider: 'first', status: 'failed' },
        { provider: 'second', status: 'succeeded', disposition: 'applied' },
      ]);
    });

    it.each<Fault>(['reply-lost', 'request-lost', 'server-error'])(
      'does not when nobody knows, after %s',
      async fault => {
        gateway.plan = ({ provider, operation }) =>
          provider === 'first' && operation === 'authorize' ? { fault } : undefined;
        const client = await payer();
        const orderId = await activeId(client);
        expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({
          __typename: 'PaymentOutcomeUnknownError',
        });
        expect(await attempts(database, orderId)).toMatchObject([{ provider: 'first', status: 'unknown' }]);
      },
    );

    it('does not when the card is declined', async () => {
      const client = await payer();
      const orderId = await activeId(client);
      expect(await pay(client, automatic, { token: 'declined' })).toMatchObject({
        __typename: 'PaymentDeclinedError',
      });
      expect(await attempts(database, orderId)).toHaveLength(1);
    });
  });

  it('survives the death of its server: it is finished, once, by the others', async () => {
    gateway.plan = request => (request.operation === 'authorize' ? { delayMs: 1_000 } : undefined);
    const client = await payer();
    const orderId = await activeId(client);
    const paying = pay(client, automatic, { token: 'tok' }).catch(() => undefined);
    await waitFor(
      async () => {
        const [attempt] = await attempts(database, orderId);
        return attempt !== undefined && gateway.byReference(attempt.reference) !== undefined
          ? true
          : undefined;
      },
      { what: 'the gateway to take the money', intervalMs: 20 },
    );
    await shop.kill('server', 'SIGKILL');
    await paying;
    await shop.restart();
    await whenPaid(orderId);
    expect(await attempts(database, orderId)).toMatchObject([
      { status: 'succeeded', disposition: 'applied' },
    ]);
  }, 120_000);

  it('whose server died when the money was taken is there when the shopper asks again', async () => {
    await shop.kill('worker', 'SIGKILL');
    const client = await payer();
    const orderId = await activeId(client);
    await withClient(databaseUrl(testEnv().postgresUrl, database), async rival => {
      let locked = false;
      gateway.plan = ({ operation }) => (operation === 'authorize' ? { delayMs: 700 } : undefined);
      const paying = pay(client, automatic, { token: 'tok' }).catch(() => undefined);
      await waitFor(
        async () => {
          const [attempt] = await attempts(database, orderId);
          if (attempt === undefined) return undefined;
          // The order keeps the outcome waiting until its server is gone.
          if (!locked)
            await rival.query(`BEGIN; SELECT FROM "order" WHERE id = ${Number(orderId)} FOR UPDATE`);
          locked = true;
          return attempt.status === 'succeeded' ? true : undefined;
        },
        { what: 'the answer of the gateway', intervalMs: 20 },
      );
      await shop.kill('server', 'SIGKILL');
      await paying;
      await rival.query('COMMIT');
    });
    await shop.server.start();
    expect(await pay(client, automatic, { token: 'another' })).toMatchObject({
      __typename: 'Order',
      id: orderId,
    });
    await shop.restart();
    expect(await attempts(database, orderId)).toMatchObject([
      { status: 'succeeded', disposition: 'applied' },
    ]);
  }, 120_000);
});

it('pays by a handler of another plugin as before, and writes it down', async () => {
  const client = await payer();
  const orderId = await activeId(client);
  const dummy = await paymentMethod(client);
  expect(await pay(client, dummy)).toMatchObject({ __typename: 'Order' });
  expect(await attempts(database, orderId)).toMatchObject([
    { kind: 'authorize', status: 'succeeded', disposition: 'applied', provider: 'dummy-payment-handler' },
  ]);
});

describe('a payment that was cut off in a handler of another plugin', () => {
  /** As a server leaves it that dies during the call. */
  async function cutOff(provider: string): Promise<{ client: ShopClient; orderId: string; method: string }> {
    const client = await payer();
    const orderId = await activeId(client);
    const method = await paymentMethod(client);
    await query(
      `INSERT INTO payment_attempt (reference, kind, method, provider, amount, currency, status, blocking, "orderId", "channelId", "createdAt")
       VALUES (gen_random_uuid(), 'authorize', $2, $3, 100, 'USD', 'open', true, $1, 1, now() - interval '1 minute')`,
      [orderId, method, provider],
      database,
    );
    return { client, orderId, method };
  }

  it('can be made again where the handler asks nobody', async () => {
    const { client, orderId, method } = await cutOff('dummy-payment-handler');
    expect(await pay(client, method)).toMatchObject({ __typename: 'Order' });
    expect(await attempts(database, orderId)).toMatchObject([
      { status: 'failed', failureCode: 'cut_off' },
      { status: 'succeeded', disposition: 'applied' },
    ]);
  });

  it('blocks others where nobody knows', async () => {
    const { client, orderId, method } = await cutOff('somebody-elses-handler');
    expect(await pay(client, method)).toMatchObject({ __typename: 'PaymentInProgressError' });
    expect(await attempts(database, orderId)).toMatchObject([{ status: 'open' }]);
  });
});

it('holds no connection while the provider takes its time: others go on as if nobody paid', async () => {
  const payers = await Promise.all(Array.from({ length: 30 }, payer));
  gateway.plan = request => (request.operation === 'authorize' ? { delayMs: 2_000 } : undefined);
  gateway.mostAtOnce = 0;
  const started = Date.now();
  let held = 0;
  const paying = Promise.all(payers.map(client => pay(client, automatic, { token: 'tok' })));
  const browser = new ShopClient(shop.baseUrl);
  await sleep(1_000);
  while (Date.now() < started + 2_000) {
    await browser.collections();
    const [row] = await query<{ open: number }>(
      `SELECT count(*)::int AS open FROM pg_stat_activity WHERE datname = $1 AND state LIKE 'idle in transaction%'`,
      [database],
      database,
    );
    held = Math.max(held, row?.open ?? 0);
  }
  const results = await paying;
  expect(results.map(({ __typename }) => __typename)).toEqual(results.map(() => 'Order'));
  // More of them wait for the provider at once than there are connections.
  expect(gateway.mostAtOnce).toBeGreaterThan(10);
  expect(held).toBeLessThan(10);
}, 90_000);

describe('an attempt of a handler that cannot be asked', () => {
  /** One whose answer was lost, of a provider that is gone. */
  async function lost(): Promise<{ client: ShopClient; orderId: string; attemptId: string }> {
    failOnce(gateway, 'authorize', 'request-lost');
    const client = await payer();
    const orderId = await activeId(client);
    expect((await pay(client, automatic, { token: 'tok' })).__typename).toBe('PaymentOutcomeUnknownError');
    await query(`UPDATE payment_attempt SET provider = 'gone' WHERE "orderId" = $1`, [orderId], database);
    const [attempt] = await attempts(database, orderId);
    return { client, orderId, attemptId: attempt!.id };
  }

  const decide = async (id: string, moved: boolean) => {
    const { result } = await admin.api.request<{ result: { __typename: string; status?: string } }>(
      `mutation ($input: DecidePaymentAttemptInput!) { result: decidePaymentAttempt(input: $input) {
         __typename ... on PaymentAttempt { status } ... on PaymentAttemptDecidedError { status } } }`,
      { input: { id, moved, transactionId: moved ? 'at-the-bank' : null, reason: 'seen in the books' } },
    );
    return result;
  };

  it('is ended by staff, and then the shopper can pay', async () => {
    const { client, attemptId } = await lost();
    expect((await pay(client, automatic, { token: 'tok' })).__typename).toBe('PaymentInProgressError');
    expect(await decide(attemptId, false)).toEqual({ __typename: 'PaymentAttempt', status: 'failed' });
    expect(await decide(attemptId, true)).toEqual({
      __typename: 'PaymentAttemptDecidedError',
      status: 'failed',
    });
    expect((await pay(client, automatic, { token: 'tok' })).__typename).toBe('Order');
  });

  it('pays the order when staff have seen the money', async () => {
    const { orderId, attemptId } = await lost();
    expect(await decide(attemptId, true)).toEqual({ __typename: 'PaymentAttempt', status: 'succeeded' });
    expect(['AddingItems', 'ArrangingPayment']).not.toContain(await stateOf(orderId));
    expect(await attempts(database, orderId)).toMatchObject([{ disposition: 'applied' }]);
  });
});

describe('a payment that the shopper confirms', () => {
  it('is started once, and finishes the order when the provider says so', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const first = await initiate(client, { method: automatic });
    expect(first).toMatchObject({
      __typename: 'InitiatedPayment',
      provider: 'first',
      status: 'pending',
      clientSecret: expect.stringMatching(/^secret-/) as string,
    });
    expect(await initiate(client, { method: automatic })).toEqual(first);
    gateway.confirm(first.id!);
    // Somebody who tries to pay once more finds out.
    expect(await initiate(client, { method: automatic, methodType: 'digital_wallet' })).toMatchObject({
      __typename: 'PaymentInProgressError',
    });
    await whenPaid(orderId);
    expect(await attempts(database, orderId)).toMatchObject([
      { status: 'succeeded', disposition: 'applied' },
      { kind: 'void', status: 'failed' },
    ]);
  }, 90_000);

  it('is settled once, though its provider tells of it three times at the same instant', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id } = await initiate(client, { method: automatic });
    gateway.confirm(id!);
    // Three messages, each of them three times, and two shoppers' windows that ask.
    const messages = [1, 2, 3].map(() => gateway.tell(id!));
    gateway.webhooks.url = `${shop.baseUrl}/payments/webhooks/first`;
    try {
      const answers = await Promise.all([
        ...[...messages, ...messages, ...messages].map(message => gateway.webhooks.send(message)),
        ...[1, 2].map(() => initiate(client, { method: automatic }).then(() => 200)),
      ]);
      expect(new Set(answers)).toEqual(new Set([200]));
    } finally {
      gateway.webhooks.url = null;
    }
    await whenPaid(orderId);
    await waitFor(
      async () => {
        const rows = await query<{ state: string }>(
          'SELECT state FROM payment_webhook WHERE reference = $1',
          [id],
          database,
        );
        return rows.length === 3 && rows.every(({ state }) => state === 'done') ? true : undefined;
      },
      { what: 'the messages to be worked off', timeoutMs: RECOVERY_MS },
    );
    const settled = await query(
      `SELECT amount FROM payment WHERE "orderId" = $1 AND state = 'Settled'`,
      [orderId],
      database,
    );
    expect(settled).toHaveLength(1);
    const told = await query(
      `SELECT 1 FROM domain_event WHERE "eventType" = 'PaymentCaptured' AND "aggregateId" = $1`,
      [orderId],
      database,
    );
    expect(told).toHaveLength(1);
    expect(gateway.byReference(id!)).toMatchObject({ state: 'succeeded', refunds: [] });
  }, 90_000);

  it('is taken back when the shopper pays in another way', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id } = await initiate(client, { method: automatic });
    expect(await pay(client, automatic, { token: 'tok' })).toMatchObject({ __typename: 'Order' });
    expect(gateway.byReference(id!)).toMatchObject({ state: 'cancelled' });
    expect(await attempts(database, orderId)).toMatchObject([
      { kind: 'authorize', status: 'cancelled' },
      { kind: 'void', status: 'succeeded' },
      { kind: 'authorize', status: 'succeeded', disposition: 'applied' },
    ]);
  });
});
