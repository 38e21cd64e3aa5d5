import { randomUUID } from 'node:crypto';
import type { BackendMessage } from './support/payments/backend';
import type { StripeStage } from './support/payments/stripe-stage';
import { StockStaff } from './support/inventory';
import { ReconciliationDesk } from './support/payments-probe/reconciliation';
import { startPluginShop, type PluginShop } from './support/payments-plugin-probe/shop';
import {
  activeId,
  attempts,
  guestAtPayment,
  initiate,
  pay,
  refund,
  refundsOf,
} from './support/payments-probe/payments';
import { succeeded } from './support/results';
import type { ShopClient } from './support/shop-client';
import { query } from './support/sql';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

/** What was cut off is found by a task that runs every 10 s. */
const RECOVERY_MS = 45_000;

let plugin: PluginShop;

beforeAll(async () => {
  plugin = await startPluginShop('payhandlers');
}, 180_000);

afterAll(() => plugin?.stop(), 60_000);

const payer = (variantId = plugin.variantId) => guestAtPayment(plugin.shop.baseUrl, variantId);

/** Sends a message to the shop. @returns its status */
async function deliver(path: string, message: BackendMessage): Promise<number> {
  const response = await fetch(`${plugin.shop.baseUrl}${path}`, {
    method: 'POST',
    headers: message.headers(),
    body: message.body,
    signal: AbortSignal.timeout(30_000),
  });
  await response.arrayBuffer();
  return response.status;
}

interface PaymentRow {
  id: string;
  state: string;
  amount: number;
  transactionId: string;
}

const payments = (orderId: string) =>
  query<PaymentRow>(
    'SELECT id::text, state, amount, "transactionId" FROM payment WHERE "orderId" = $1 ORDER BY id',
    [orderId],
    plugin.database,
  );

async function stateOf(orderId: string): Promise<string> {
  const [row] = await query<{ state: string }>(
    'SELECT state FROM "order" WHERE id = $1',
    [orderId],
    plugin.database,
  );
  return row?.state ?? '';
}

/** Paid orders are prepared by themselves. */
const PLACED = /^(PaymentSettled|Processing)$/;

const messages = (transactionId: string) =>
  query<{ state: string; attempts: number; error: string | null; type: string }>(
    'SELECT state, attempts, error, type FROM payment_webhook WHERE "transactionId" = $1 ORDER BY id',
    [transactionId],
    plugin.database,
  );

const stranded = (orderId: string) =>
  query<{ reason: string }>(
    `SELECT "eventData"->>'reason' AS reason FROM domain_event WHERE "eventType" = 'PaymentStranded' AND "aggregateId" = $1`,
    [orderId],
    plugin.database,
  );

const bookedAt = async (stage: { ledger(): PluginShopLedger }, transactionId: string) =>
  (await stage.ledger()).find(entry => entry.transactionId === transactionId);
type PluginShopLedger = ReturnType<StripeStage['ledger']>;

const sendToStripe = (message: BackendMessage) => deliver('/payments/stripe', message);

async function intent(client: ShopClient): Promise<string> {
  const { secret } = await client.api.request<{ secret: string }>(
    'mutation { secret: createStripePaymentIntent }',
  );
  return secret;
}

/** The shopper pays in the browser. @returns the payment, and Stripe's message about it */
async function payInBrowser(secret: string): Promise<{ id: string; message: BackendMessage }> {
  const stripe = plugin.stripe!;
  await stripe.backend.confirmInBrowser(secret, await stripe.method('4242424242424242'));
  return {
    id: secret.split('_secret_')[0]!,
    message: stripe.proxy.webhooks.last('payment_intent.succeeded'),
  };
}

async function paidByStripe(): Promise<{ orderId: string; id: string }> {
  const client = await payer();
  const orderId = await activeId(client);
  const { id, message } = await payInBrowser(await intent(client));
  expect(await sendToStripe(message)).toBe(200);
  return { orderId, id };
}

/** What Braintree has sold for an order. */
async function sales(orderId: string) {
  const [order] = await query<{ code: string }>(
    'SELECT code FROM "order" WHERE id = $1',
    [orderId],
    plugin.database,
  );
  return (await plugin.braintree.backend.ledger()).filter(({ reference }) => reference === order?.code);
}

