import { createClerk } from './browser/clerk';
import { AdminClient } from './support/admin-client';
import { DueReceiver } from './support/fraud/due-receiver';
import { ReviewClient, riskyOrder, type RiskyOrder } from './support/fraud/review';
import { mailsTo, waitForMail } from './support/mailbox';
import {
  attempts,
  failOnce,
  guestAtPayment,
  pay,
  paymentOf,
  refundsOf,
  staffDoes,
} from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { paymentMethod } from './support/shopping';
import { query } from './support/sql';
import { sleep, waitFor } from './support/wait-for';

const PERMISSIONS = ['ReadOrder', 'ReadFraudReview', 'UpdateFraudReview', 'ReadAdministrator'];
const SECRET = 'f0e1d2c3b4a5968778695a4b3c2d1e0f-e2e';
const PASSWORD = 'a-long-password-of-the-reviewers-1';

let payments: PaymentsShop;
/** Two people of the review. */
let ada: ReviewClient;
let bob: ReviewClient;

const charged = async ({ orderId }: RiskyOrder) => {
  const [authorization] = await attempts(payments.database, orderId);
  return payments.gateway.byReference(authorization!.reference);
};

const orderState = async ({ orderId }: RiskyOrder): Promise<string> => {
  const [row] = await query<{ state: string }>(
    'SELECT state FROM "order" WHERE id = $1',
    [orderId],
    payments.database,
  );
  return row!.state;
};

/** As if the time had passed. */
const set = (id: string, column: string, value: string) =>
  query(`UPDATE fraud_case SET "${column}" = ${value} WHERE id = $1`, [id], payments.database);

async function reviewer(email: string): Promise<ReviewClient> {
  await createClerk(payments.admin, email, PASSWORD, PERMISSIONS);
  const client = new AdminClient(payments.shop.baseUrl, { timeoutMs: 60_000 });
  await client.login(email, PASSWORD);
  return new ReviewClient(client);
}

