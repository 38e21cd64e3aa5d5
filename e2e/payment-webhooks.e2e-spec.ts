import { AdminClient } from './support/admin-client';
import { GraphqlClient } from './support/graphql-client';
import { guestPaying } from './support/inventory';
import { launchShop, type LaunchedShop } from './support/launch';
import { signed } from './support/webhook-probe/signed-provider';
import { ShopClient } from './support/shop-client';
import { paymentMethod, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';
import { WebhookSender, type WebhookRow } from './support/webhook-probe/webhook-sender';

/** Stands in bodies that must be seen nowhere. */
const CANARY = 'canary-6f1d7a';
const CARD = '4242424242424242';

let database: string;
let shop: LaunchedShop;
let admin: AdminClient;
let sender: WebhookSender;

beforeAll(async () => {
  const env = testEnv();
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'payhooks');
  shop = await launchShop(env, {
    database,
    scripts: {
      server: 'e2e/support/webhook-probe/server.js',
      worker: 'e2e/support/webhook-probe/worker.js',
    },
  });
  admin = await AdminClient.signedIn(shop.baseUrl);
  sender = new WebhookSender(shop.baseUrl, database);
}, 180_000);

afterAll(async () => {
  await shop?.stop();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
});

/** The messages whose ids begin so, once none is to be worked off any more. */
function whenWorkedOff(prefix: string): Promise<WebhookRow[]> {
  return waitFor(
    async () => {
      const rows = await sender.rows(prefix);
      return rows.length > 0 && rows.every(({ state }) => state !== 'received') ? rows : undefined;
    },
    { what: `the messages ${prefix}* to be worked off` },
  );
}

