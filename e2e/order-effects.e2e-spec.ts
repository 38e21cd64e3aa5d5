import { AdminClient } from './support/admin-client';
import { guestWith, paidOrder, StockStaff } from './support/inventory';
import { launchShop, type LaunchedShop } from './support/launch';
import { effectStates, LifecycleStaff, type Effect, type LifecycleOrder } from './support/lifecycle';
import { mailsTo, waitForMail } from './support/mailbox';
import { ShopClient } from './support/shop-client';
import { paymentMethod, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';
import { WebhookWarehouse } from './support/webhook-warehouse';

const SECRET = 'e2e-warehouse-6f1d7a0b2c9e48535d';

let database: string;
let shop: LaunchedShop;
let warehouse: WebhookWarehouse;
let admin: AdminClient;
let staff: LifecycleStaff;
let method: string;
let variantId: string;

beforeAll(async () => {
  const env = testEnv();
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'effects');
  warehouse = new WebhookWarehouse(SECRET);
  await warehouse.open();
  shop = await launchShop(env, {
    database,
    env: { WAREHOUSE_WEBHOOK_URL: warehouse.url, WAREHOUSE_WEBHOOK_SECRET: SECRET, SHOP_NAME: 'Harbour' },
  });
  admin = await AdminClient.signedIn(shop.baseUrl);
  staff = new LifecycleStaff(admin);
  [variantId = ''] = (await variantsInStock(new ShopClient(shop.baseUrl), 1)).map(({ id }) => id);
  await new StockStaff(admin, database).startWith(variantId, 200);
  method = await paymentMethod(await guestWith(variantId, 1, shop.baseUrl));
}, 180_000);

afterAll(async () => {
  await shop?.stop();
  await warehouse?.close();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
}, 60_000);

const rows = <T extends object>(statement: string, values: unknown[] = []) =>
  query<T>(statement, values, database);

async function bought(quantity = 1): Promise<{ id: string; code: string; email: string }> {
  const { id, code, customer } = await paidOrder({ [variantId]: quantity }, method, shop.baseUrl);
  return { id, code, email: customer!.emailAddress };
}

async function inPreparation(quantity = 1) {
  const order = await bought(quantity);
  await staff.whenIs(order.id, 'processing');
  return order;
}

function effect(order: LifecycleOrder, action: string): Effect {
  const found = order.effects.find(candidate => candidate.action === action && !candidate.compensation);
  if (found === undefined) throw new Error(`Order ${order.code} has no effect ${action}.`);
  return found;
}

interface Document {
  id: string;
  kind: string;
  url: string;
  trackingNumber: string | null;
  voidedAt: string | null;
}

async function documents(orderId: string): Promise<Document[]> {
  const { order } = await admin.api.request<{ order: { documents: Document[] } }>(
    'query($id: ID!) { order(id: $id) { documents { id kind url trackingNumber voidedAt } } }',
    { id: orderId },
  );
  return order.documents;
}

function download(url: string, token: string | undefined): Promise<Response> {
  return fetch(
    `${shop.baseUrl}${url}`,
    token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } },
  );
}

/** Ends the waits between attempts. */
async function hurry(): Promise<void> {
  await rows(`UPDATE domain_event_delivery SET "availableAt" = now() WHERE state = 'ready'`);
}