describe('the fraud review', () => {
  beforeAll(async () => {
    payments = await startPaymentsShop('fraud_review', {
      FRAUD_SCORING: 'true',
      FRAUD_WEBHOOK_SECRET: SECRET,
      FRAUD_WEBHOOK_PRIVATE: 'true',
    });
    ada = await reviewer('ada@shop.example');
    bob = await reviewer('bob@shop.example');
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);
  afterEach(() => {
    payments.gateway.plan = () => undefined;
  });

  it('keeps an order of medium risk waiting, and takes its money once it is approved', async () => {
    const order = await riskyOrder(payments);
    expect(order.paid.state).toBe('PaymentAuthorized');
    const one = await ada.ofOrder(order.orderId);
    expect(one).toMatchObject({ status: 'open', recommendation: 'review', captured: false });
    expect(one.score).toBeGreaterThanOrEqual(30);
    expect(one.score).toBeLessThan(70);
    expect(new Date(one.dueAt).getTime() - Date.now()).toBeGreaterThan(23 * 3_600_000);
    expect(await charged(order)).toMatchObject({ state: 'authorized', captured: 0 });
    const done = await ada.approve(one.id, 'Known customer');
    expect(done).toMatchObject({
      __typename: 'FraudCase',
      status: 'approved',
      verdict: 'approve',
      reason: 'Known customer',
      decidedBy: { emailAddress: 'ada@shop.example' },
    });
    expect(done.history.map(({ kind, by }) => [kind, by?.emailAddress])).toEqual([
      ['opened', undefined],
      ['deciding', 'ada@shop.example'],
      ['approved', 'ada@shop.example'],
    ]);
    const charge = await charged(order);
    expect(charge).toMatchObject({ state: 'succeeded', captured: charge?.amount });
    // Nothing holds it back any more.
    await payments.admin.whenInPreparation(order.code);
    // Asked again: nothing is done again.
    expect(await ada.approve(one.id)).toMatchObject({ __typename: 'FraudCase', status: 'approved' });
    expect(await bob.reject(one.id)).toMatchObject({
      errorCode: 'FRAUD_CASE_ENDED_ERROR',
      status: 'approved',
    });
  });

  it('gives the money back, cancels and restocks what is rejected', async () => {
    const free = await payments.admin.available(payments.variantId);
    const order = await riskyOrder(payments, { quantity: 3 });
    expect(await payments.admin.available(payments.variantId)).toBe(free - 3);
    const one = await ada.ofOrder(order.orderId);
    const done = await ada.reject(one.id);
    expect(done).toMatchObject({ status: 'rejected', verdict: 'reject', order: { state: 'Cancelled' } });
    expect(await charged(order)).toMatchObject({ state: 'cancelled', captured: 0 });
    expect(await payments.admin.available(payments.variantId)).toBe(free);
    // The shopper reads nothing of it.
    const { orderByCode } = await order.client.api.request<{
      orderByCode: { history: { items: { data: unknown }[] } } | null;
    }>('query ($code: String!) { orderByCode(code: $code) { history { items { data } } } }', {
      code: order.code,
    });
    expect(JSON.stringify(orderByCode?.history.items)).toContain('Cancelled by the shop');
    expect(JSON.stringify(orderByCode?.history.items)).not.toMatch(/stolen|fraud/i);
    const [label] = await query<{ eventData: { fraud: boolean } }>(
      `SELECT "eventData" FROM domain_event WHERE "eventType" = 'FraudCaseDecided' AND "aggregateId" = $1`,
      [order.orderId],
      payments.database,
    );
    expect(label?.eventData).toMatchObject({ fraud: true });
  });

  it('holds back what was taken at once, and refunds it when it is rejected', async () => {
    const client = await guestAtPayment(payments.shop.baseUrl, payments.variantId);
    const method = await paymentMethod(client);
    const approved = await riskyOrder(payments, { method });
    const rejected = await riskyOrder(payments, { method });
    const [good, bad] = [await ada.ofOrder(approved.orderId), await ada.ofOrder(rejected.orderId)];
    expect(good).toMatchObject({ captured: true, order: { state: 'PaymentSettled' } });
    await sleep(1_500);
    expect(await orderState(approved)).toBe('PaymentSettled');
    expect(await ada.approve(good.id)).toMatchObject({ status: 'approved' });
    await payments.admin.whenInPreparation(approved.code);
    expect(await ada.reject(bad.id)).toMatchObject({ status: 'rejected' });
    const payment = await paymentOf(payments.database, rejected.orderId);
    // The dummy provider leaves the end of its refunds to staff.
    expect(await refundsOf(payments.database, payment.id)).toEqual([
      { state: 'Pending', total: payment.amount },
    ]);
    expect(await orderState(rejected)).toBe('Cancelled');
  });

  it('lets one of two decide who press at once, and moves money once', async () => {
    const order = await riskyOrder(payments);
    const one = await ada.ofOrder(order.orderId);
    const answers = await Promise.all([ada.approve(one.id), bob.approve(one.id), ada.reject(one.id)]);
    const winners = answers.filter(({ __typename }) => __typename === 'FraudCase');
    expect(winners.length).toBeGreaterThanOrEqual(1);
    const status = winners[0]?.status;
    for (const { status: other } of winners) expect(other).toBe(status);
    for (const answer of answers.filter(({ errorCode }) => errorCode !== undefined)) {
      expect(['FRAUD_CASE_ENDED_ERROR', 'FRAUD_CASE_TAKEN_ERROR']).toContain(answer.errorCode);
    }
    const moves = (await attempts(payments.database, order.orderId)).slice(1);
    expect(moves.map(({ kind }) => kind)).toEqual([status === 'approved' ? 'capture' : 'void']);
  });

  it('gives two who ask at once different cases, the one that is due first', async () => {
    const orders = [await riskyOrder(payments), await riskyOrder(payments), await riskyOrder(payments)];
    const cases = await Promise.all(orders.map(({ orderId }) => ada.ofOrder(orderId)));
    await set(cases[2]!.id, 'dueAt', `now() - interval '1 hour'`);
    const [first, second] = await Promise.all([ada.next(), bob.next()]);
    expect(new Set([first?.id, second?.id]).size).toBe(2);
    expect([first?.id, second?.id]).toContain(cases[2]!.id);
    const third = await bob.next();
    expect(cases.map(({ id }) => id).sort()).toEqual([first, second, third].map(one => one!.id).sort());
    expect(await ada.next()).toBeNull();
    const byScore = await ada.list('open', {
      sort: { score: 'DESC' },
      filter: { amount: { gt: 1 }, score: { lt: 70 } },
    });
    expect(byScore).toHaveLength(3);
    const scores = byScore.map(({ score }) => Number(score));
    expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    expect(await ada.list('open', { filter: { score: { gt: 99 } } })).toEqual([]);
    // What is somebody's is nobody else's.
    const [mine] = await ada.list('mine');
    expect(mine).toMatchObject({ id: first!.id, assignee: { emailAddress: 'ada@shop.example' } });
    expect(await bob.approve(mine!.id)).toMatchObject({
      errorCode: 'FRAUD_CASE_TAKEN_ERROR',
      assignee: { emailAddress: 'ada@shop.example' },
    });
    expect(await bob.assign(mine!.id)).toMatchObject({ errorCode: 'FRAUD_CASE_TAKEN_ERROR' });
    expect(await bob.release(mine!.id)).toMatchObject({ errorCode: 'FRAUD_CASE_TAKEN_ERROR' });
    expect(await bob.assign(mine!.id, { takeOver: true })).toMatchObject({
      assignee: { emailAddress: 'bob@shop.example' },
    });
    expect(await bob.release(mine!.id)).toMatchObject({ assignee: null });
    expect((await ada.get(mine!.id)).history.map(({ kind }) => kind)).toEqual([
      'opened',
      'assigned',
      'taken_over',
      'released',
    ]);
    // A lock that is over keeps nobody away.
    const his = second!.id === mine!.id ? third! : second!;
    await set(his.id, 'assignedUntil', `now() - interval '1 second'`);
    expect((await ada.get(his.id)).assignee).toBeNull();
    expect(await ada.next([mine!.id])).toMatchObject({
      id: his.id,
      assignee: { emailAddress: 'ada@shop.example' },
    });
    expect(await ada.counts()).toMatchObject({ open: 3, mine: 1, unassigned: 1 });
    // Both that are held by others are left, each with its reason.
    const results = await ada.decideAll([...cases.map(({ id }) => id), '999999'], 'reject');
    const held = cases.filter(({ id }) => id !== mine!.id && id !== his.id).map(({ id }) => id);
    for (const { id, result } of results) {
      if (id === '999999') expect(result.errorCode).toBe('FRAUD_CASE_NOT_FOUND_ERROR');
      else if (held.includes(id)) expect(result.errorCode).toBe('FRAUD_CASE_TAKEN_ERROR');
      else expect(result).toMatchObject({ status: 'rejected' });
    }
    expect(await bob.decideAll(held, 'approve')).toMatchObject([{ result: { status: 'approved' } }]);
  }, 120_000);

  it('keeps notes, in the order in which they were written, and no card numbers', async () => {
    const one = await ada.ofOrder((await riskyOrder(payments)).orderId);
    await ada.note(one.id, 'Called, nobody answered');
    const noted = await bob.note(one.id, 'The parcel shop knows them');
    expect(noted.notes).toEqual([
      { text: 'Called, nobody answered', author: { emailAddress: 'ada@shop.example' } },
      { text: 'The parcel shop knows them', author: { emailAddress: 'bob@shop.example' } },
    ]);
    expect(await ada.note(one.id, 'pays with 4242 4242 4242 4242')).toMatchObject({
      errorCode: 'CARD_DATA_REFUSED_ERROR',
    });
    expect((await ada.get(one.id)).notes).toHaveLength(2);
  });

  it('shows what it was decided by, and the orders that have something in common', async () => {
    const first = await riskyOrder(payments, { token: 'card-linked' });
    const second = await riskyOrder(payments, { token: 'card-linked' });
    const { id } = await ada.ofOrder(second.orderId);
    const { fraudCase } = await ada.staff.api.request<{
      fraudCase: {
        score: number;
        decisions: {
          phase: string;
          score: number;
          contributions: { score: number; part: string; name: string | null }[];
        }[];
        linkedOrders: { order: { id: string }; links: string[]; attempts: number; score: number }[];
        places: { ip: unknown; shipping: { country: string } | null };
        paymentAttempts: { kind: string; status: string }[];
      };
    }>(
      `query ($id: ID!) { fraudCase(id: $id) {
         score
         decisions {
           id phase score recommendation decision missing ruleSetVersion modelVersion currencyCode amount at
           override { kind source name }
           parts { part score missing reasons { code name points facts } }
           contributions { part code name score facts }
           signals { name description value }
           rules { id name weight action shadow }
           shadows { modelVersion score recommendation }
           timings { signals history scoring total }
         }
         places { ip { latitude longitude country } billing { country } shipping { country } distanceKm }
         paymentAttempts { kind status }
         linkedOrders { order { id code state } links attempts at score fraud outcomeSource fraudCase { id status } }
       } }`,
      { id },
    );
    expect(fraudCase.decisions.map(({ phase }) => phase)).toEqual(['after', 'before']);
    for (const { score, contributions } of fraudCase.decisions) {
      const sum = contributions.reduce((total, contribution) => total + contribution.score, 0);
      expect(sum).toBeCloseTo(score, 4);
    }
    expect(fraudCase.score).toBe(fraudCase.decisions[0]?.score);
    const rule = fraudCase.decisions[0]?.contributions.find(({ part }) => part === 'rules');
    expect(rule?.name).toBeTruthy();
    expect(fraudCase.places.shipping).toEqual({ country: 'GB' });
    expect(fraudCase.paymentAttempts).toEqual([{ kind: 'authorize', status: 'authorized' }]);
    const link = fraudCase.linkedOrders.find(({ order }) => order.id === first.orderId);
    expect(link?.links).toContain('card');
    expect(link?.attempts).toBe(1);
    expect(fraudCase.linkedOrders[0]?.links[0]).toBe('card');
  });

  it('closes a case when the order is cancelled, the payment voided, or captured without the queue', async () => {
    const cancelled = await riskyOrder(payments);
    const voided = await riskyOrder(payments);
    const captured = await riskyOrder(payments);
    for (const order of [cancelled, voided, captured]) await ada.ofOrder(order.orderId);
    await payments.admin.cancelOrder(cancelled.orderId);
    await staffDoes(payments.admin, 'cancelPayment', (await paymentOf(payments.database, voided.orderId)).id);
    await staffDoes(
      payments.admin,
      'settlePayment',
      (await paymentOf(payments.database, captured.orderId)).id,
    );
    const closed = ({ status }: { status: string }) => status === 'closed';
    expect(await ada.ofOrder(cancelled.orderId, closed)).toMatchObject({ closedBecause: 'order_cancelled' });
    expect(await ada.ofOrder(voided.orderId, closed)).toMatchObject({ closedBecause: 'payment_gone' });
    expect(await ada.ofOrder(captured.orderId, closed)).toMatchObject({ closedBecause: 'payment_captured' });
    // The case has held it back.
    await payments.admin.whenInPreparation(captured.code);
    const [ended] = await ada.list('ended', { take: 1 });
    expect(await ada.approve(ended!.id)).toMatchObject({ errorCode: 'FRAUD_CASE_ENDED_ERROR' });
  });

  it('stays open with the reason when the provider refuses the capture', async () => {
    const order = await riskyOrder(payments);
    const one = await ada.ofOrder(order.orderId);
    const charge = await charged(order);
    payments.gateway.byHand(charge!.transactionId, held => (held.state = 'cancelled'));
    const answer = await ada.approve(one.id);
    expect(answer).toMatchObject({ errorCode: 'FRAUD_CASE_DECISION_FAILED_ERROR', status: 'open' });
    expect(await ada.get(one.id)).toMatchObject({ status: 'open', problem: answer.failure });
    expect((await ada.list('failed')).map(({ id }) => id)).toContain(one.id);
    payments.gateway.byHand(charge!.transactionId, held => (held.state = 'authorized'));
    expect(await ada.approve(one.id)).toMatchObject({ status: 'approved', problem: null });
  });

  it('finishes by itself what was cut off in the middle', async () => {
    const order = await riskyOrder(payments);
    const one = await ada.ofOrder(order.orderId);
    failOnce(payments.gateway, 'capture', 'reply-lost');
    expect(await ada.approve(one.id)).toMatchObject({
      errorCode: 'FRAUD_CASE_DECISION_FAILED_ERROR',
      status: 'deciding',
    });
    expect(await bob.reject(one.id)).toMatchObject({ errorCode: 'FRAUD_CASE_ENDED_ERROR' });
    await ada.ofOrder(order.orderId, ({ status }) => status === 'approved');
    const charge = await charged(order);
    expect(charge).toMatchObject({ captured: charge?.amount, refunds: [] });
  }, 90_000);

  it('finishes a rejection whose server died before the cancellation', async () => {
    const order = await riskyOrder(payments);
    const one = await ada.ofOrder(order.orderId);
    // What is left of it: decided, the money given back, and nobody at work.
    await query(
      `UPDATE fraud_case SET status = 'deciding', verdict = 'reject', reason = 'stolen', "decidedAt" = now(),
              "lookAt" = now() + interval '1 minute' WHERE id = $1`,
      [one.id],
      payments.database,
    );
    await staffDoes(payments.admin, 'cancelPayment', (await paymentOf(payments.database, order.orderId)).id);
    expect(await orderState(order)).toBe('PaymentAuthorized');
    await set(one.id, 'lookAt', 'now()');
    await ada.ofOrder(order.orderId, ({ status }) => status === 'rejected');
    expect(await orderState(order)).toBe('Cancelled');
  }, 90_000);

  it('tells by mail and webhook of a case that is due, once', async () => {
    const receiver = await DueReceiver.start(SECRET);
    try {
      // Its first answer is lost: it is told again, under the same key.
      receiver.answers.push(503);
      const { saved } = await payments.admin.api.request<{ saved: { __typename: string } }>(
        `mutation ($input: SaveFraudSettingsInput!) { saved: saveFraudSettings(input: $input) { __typename } }`,
        {
          input: {
            baseVersion: 0,
            reviewHours: 2,
            dueMails: ['due@shop.example', 'due-too@shop.example'],
            dueWebhook: receiver.url,
          },
        },
      );
      expect(saved.__typename).toBe('FraudSettings');
      const order = await riskyOrder(payments);
      const one = await ada.ofOrder(order.orderId);
      const hours = (new Date(one.dueAt).getTime() - Date.now()) / 3_600_000;
      expect(hours).toBeGreaterThan(1.9);
      expect(hours).toBeLessThanOrEqual(2);
      await set(one.id, 'dueAt', `now() - interval '1 second'`);
      expect((await ada.list('due')).map(({ id }) => id)).toContain(one.id);
      for (const to of ['due@shop.example', 'due-too@shop.example']) {
        const mail = await waitForMail(to, new RegExp(order.code), 40_000);
        expect(mail.text).toContain(`/admin/extensions/fraud/cases/${one.id}`);
      }
      const call = await waitFor(() => receiver.of(order.code)[0], {
        what: 'the webhook',
        timeoutMs: 60_000,
      });
      expect(call).toMatchObject({ signed: true, body: { type: 'fraud_case_due', caseId: one.id } });
      expect(receiver.refused).toBe(1);
      // The next looks tell nobody again.
      await sleep(16_000);
      expect(receiver.of(order.code)).toHaveLength(1);
      expect(mailsTo('due@shop.example').filter(({ subject }) => subject.includes(order.code))).toHaveLength(
        1,
      );
      expect((await ada.get(one.id)).history.map(({ kind }) => kind)).toEqual(['opened', 'due']);
    } finally {
      await receiver.stop();
    }
  }, 150_000);

  it('is seen and changed by those who may', async () => {
    await createClerk(payments.admin, 'orders@shop.example', PASSWORD, ['ReadOrder']);
    const clerk = new AdminClient(payments.shop.baseUrl);
    await clerk.login('orders@shop.example', PASSWORD);
    const queue = new ReviewClient(clerk);
    await expect(queue.list('open')).rejects.toThrow('FORBIDDEN');
    await expect(queue.next()).rejects.toThrow('FORBIDDEN');
    const order = await riskyOrder(payments);
    const one = await ada.ofOrder(order.orderId);
    await expect(queue.approve(one.id)).rejects.toThrow('FORBIDDEN');
    const seen = await clerk.api.request<{ order: { fraudCases: unknown } }>(
      'query ($id: ID!) { order(id: $id) { fraudCases { id } } }',
      { id: order.orderId },
    );
    expect(seen.order.fraudCases).toBeNull();
  });

  it('does not look at what is approved', async () => {
    const client = await guestAtPayment(payments.shop.baseUrl, payments.variantId);
    const paid = await pay(client, payments.automatic, { token: 'tok' });
    expect(paid).toMatchObject({ __typename: 'Order', state: 'PaymentSettled' });
    await payments.admin.whenInPreparation(String(paid.code));
    const rows = await query('SELECT 1 FROM fraud_case WHERE "orderId" = $1', [paid.id], payments.database);
    expect(rows).toEqual([]);
  });
});