const stripeIs = testEnv().localstripeUrl === undefined ? describe.skip : describe;

stripeIs('the Stripe handler', () => {
  let stripe: StripeStage;

  beforeAll(() => {
    stripe = plugin.stripe!;
  });

  it('pays an order as ever, and the ledger has it', async () => {
    const { orderId, id } = await paidByStripe();
    expect(await stateOf(orderId)).toMatch(PLACED);
    const [payment] = await payments(orderId);
    expect(payment).toMatchObject({ state: 'Settled', transactionId: id });
    expect(await attempts(plugin.database, orderId)).toMatchObject([
      {
        kind: 'authorize',
        provider: 'stripe-plugin',
        status: 'succeeded',
        disposition: 'applied',
        amount: payment?.amount,
      },
    ]);
    expect(await messages(id)).toMatchObject([{ state: 'done', attempts: 1, error: null }]);
  });

  it('takes a message that comes three times at the same instant, and later once more, once', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payInBrowser(await intent(client));
    expect(await Promise.all([1, 2, 3].map(() => sendToStripe(message)))).toEqual([200, 200, 200]);
    expect(await sendToStripe(message)).toBe(200);
    expect(await payments(orderId)).toHaveLength(1);
    expect(await messages(id)).toMatchObject([{ state: 'done', attempts: 1 }]);
  });

  it('gives money back that was paid for an order as it is no more, and takes the right amount after it', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payInBrowser(await intent(client));
    succeeded(await client.transition('AddingItems'));
    const { totalWithTax } = succeeded(await client.addItem(plugin.variantId, 1));
    await sendToStripe(message);
    expect(await payments(orderId)).toEqual([]);
    expect(await attempts(plugin.database, orderId)).toMatchObject([
      { kind: 'authorize', status: 'succeeded', disposition: 'returned' },
      { kind: 'refund', status: 'succeeded', disposition: 'applied' },
    ]);
    const booked = await bookedAt(stripe, id);
    expect(booked?.refunded).toBe(booked?.captured);
    expect(await stranded(orderId)).toHaveLength(1);
    // Sent again, nothing more happens.
    expect(await sendToStripe(message)).toBe(200);
    expect(await attempts(plugin.database, orderId)).toHaveLength(2);
    succeeded(await client.transition('ArrangingPayment'));
    const again = await payInBrowser(await intent(client));
    expect(await sendToStripe(again.message)).toBe(200);
    expect(await payments(orderId)).toMatchObject([{ state: 'Settled', amount: totalWithTax }]);
  });

  it('gives money back of an order that was paid in another way meanwhile', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payInBrowser(await intent(client));
    succeeded(await client.pay('standard-payment'));
    await sendToStripe(message);
    expect((await payments(orderId)).map(({ transactionId }) => transactionId)).not.toContain(id);
    expect((await bookedAt(stripe, id))?.refunded).toBeGreaterThan(0);
    expect(await stranded(orderId)).toHaveLength(1);
  });

  it('gives money back where the payment is written down and the order cannot be placed', async () => {
    await plugin.admin.setAvailable(plugin.scarceId, 1);
    const client = await payer(plugin.scarceId);
    const orderId = await activeId(client);
    const { id, message } = await payInBrowser(await intent(client));
    // Its hold has run out, and its units went elsewhere.
    await query('DELETE FROM stock_hold WHERE "orderId" = $1', [orderId], plugin.database);
    await plugin.admin.setAvailable(plugin.scarceId, 0);
    expect(await sendToStripe(message)).toBe(200);
    expect(await stateOf(orderId)).toBe('ArrangingPayment');
    expect(await payments(orderId)).toMatchObject([{ state: 'Cancelled', transactionId: id }]);
    const booked = await bookedAt(stripe, id);
    expect(booked?.refunded).toBe(booked?.captured);
    expect(await stranded(orderId)).toHaveLength(1);
  });

  it('pays the order of a shopper who began with another payment', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    expect(await initiate(client, { method: 'card' })).toMatchObject({ status: 'pending' });
    const { id, message } = await payInBrowser(await intent(client));
    // The plugin's own answer to what is in its way.
    expect(await sendToStripe(message)).toBe(500);
    expect(await stateOf(orderId)).toMatch(PLACED);
    expect(await payments(orderId)).toMatchObject([{ state: 'Settled', transactionId: id }]);
    expect(await attempts(plugin.database, orderId)).toMatchObject([
      { provider: 'dummy', status: 'cancelled' },
      { provider: 'dummy', kind: 'void', status: 'succeeded' },
      { provider: 'stripe-plugin', status: 'succeeded', disposition: 'applied' },
    ]);
  });

  it('shows staff the money of an order that is not there any more', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payInBrowser(await intent(client));
    const rename = (to: string) =>
      query(`UPDATE "order" SET code = $2 || code WHERE id = $1`, [orderId, to], plugin.database);
    await rename('GONE-');
    expect(await sendToStripe(message)).toBe(500);
    const { paymentWebhooks } = await plugin.admin.api.request<{
      paymentWebhooks: { items: { state: string; error: string }[] };
    }>(
      `query ($id: String!) { paymentWebhooks(options: { filter: { transactionId: { eq: $id } } }) { items { state error } } }`,
      { id },
    );
    expect(paymentWebhooks.items).toMatchObject([
      { state: 'received', error: expect.stringContaining(id) as string },
    ]);
    const { paymentDifferences } = await plugin.admin.api.request<{
      paymentDifferences: { items: { kind: string; theirs: { transactionId: string }; actions: string[] }[] };
    }>(
      `{ paymentDifferences(options: { filter: { kind: { eq: "unknown_payment" } } }) {
         items { kind actions theirs { transactionId captured } } } }`,
    );
    expect(paymentDifferences.items).toMatchObject([{ theirs: { transactionId: id }, actions: ['IGNORE'] }]);
  });

  it('tells of the bank’s doubts', async () => {
    const { orderId, id } = await paidByStripe();
    await stripe.backend.dispute(id);
    expect(await sendToStripe(stripe.proxy.webhooks.last('charge.dispute.created'))).toBe(200);
    expect(
      await query(
        `SELECT FROM domain_event WHERE "eventType" = 'PaymentDisputed' AND "aggregateId" = $1`,
        [orderId],
        plugin.database,
      ),
    ).toHaveLength(1);
    // Staff have it among all others.
    expect(
      await query('SELECT provider FROM payment_dispute WHERE "orderId" = $1', [orderId], plugin.database),
    ).toEqual([{ provider: 'stripe-plugin' }]);
  });

  it('is compared with Stripe’s books: what was given back by hand is found', async () => {
    const { orderId, id } = await paidByStripe();
    const desk = new ReconciliationDesk(plugin);
    expect(await desk.reconcile(orderId)).toMatchObject({ state: 'done', differences: 0, unreachable: 0 });
    const [order] = await query<{ currency: string }>(
      'SELECT "currencyCode" AS currency FROM "order" WHERE id = $1',
      [orderId],
      plugin.database,
    );
    const byHand = { reference: randomUUID(), transactionId: id, amount: 300, reason: null, ...order! };
    const call = { idempotencyKey: randomUUID(), signal: AbortSignal.timeout(10_000) };
    expect(await stripe.provider.refund(byHand, call)).toMatchObject({ status: 'succeeded' });
    await desk.reconcile(orderId);
    const [difference] = await desk.ofOrder(orderId);
    expect(difference).toMatchObject({
      kind: 'refunded_elsewhere',
      amount: 300,
      provider: 'stripe-plugin',
      theirs: { refunded: 300 },
    });
    expect(await desk.resolve(difference!.id, 'ACCEPT_PROVIDER')).toMatchObject({ resolution: 'accepted' });
  });

  it('believes no message without Stripe’s signature, and keeps nothing of it', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payInBrowser(await intent(client));
    const forged = stripe.backend.signature(message.body, undefined, 'whsec_another');
    for (const signature of [forged, '', 't=1,v1=00']) {
      const headers = () => ({ 'content-type': 'application/json', 'stripe-signature': signature });
      expect(await sendToStripe({ ...message, headers })).toBe(400);
    }
    // Nor is there a way round.
    for (const path of ['/Payments/Stripe', '/payments/stripe/x', '//payments/stripe']) {
      expect(await deliver(path, message)).toBe(404);
    }
    expect(await messages(id)).toEqual([]);
    expect(await payments(orderId)).toEqual([]);
    expect(await sendToStripe(message)).toBe(200);
    expect(await stateOf(orderId)).toMatch(PLACED);
  });

  it('cannot be called by a shopper, who is free to pay after it', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const metadata = { paymentIntentAmountReceived: 1, paymentIntentId: 'pi_made_up' };
    await expect(pay(client, 'by-stripe', metadata)).rejects.toThrow();
    expect(await attempts(plugin.database, orderId)).toMatchObject([{ status: 'failed', blocking: false }]);
    const { message } = await payInBrowser(await intent(client));
    expect(await sendToStripe(message)).toBe(200);
    expect(await stateOf(orderId)).toMatch(PLACED);
  });

  it('is not asked about messages that are none of its own', async () => {
    const body = JSON.stringify({
      id: `evt_${randomUUID().replaceAll('-', '')}`,
      object: 'event',
      type: 'balance.available',
      data: { object: { object: 'balance' } },
    });
    const headers = () => ({
      'content-type': 'application/json',
      'stripe-signature': stripe.backend.signature(body),
    });
    expect(await sendToStripe({ name: 'balance.available', body, headers })).toBe(200);
  });

  it('refunds once, by a key, however often and at once it is asked for', async () => {
    const { orderId, id } = await paidByStripe();
    const [payment] = await payments(orderId);
    const asked = await Promise.all([1, 2, 3].map(() => refund(plugin.admin, payment!.id, payment!.amount)));
    expect(asked.filter(({ __typename }) => __typename === 'Refund')).toHaveLength(1);
    expect(await bookedAt(stripe, id)).toMatchObject({ refunded: payment?.amount });
  });
});