describe('the effects of an order on its way', () => {
  it('each happen once: mails, the warehouse, label, packing list and tracking number', async () => {
    const { id, code, email } = await inPreparation(2);
    const confirmation = await waitForMail(email, /confirmation/i);
    expect(confirmation.subject).toBe(`Order confirmation for #${code}`);
    expect(confirmation.html).toContain(code);
    expect(confirmation.text).toContain(code);

    await staff.whenSettled(id);
    const [task] = warehouse.tasks(code);
    expect(task).toMatchObject({
      signed: true,
      body: { kind: 'fulfill', pickLists: [{ lines: [{ quantity: 2 }] }] },
    });

    await staff.fire(id, 'items_picked');
    await staff.whenSettled(id);
    const papers = await documents(id);
    expect(papers.map(({ kind }) => kind).sort()).toEqual(['label', 'packing_list']);
    for (const { url } of papers) {
      const paper = await download(url, admin.api.token);
      expect(paper.headers.get('content-type')).toBe('application/pdf');
      expect(
        Buffer.from(await paper.arrayBuffer())
          .subarray(0, 5)
          .toString(),
      ).toBe('%PDF-');
    }
    const label = papers.find(({ kind }) => kind === 'label');

    await staff.fire(id, 'package_dispatched');
    const sent = await staff.whenSettled(id);
    expect(sent.fulfillments[0]?.trackingCode).toBe(label?.trackingNumber);
    const notice = await waitForMail(email, /way|shipped/i);
    expect(notice.text).toContain(label?.trackingNumber);

    await staff.fire(id, 'delivery_confirmed');
    const delivered = await staff.whenSettled(id);
    expect(effectStates(delivered)).toEqual({
      send_confirmation_email: 'done',
      notify_warehouse: 'done',
      create_shipping_label: 'done',
      generate_packing_list: 'done',
      update_tracking_info: 'done',
      send_shipping_notification: 'done',
      send_delivery_notification: 'done',
      request_feedback: 'waiting',
    });
    const mails = mailsTo(email);
    expect(mails).toHaveLength(3);
    // Every mail is known by the entry of the ledger that it belongs to.
    expect(new Set(mails.map(({ messageId }) => messageId)).size).toBe(3);
    expect(confirmation.messageId).toContain(`order-${effect(delivered, 'send_confirmation_email').id}@`);
    expect(warehouse.tasks(code)).toHaveLength(1);

    // Some days later.
    await rows(`UPDATE order_effect SET "dueAt" = now() WHERE id = $1`, [
      effect(delivered, 'request_feedback').id,
    ]);
    await admin.api.request(
      'mutation { runScheduledTask(id: "order-state-machine-due-effects") { success } }',
    );
    const asked = await waitFor(() => mailsTo(email)[3], { what: 'the question for feedback' });
    expect(asked.subject).toContain(code);
  });

  it('send one mail for each parcel', async () => {
    const { id, email } = await inPreparation(2);
    const [line] = (await staff.order(id)).lines;
    for (const trackingCode of ['FIRST', 'SECOND']) {
      const parcel = await admin.fulfill([{ orderLineId: line!.id, quantity: 1 }], trackingCode);
      await admin.moveFulfillment(parcel.id, 'Shipped');
    }
    const order = await staff.whenSettled(id);
    expect(order.lifecycleStatus).toBe('shipped');
    const notices = mailsTo(email).filter(({ subject }) => !/confirmation/i.test(subject));
    expect(notices).toHaveLength(2);
    expect(notices.filter(({ text }) => text.includes('FIRST'))).toHaveLength(1);
    expect(notices.filter(({ text }) => text.includes('SECOND'))).toHaveLength(1);
  });

  it('keep their papers from everybody but staff', async () => {
    const { id } = await inPreparation();
    await staff.fire(id, 'items_picked');
    await staff.whenSettled(id);
    const [paper] = await documents(id);
    const shopper = await guestWith(variantId, 1, shop.baseUrl);
    expect((await download(paper!.url, undefined)).status).toBe(403);
    expect((await download(paper!.url, shopper.api.token)).status).toBe(403);
    expect((await download('/order-documents/999999', admin.api.token)).status).toBe(404);
    expect((await download('/order-documents/no-number', admin.api.token)).status).toBe(404);
  });
});

describe('an effect that fails', () => {
  it('is tried again, and the order goes on meanwhile', async () => {
    warehouse.answers.push(503, 500);
    const { id, code } = await inPreparation();
    expect(await staff.fire(id, 'items_picked')).toMatchObject({ lifecycleStatus: 'ready_to_ship' });
    await hurry();
    const order = await waitFor(
      async () => {
        await hurry();
        const found = await staff.order(id);
        return effect(found, 'notify_warehouse').state === 'done' ? found : undefined;
      },
      { what: 'the warehouse to be told' },
    );
    expect(effect(order, 'notify_warehouse').attempts).toBe(3);
    expect(warehouse.tasks(code)).toHaveLength(1);
  });

  it('is for staff when it is refused: they see why, and retry it or skip it with a reason', async () => {
    warehouse.answers.push(422);
    const first = await inPreparation();
    const refused = await staff.whenSettled(first.id);
    const failed = effect(refused, 'notify_warehouse');
    expect(failed).toMatchObject({ state: 'failed', attempts: 1, canRetry: true, canSkip: true });
    expect(failed.error).toMatch(/422/);
    const events = await rows(
      `SELECT 1 FROM domain_event WHERE "eventType" = 'OrderEffectFailed' AND "aggregateId" = $1`,
      [first.id],
    );
    expect(events).toHaveLength(1);

    expect(await staff.retry(failed.id)).toMatchObject({ __typename: 'OrderEffect' });
    const told = await staff.whenSettled(first.id);
    expect(effect(told, 'notify_warehouse').state).toBe('done');
    expect(warehouse.tasks(first.code)).toHaveLength(1);
    expect(await staff.retry(failed.id)).toMatchObject({ __typename: 'EffectStateError', state: 'done' });
    expect(await staff.skip(failed.id, 'no')).toMatchObject({ __typename: 'EffectStateError' });

    warehouse.answers.push(422);
    const second = await inPreparation();
    const other = effect(await staff.whenSettled(second.id), 'notify_warehouse');
    await expect(staff.skip(other.id, '  ')).rejects.toThrow(/1 to 1000 characters/);
    expect(await staff.skip(other.id, 'Told by telephone')).toMatchObject({ __typename: 'OrderEffect' });
    expect(effect(await staff.order(second.id), 'notify_warehouse')).toMatchObject({
      state: 'skipped',
      reason: 'Told by telephone',
    });
    expect(warehouse.tasks(second.code)).toHaveLength(0);
    await expect(staff.retry('999999')).rejects.toThrow(/999999/);
  });

  it('ends as a dead letter after its attempts, which goes when staff see to it', async () => {
    warehouse.answers.push(...Array<number>(9).fill(500));
    const { id, code } = await inPreparation();
    const order = await waitFor(
      async () => {
        await hurry();
        const found = await staff.order(id);
        return effect(found, 'notify_warehouse').state === 'failed' ? found : undefined;
      },
      { what: 'the attempts to be used up', timeoutMs: 40_000 },
    );
    const failed = effect(order, 'notify_warehouse');
    expect(failed.attempts).toBe(9);
    const dead = `SELECT d.state, d.reason FROM domain_event_delivery d
      WHERE d."aggregateId" = $1 AND d.handler = 'order-state-machine.notify-warehouse' ORDER BY d.id`;
    await waitFor(
      async () => ((await rows<{ state: string }>(dead, [id]))[0]?.state === 'dead' ? true : undefined),
      {
        what: 'the dead letter',
      },
    );
    await staff.retry(failed.id);
    await staff.whenSettled(id);
    expect(await rows(dead, [id])).toMatchObject([
      { state: 'discarded', reason: 'Retried from the order.' },
      { state: 'done' },
    ]);
    expect(warehouse.tasks(code)).toHaveLength(1);
  });

  it('of unknown outcome is not repeated where that would be seen twice', async () => {
    const { id, email } = await inPreparation();
    const order = await staff.whenSettled(id);
    const mail = effect(order, 'send_confirmation_email');
    // As a killed worker leaves it: begun, and its request delivered again.
    await rows(`UPDATE order_effect SET state = 'running', "finishedAt" = NULL WHERE id = $1`, [mail.id]);
    await rows(
      `UPDATE domain_event_delivery SET state = 'ready', "availableAt" = now(), "finishedAt" = NULL
        WHERE "aggregateId" = $1 AND handler = 'order-state-machine.send-confirmation-email'`,
      [id],
    );
    const found = await waitFor(
      async () => {
        const now = effect(await staff.order(id), 'send_confirmation_email');
        return now.state === 'unknown' ? now : undefined;
      },
      { what: 'the mail to be unknown', timeoutMs: 40_000 },
    );
    expect(found).toMatchObject({ canRetry: true, canSkip: true });
    expect(mailsTo(email)).toHaveLength(1);
  });
});