describe('a message of a provider', () => {
  it('that comes three times at the same instant is kept once and worked off once', async () => {
    const message = { id: 'same-1', type: 'payment.paid', payment: 'pay-1', at: '2026-01-02T03:04:05Z' };
    const answers = await Promise.all([1, 2, 3].map(() => sender.send(message)));
    expect(answers).toEqual(answers.map(() => ({ status: 200, text: '{"received":true}' })));
    expect(await whenWorkedOff('same-')).toMatchObject([
      { eventId: 'same-1', type: 'payment.paid', kind: 'payment', transactionId: 'pay-1', attempts: 1 },
    ]);
    // Late, and once more.
    expect((await sender.send(message)).status).toBe(200);
    const [events] = await query<{ count: number }>(
      `SELECT count(*)::int FROM domain_event WHERE "eventType" = 'PaymentWebhookReceived' AND "aggregateId" = 'probe/pay-1'`,
      [],
      database,
    );
    expect(events?.count).toBe(1);
    expect(await sender.rows('same-')).toMatchObject([{ attempts: 1 }]);
  });

  it('about a payment that nobody knows is ignored, and so are many at once, each with its own row', async () => {
    const ids = Array.from({ length: 20 }, (_, index) => `many-${index % 10}`);
    const answers = await Promise.all(
      ids.map(id => sender.send({ id, type: 'payment.paid', payment: `pay-${id}` })),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    const rows = await whenWorkedOff('many-');
    expect(rows).toHaveLength(10);
    expect(rows.every(({ state, attempts }) => state === 'ignored' && attempts === 1)).toBe(true);
  });

  it('is worked off after those before it about the same payment', async () => {
    for (let number = 0; number < 8; number += 1) {
      await sender.send({ id: `order-${number}`, type: 'payment.changed', payment: 'pay-order' });
    }
    await whenWorkedOff('order-');
    const rows = await query<{ eventId: string }>(
      `SELECT "eventId" FROM payment_webhook WHERE "transactionId" = 'pay-order' ORDER BY "processedAt"`,
      [],
      database,
    );
    expect(rows.map(({ eventId }) => eventId)).toEqual(
      [0, 1, 2, 3, 4, 5, 6, 7].map(number => `order-${number}`),
    );
  });

  it('about a dispute leaves its facts, and nothing else of what was sent', async () => {
    const dispute = {
      id: 'dp-1',
      amount: 1200,
      currency: 'EUR',
      reason: 'fraudulent',
      respondBy: '2026-02-01T00:00:00Z',
    };
    const sent = {
      id: 'dispute-1',
      type: 'dispute.opened',
      payment: 'pay-2',
      dispute: { ...dispute, note: CANARY },
      more: CANARY,
    };
    expect((await sender.send(sent)).status).toBe(200);
    const [row] = await whenWorkedOff('dispute-');
    expect(row?.dispute).toEqual({
      disputeId: 'dp-1',
      amount: 1200,
      currency: 'EUR',
      reason: 'fraudulent',
      status: 'needs_response',
      respondBy: '2026-02-01T00:00:00.000Z',
    });
    expect(await traces(CANARY)).toEqual([]);
  });

  it('survives the death of the worker', async () => {
    await shop.kill('worker', 'SIGKILL');
    expect((await sender.send({ id: 'killed-1', type: 'payment.paid', payment: 'pay-3' })).status).toBe(200);
    await shop.restart();
    expect(await whenWorkedOff('killed-')).toMatchObject([{ attempts: 1 }]);
  }, 120_000);
});

describe('what is no message is refused, and nothing of it is kept or logged', () => {
  const message = { id: `${CANARY}-1`, type: 'payment.paid', payment: CANARY };
  const text = JSON.stringify(message);

  it.each<[string, () => Promise<{ status: number; text: string }>, number]>([
    ['without a signature', () => sender.send(text, { signature: null }), 400],
    ['with a wrong signature', () => sender.send(text, { signature: 'ab'.repeat(32) }), 400],
    ['with a signature of no use', () => sender.send(text, { signature: 'zz' }), 400],
    ['changed by one blank', () => sender.send(`${text} `, { signature: signed(text) }), 400],
    ['for a provider that does not exist', () => sender.send(text, { provider: 'stripe-live' }), 404],
    ['for no provider', () => sender.send(text, { provider: '%00' }), 404],
    ['of another method', () => sender.send(text, { method: 'PUT' }), 404],
    ['too large', () => sender.send(JSON.stringify({ ...message, pad: 'x'.repeat(300_000) })), 413],
    ['that is no JSON', () => sender.send(`{"id":"${CANARY}`), 400],
    ['that is HTML', () => sender.send(`<html>${CANARY}</html>`), 400],
    ['that is empty', () => sender.send(''), 400],
    ['that is no message of this provider', () => sender.send(JSON.stringify({ note: CANARY })), 400],
    [
      'with an id that cannot be kept',
      () => sender.send(JSON.stringify({ ...message, id: `${CANARY}\u0000` })),
      400,
    ],
    [
      'with an id as long as a novel',
      () => sender.send(JSON.stringify({ ...message, id: CANARY.repeat(100) })),
      400,
    ],
    ['of another type', () => sender.send(text, { headers: { 'content-type': 'text/plain' } }), 415],
    ['compressed', () => sender.send(text, { headers: { 'content-encoding': 'gzip' } }), 415],
    ['nested without end', () => sender.send('['.repeat(100_000) + ']'.repeat(100_000)), 400],
  ])('%s', async (_, send, status) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expect(answer.text).not.toContain(CANARY);
    expect(await sender.rows(CANARY)).toEqual([]);
    expect(await traces(CANARY)).toEqual([]);
  });

  it('with a card number in it', async () => {
    const before = sender.log().split('card_number').length;
    for (const body of [
      { ...message, card: CARD },
      { ...message, [`4242 4242 4242 4242`]: 1 },
      { ...message, deep: [{ number: Number(CARD) }] },
    ]) {
      const answer = await sender.send(JSON.stringify(body));
      expect(answer).toMatchObject({ status: 400 });
      expect(answer.text).toContain('CARD_DATA_REFUSED');
    }
    expect(await sender.rows(CANARY)).toEqual([]);
    expect(await traces(CANARY, CARD, '4242 4242')).toEqual([]);
    expect(sender.log().split('card_number').length - before).toBe(3);
  });

  it('says the same for every provider that it does not have', async () => {
    const [a, b] = await Promise.all([
      sender.send(text, { provider: 'stripe-live' }),
      sender.send(text, { provider: 'no-such' }),
    ]);
    expect(a).toEqual(b);
  });
});