describe('the Mollie handler', () => {
  let channelToken: string;

  const send = (message: BackendMessage) =>
    deliver(`/payments/mollie/${channelToken}/${plugin.mollieMethodId}`, message);

  beforeAll(async () => {
    const [row] = await query<{ token: string }>(
      `SELECT token FROM channel WHERE code = '__default_channel__'`,
      [],
      plugin.database,
    );
    channelToken = row!.token;
  });

  async function payAtMollie(client: ShopClient): Promise<{ id: string; message: BackendMessage }> {
    const { result } = await client.api.request<{ result: { url?: string; message?: string } }>(
      `mutation { result: createMolliePaymentIntent(input: { paymentMethodCode: "by-mollie" }) {
         ... on MolliePaymentIntent { url } ... on MolliePaymentIntentError { message } } }`,
    );
    const id = result.url?.split('/').at(-1);
    if (id === undefined) throw new Error(result.message);
    plugin.mollie.backend.shopper(id, 'pay');
    return { id, message: plugin.mollie.proxy.webhooks.last('payment.changed') };
  }

  it('pays an order once, also with three messages at the same instant', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payAtMollie(client);
    // The plugin's own answer.
    expect(await Promise.all([1, 2, 3].map(() => send(message)))).toEqual([201, 201, 201]);
    expect(await stateOf(orderId)).toMatch(PLACED);
    expect(await payments(orderId)).toMatchObject([{ state: 'Settled', transactionId: id }]);
    expect(await attempts(plugin.database, orderId)).toMatchObject([
      { provider: 'mollie-plugin', status: 'succeeded', disposition: 'applied' },
    ]);
    expect((await messages(id)).map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  });

  it('gives money back that was paid for an order as it is no more', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { id, message } = await payAtMollie(client);
    succeeded(await client.transition('AddingItems'));
    succeeded(await client.addItem(plugin.variantId, 1));
    // The plugin's own answer to what it cannot do.
    expect(await send(message)).toBe(500);
    expect(await payments(orderId)).toEqual([]);
    const booked = await bookedAt(plugin.mollie, id);
    expect(booked).toMatchObject({ refunded: booked?.captured });
    expect(await stranded(orderId)).toHaveLength(1);
  });

  it('hears nothing of payments that Mollie does not know', async () => {
    const headers = () => ({ 'content-type': 'application/x-www-form-urlencoded' });
    expect(await send({ name: 'x', body: 'id=tr_madeup', headers })).toBe(404);
    expect(await messages('tr_madeup')).toEqual([]);
  });
});