describe('a cancelled order', () => {
  it('takes back what was done for it, once', async () => {
    const { id, code, email } = await inPreparation();
    await staff.fire(id, 'items_picked');
    await staff.whenSettled(id);
    await staff.fire(id, 'cancel');
    const order = await staff.whenSettled(id);
    expect(effectStates(order, true)).toEqual({
      send_confirmation_email: 'done',
      notify_warehouse: 'done',
      create_shipping_label: 'done',
      generate_packing_list: 'done',
    });
    const [fulfill, recall, ...more] = warehouse.tasks(code);
    expect(more).toEqual([]);
    expect(recall).toMatchObject({ signed: true, body: { kind: 'recall' } });
    // It names what it had asked for.
    expect(recall?.body.pickLists.map(list => list.id)).toEqual(fulfill?.body.pickLists.map(list => list.id));
    expect((await documents(id)).map(({ voidedAt }) => voidedAt === null)).toEqual([false, false]);
    const mails = mailsTo(email).map(({ subject }) => subject);
    expect(mails).toHaveLength(2);
    expect(mails[1]).toMatch(/cancel/i);
  });

  it('cancels what has not succeeded, and calls back what may have arrived all the same', async () => {
    warehouse.answers.push(503);
    const { id, code } = await inPreparation();
    await waitFor(
      async () => (effect(await staff.order(id), 'notify_warehouse').error === null ? undefined : true),
      { what: 'the first attempt' },
    );
    await staff.fire(id, 'cancel');
    const order = await staff.order(id);
    expect(effect(order, 'notify_warehouse').state).toBe('cancelled');
    await hurry();
    expect(effectStates(await staff.whenSettled(id), true)).toMatchObject({ notify_warehouse: 'done' });
    expect(warehouse.tasks(code).map(({ body }) => body.kind)).toEqual(['recall']);
  });

  it('refunds by itself when the money went back before', async () => {
    const { id } = await inPreparation();
    const [payment] = (await staff.order(id)).payments;
    const { refundOrder } = await admin.api.request<{ refundOrder: { id: string } }>(
      `mutation($input: RefundOrderInput!) { refundOrder(input: $input) { ... on Refund { id } } }`,
      {
        input: {
          paymentId: payment!.id,
          amount: payment!.amount,
          lines: [],
          shipping: 0,
          adjustment: 0,
          reason: 'asked for',
        },
      },
    );
    await admin.api.request(
      `mutation($input: SettleRefundInput!) { settleRefund(input: $input) { __typename } }`,
      { input: { id: refundOrder.id, transactionId: 'R' } },
    );
    await staff.fire(id, 'cancel');
    await staff.whenIs(id, 'refunded');
  });
});