describe('staff', () => {
  const LIST = `query ($options: PaymentWebhookListOptions) {
    paymentWebhooks(options: $options) { totalItems items { id eventId state attempts dispute { disputeId amount } } } }`;
  const RETRY = `mutation ($id: ID!) { retryPaymentWebhook(id: $id) {
    __typename ... on PaymentWebhook { state } ... on PaymentWebhookStateError { errorCode message } } }`;

  interface List {
    paymentWebhooks: { totalItems: number; items: { id: string; eventId: string; state: string }[] };
  }

  it('find messages by payment and by state, page by page, the newest first', async () => {
    for (const id of ['list-1', 'list-2', 'list-3']) {
      await sender.send({ id, type: 'payment.paid', payment: 'pay-list' });
    }
    await whenWorkedOff('list-');
    const filter = { transactionId: { eq: 'pay-list' }, provider: { eq: 'probe' }, state: { eq: 'ignored' } };
    const { paymentWebhooks } = await admin.api.request<List>(LIST, { options: { filter, take: 2 } });
    expect(paymentWebhooks.totalItems).toBe(3);
    expect(paymentWebhooks.items.map(({ eventId }) => eventId)).toEqual(['list-3', 'list-2']);
  });

  it('have a message worked off once more, unless it is done', async () => {
    await sender.send({ id: 'again-1', type: 'payment.paid', payment: 'pay-again' });
    const [row] = await whenWorkedOff('again-');
    const { paymentWebhooks } = await admin.api.request<List>(LIST, {
      options: { filter: { eventId: { eq: 'again-1' } } },
    });
    const id = paymentWebhooks.items[0]?.id;
    expect(await admin.api.request(RETRY, { id })).toEqual({
      retryPaymentWebhook: { __typename: 'PaymentWebhook', state: 'received' },
    });
    await waitFor(
      async () =>
        (await sender.rows('again-'))[0]?.attempts === (row?.attempts ?? 0) + 1 ? true : undefined,
      { what: 'the second attempt' },
    );
    await whenWorkedOff('again-');
    await query(`UPDATE payment_webhook SET state = 'done' WHERE "eventId" = 'again-1'`, [], database);
    expect(await admin.api.request(RETRY, { id })).toEqual({
      retryPaymentWebhook: {
        __typename: 'PaymentWebhookStateError',
        errorCode: 'PAYMENT_WEBHOOK_STATE_ERROR',
        message: expect.stringContaining('done') as string,
      },
    });
  });

  it('of another channel do not see what concerns all, and strangers see nothing', async () => {
    const { token } = await admin.createChannel('payhooks');
    const elsewhere = await AdminClient.signedIn(shop.baseUrl, { headers: { 'vendure-token': token } });
    const stranger = new GraphqlClient(`${shop.baseUrl}/admin-api`);
    for (const api of [elsewhere.api, stranger]) {
      const answer = await api.send(LIST, {});
      expect(answer.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }
  });
});

describe('card data in a payment', () => {
  const REFUSAL = `__typename ... on ErrorResult { errorCode message } ... on CardDataRefusedError { field reason }`;

  it('of a shopper is refused with a word on what to do, and is nowhere afterwards', async () => {
    const [variant] = await variantsInStock(new ShopClient(shop.baseUrl), 1);
    const guest = await guestPaying(variant?.id ?? '', 1, shop.baseUrl);
    const method = await paymentMethod(guest);
    const pay = (metadata: unknown) =>
      guest.api.send<{ result: Record<string, unknown> }>(
        `mutation ($input: PaymentInput!) { result: addPaymentToOrder(input: $input) { ${REFUSAL} } }`,
        { input: { method, metadata } },
      );
    const { data } = await pay({ card: { number: '4242 4242 4242 4242', cvc: '123' } });
    expect(data?.result).toEqual({
      __typename: 'CardDataRefusedError',
      errorCode: 'CARD_DATA_REFUSED_ERROR',
      message: expect.stringMatching(/input\.metadata\.card\.number.*token/) as string,
      field: 'input.metadata.card.number',
      reason: 'card_number',
    });
    expect((await pay({ cvc: '123' })).data?.result).toMatchObject({ reason: 'security_code' });
    expect((await guest.activeOrder())?.payments ?? []).toEqual([]);

    const { result } = await guest.api.request<{ result: Record<string, unknown> }>(
      `mutation ($input: InitiatePaymentInput!) { result: initiatePayment(input: $input) { ${REFUSAL} } }`,
      { input: { method, token: CARD } },
    );
    expect(result).toMatchObject({ __typename: 'CardDataRefusedError', field: 'input.token' });

    // A variable of the wrong type: GraphQL repeats it.
    const { errors } = await guest.api.send(
      `mutation ($input: PaymentInput!) { addPaymentToOrder(input: $input) { __typename } }`,
      { input: { method: Number(CARD), metadata: {} } },
    );
    expect(errors).toHaveLength(1);
    expect(sender.log()).toContain('got invalid value [digits]');
    expect(await traces(CARD, '4242 4242')).toEqual([]);

    expect((await pay({ token: 'tok_visa' })).data?.result).toEqual({ __typename: 'Order' });
  });

  it.each([
    [
      'addManualPaymentToOrder',
      'ManualPaymentInput',
      { orderId: '1', method: 'x', metadata: {}, transactionId: CARD },
    ],
    ['addManualPaymentToOrder', 'ManualPaymentInput', { orderId: '1', method: 'x', metadata: { a: [CARD] } }],
    ['refundOrder', 'RefundOrderInput', { paymentId: '1', amount: 1, reason: `card ${CARD}` }],
    ['settleRefund', 'SettleRefundInput', { id: '1', transactionId: CARD }],
    [
      'modifyOrder',
      'ModifyOrderInput',
      { dryRun: false, orderId: '1', refunds: [{ paymentId: '1', reason: CARD }] },
    ],
    [
      'decidePaymentAttempt',
      'DecidePaymentAttemptInput',
      { id: '1', moved: true, transactionId: 'x', reason: `seen for ${CARD}` },
    ],
  ])('of staff is refused by %s, case %#', async (mutation, type, input) => {
    const { result } = await admin.api.request<{ result: Record<string, unknown> }>(
      `mutation ($input: ${type}!) { result: ${mutation}(input: $input) { ${REFUSAL} } }`,
      { input },
    );
    expect(result).toMatchObject({ __typename: 'CardDataRefusedError', reason: 'card_number' });
    expect(await traces(CARD)).toEqual([]);
  });
});

describe('what is worked off', () => {
  it('is deleted after 90 days, what is open stays', async () => {
    for (const id of ['old-1', 'old-2', 'old-3'])
      await sender.send({ id, type: 'payment.paid', payment: `pay-${id}` });
    await whenWorkedOff('old-');
    await query(
      `UPDATE payment_webhook SET "processedAt" = now() - interval '91 days' WHERE "eventId" = 'old-1';
       UPDATE payment_webhook SET "processedAt" = now() - interval '89 days' WHERE "eventId" = 'old-2';
       UPDATE payment_webhook SET "processedAt" = NULL, state = 'received', "receivedAt" = now() - interval '91 days'
        WHERE "eventId" = 'old-3'`.replaceAll('\n', ' '),
      [],
      database,
    );
    await admin.api.request(`mutation { runScheduledTask(id: "payments-prune-webhooks") { success } }`);
    await waitFor(async () => ((await sender.rows('old-1')).length === 0 ? true : undefined), {
      what: 'the old message to be deleted',
      timeoutMs: 90_000,
    });
    expect((await sender.rows('old-')).map(({ eventId }) => eventId)).toEqual(['old-2', 'old-3']);
  }, 120_000);
});

/** Where any of the texts is: the log, the inbox, events, deliveries, payments. */
async function traces(...texts: string[]): Promise<string[]> {
  const log = sender.log();
  const found = texts.filter(text => log.includes(text)).map(text => `${text} in the log`);
  for (const table of [
    'payment_webhook',
    'domain_event',
    'domain_event_delivery',
    'payment',
    'refund',
    'job_record',
  ]) {
    const [row] = await query<{ count: number }>(
      `SELECT count(*)::int FROM "${table}" t WHERE ${texts.map((_, index) => `position($${index + 1} in t::text) > 0`).join(' OR ')}`,
      texts,
      database,
    );
    if ((row?.count ?? 0) > 0) found.push(`${texts.join()} in ${table}`);
  }
  return found;
}