describe('the Braintree handler', () => {
  it('gives the browser its token, and pays with a nonce, once', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    const { token } = await client.api.request<{ token: string }>('{ token: generateBraintreeClientToken }');
    expect(token).toMatch(/^token_/);
    expect(await pay(client, 'by-braintree', { nonce: 'fake-processor-declined-visa-nonce' })).toMatchObject({
      __typename: 'PaymentDeclinedError',
    });
    const results = await Promise.all(
      [1, 2].map(() => pay(client, 'by-braintree', { nonce: 'fake-valid-nonce' })),
    );
    expect(results.map(({ __typename }) => __typename)).toContain('Order');
    expect(await payments(orderId)).toMatchObject([{ state: 'Declined' }, { state: 'Settled' }]);
    expect((await sales(orderId)).filter(({ captured }) => captured > 0)).toHaveLength(1);
    expect(await attempts(plugin.database, orderId)).toMatchObject([
      { provider: 'braintree-plugin', status: 'failed' },
      { provider: 'braintree-plugin', status: 'succeeded', disposition: 'applied' },
    ]);
  });

  it('refunds once', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    await pay(client, 'by-braintree', { nonce: 'fake-valid-nonce' });
    plugin.braintree.backend.settle();
    const [payment] = await payments(orderId);
    const asked = await Promise.all([1, 2].map(() => refund(plugin.admin, payment!.id, payment!.amount)));
    expect(asked.filter(({ __typename }) => __typename === 'Refund')).toHaveLength(1);
    expect(await sales(orderId)).toMatchObject([{ refunded: payment?.amount }]);
  });

  it('gives back whole what the bank has not moved yet', async () => {
    const client = await payer();
    const orderId = await activeId(client);
    await pay(client, 'by-braintree', { nonce: 'fake-valid-nonce' });
    const [payment] = await payments(orderId);
    // A part has to wait for the night.
    expect(await refund(plugin.admin, payment!.id, 100)).toMatchObject({ state: 'Failed' });
    expect(await refund(plugin.admin, payment!.id, payment!.amount)).toMatchObject({ state: 'Settled' });
    expect(await sales(orderId)).toMatchObject([{ status: 'voided' }]);
  });
});

/** All of them are left open first, so that the workers find out about them at the same time. */
describe('what was lost or cut off', () => {
  /** By order: what a worker is to find out. */
  const left: {
    refund?: PaymentRow & { orderId: string };
    changed?: PaymentRow & { orderId: string };
    died?: string;
    sale?: string;
  } = {};
  let diedAs: string;

  beforeAll(async () => {
    left.sale = await loseSale();
    if (plugin.stripe === undefined) return;
    left.refund = await loseRefund();
    left.died = await dieInController();
    left.changed = await takeOneUnitOut();
  }, 60_000);

  async function loseSale(): Promise<string> {
    const client = await payer();
    const orderId = await activeId(client);
    plugin.braintree.proxy.next('POST', '/merchants/the-merchant/transactions', {
      kind: 'drop',
      reached: true,
    });
    await expect(pay(client, 'by-braintree', { nonce: 'fake-valid-nonce' })).rejects.toThrow();
    expect(await pay(client, 'by-braintree', { nonce: 'fake-valid-nonce' })).toMatchObject({
      __typename: 'PaymentInProgressError',
    });
    return orderId;
  }

  async function loseRefund() {
    const { orderId } = await paidByStripe();
    const [payment] = await payments(orderId);
    plugin.stripe!.proxy.next('POST', '/v1/refunds', { kind: 'drop', reached: true });
    expect(await refund(plugin.admin, payment!.id, payment!.amount)).toMatchObject({
      __typename: 'PaymentOutcomeUnknownError',
    });
    // As long as nobody knows, it cannot be given back again.
    expect(await refund(plugin.admin, payment!.id, payment!.amount)).toMatchObject({
      __typename: 'RefundAmountError',
    });
    return { ...payment!, orderId };
  }

  /** As a process leaves a message that was killed in the controller, where Stripe never sends it again. */
  async function dieInController(): Promise<string> {
    const client = await payer();
    const orderId = await activeId(client);
    const { id } = await payInBrowser(await intent(client));
    await query(
      `INSERT INTO payment_webhook (provider, "eventId", type, kind, "transactionId", state, attempts, "receivedAt", "heldUntil")
       VALUES ('stripe-plugin', $1, 'payment_intent.succeeded', 'payment', $2, 'received', 1, now(), now() - interval '1 minute')`,
      [`evt_${randomUUID()}`, id],
      plugin.database,
    );
    diedAs = id;
    return orderId;
  }

  /** Staff change a paid order: what is given back for it must not be asked for in core's transaction. */
  async function takeOneUnitOut() {
    const client = await payer();
    const before = succeeded(await client.transition('AddingItems'));
    const { id: orderId, code, totalWithTax } = succeeded(await client.addItem(plugin.variantId, 1));
    succeeded(await client.transition('ArrangingPayment'));
    const { message } = await payInBrowser(await intent(client));
    expect(await sendToStripe(message)).toBe(200);
    const { lines } = await plugin.admin.whenInPreparation(code);
    const [payment] = await payments(orderId);
    const staff = new StockStaff(plugin.admin);
    expect(await staff.transition(orderId, 'Modifying')).toMatchObject({ __typename: 'Order' });
    const changed = await staff.modify(orderId, {
      adjustOrderLines: lines.map(line => ({ orderLineId: line.id, quantity: 1 })),
      refund: { paymentId: payment!.id, amount: totalWithTax - before.totalWithTax },
    });
    expect(changed).toMatchObject({ __typename: 'Order' });
    expect(await refundsOf(plugin.database, payment!.id)).toMatchObject([{ state: 'Pending' }]);
    return { ...payment!, orderId, amount: totalWithTax - before.totalWithTax };
  }

  const whenPlaced = (orderId: string) =>
    waitFor(async () => (PLACED.test(await stateOf(orderId)) ? true : undefined), {
      what: `order ${orderId} to be paid`,
      timeoutMs: RECOVERY_MS,
    });

  stripeIs('at Stripe', () => {
    it('an order whose message died with its process is paid, without the controller', async () => {
      await whenPlaced(left.died!);
      expect(await payments(left.died!)).toMatchObject([{ state: 'Settled', transactionId: diedAs }]);
      // The money is made sure of, and then the message is done with.
      await waitFor(async () => ((await messages(diedAs))[0]?.state === 'done' ? true : undefined), {
        what: 'the end of the message',
      });
      expect(await messages(diedAs)).toMatchObject([{ state: 'done', attempts: 2 }]);
    }, 60_000);

    it('a refund of a changed order is made after the change', async () => {
      const { id, amount, transactionId } = left.changed!;
      await waitFor(
        async () => ((await refundsOf(plugin.database, id))[0]?.state === 'Settled' ? true : undefined),
        { what: 'the refund to be made', timeoutMs: RECOVERY_MS },
      );
      expect(await bookedAt(plugin.stripe!, transactionId)).toMatchObject({ refunded: amount });
    }, 60_000);

    it('a refund is made once, and the shop says so in the end', async () => {
      const { orderId, amount, transactionId } = left.refund!;
      await waitFor(
        async () =>
          (await attempts(plugin.database, orderId))[1]?.disposition === 'applied' ? true : undefined,
        { what: 'the refund to be found out about', timeoutMs: RECOVERY_MS },
      );
      expect(await bookedAt(plugin.stripe!, transactionId)).toMatchObject({ refunded: amount });
    }, 60_000);
  });

  it('a sale of Braintree is made once, and found by its order', async () => {
    await whenPlaced(left.sale!);
    expect(await sales(left.sale!)).toHaveLength(1);
  }, 60_000);
});
