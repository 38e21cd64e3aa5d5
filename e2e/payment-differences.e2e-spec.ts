import { AdminClient } from './support/admin-client';
import {
  activeId,
  attempts,
  guestAtPayment,
  pay,
  paymentOf,
  refund,
  refundsOf,
  routedMethod,
  staffDoes,
} from './support/payments-probe/payments';
import { paidOrder, type PaidOrder } from './support/payments-probe/paid-order';
import { ReconciliationDesk, type DifferenceView } from './support/payments-probe/reconciliation';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

let payments: PaymentsShop;
let desk: ReconciliationDesk;

beforeAll(async () => {
  payments = await startPaymentsShop('payments_differ');
  desk = new ReconciliationDesk(payments);
}, 180_000);
afterAll(() => payments?.stop(), 60_000);

const paid = (method: 'automatic' | 'manual' = 'automatic') => paidOrder(payments, method);

async function differenceOf(orderId: string): Promise<DifferenceView> {
  expect(await desk.reconcile(orderId)).toMatchObject({ state: 'done', error: null });
  const open = (await desk.ofOrder(orderId)).filter(({ status }) => status === 'open');
  expect(open).toHaveLength(1);
  return open[0]!;
}

async function agrees({ orderId }: PaidOrder): Promise<void> {
  expect(await desk.reconcile(orderId)).toMatchObject({ differences: 0, error: null });
}

/** Money that no order could take, and that nobody has given back since. */
function strand({ orderId }: PaidOrder): Promise<unknown> {
  return query(
    `UPDATE payment_attempt
     SET disposition = 'stranded', "lookAt" = NULL, "createdAt" = now() - interval '1 hour' WHERE "orderId" = $1`,
    [orderId],
    payments.database,
  );
}

describe('staff end a difference', () => {
  it.each([
    ['CAPTURE', 'Settled'],
    ['VOID', 'Cancelled'],
  ])(
    'about a reservation that ends soon, once they are told: %s',
    async (action, state) => {
      const order = await paid('manual');
      await agrees(order);
      await query(
        `UPDATE payment_attempt SET "createdAt" = now() - interval '6 days 1 hour' WHERE "orderId" = $1`,
        [order.orderId],
        payments.database,
      );
      await payments.admin.api.request(
        'mutation { runScheduledTask(id: "payments-warn-of-expiry") { success } }',
      );
      await waitFor(
        async () => {
          const told = await query(
            `SELECT FROM domain_event WHERE "eventType" = 'PaymentAuthorizationExpiring' AND "aggregateId" = $1`,
            [order.orderId],
            payments.database,
          );
          return told.length === 1 ? true : undefined;
        },
        { what: 'staff to be told', timeoutMs: 40_000 },
      );
      const difference = await differenceOf(order.orderId);
      expect(difference).toMatchObject({
        kind: 'authorization_expiring',
        actions: ['CAPTURE', 'VOID', 'CHECK_AGAIN', 'IGNORE'],
      });
      expect(await desk.resolve(difference.id, action)).toMatchObject({ status: 'resolved' });
      expect(await paymentOf(payments.database, order.orderId)).toMatchObject({ state });
    },
    60_000,
  );

  it('about a refund that the provider has lost: it is made again, once', async () => {
    const order = await paid();
    succeeded(await refund(payments.admin, order.paymentId, 500));
    payments.gateway.byHand(order.transactionId, held => (held.refunds.length = 0));
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'refund_missing',
      amount: 500,
      ours: { refunded: 500 },
      theirs: { refunded: 0 },
      actions: ['REFUND', 'CHECK_AGAIN', 'IGNORE'],
    });
    // The first answer is lost: what happened is not known, and the difference stays.
    payments.gateway.plan = ({ operation }) => (operation === 'refund' ? { fault: 'reply-lost' } : undefined);
    expect(await desk.resolve(difference.id, 'REFUND')).toMatchObject({
      __typename: 'PaymentOutcomeUnknownError',
    });
    payments.gateway.plan = () => undefined;
    expect(await desk.resolve(difference.id, 'CHECK_AGAIN')).toMatchObject({ resolution: 'agreed' });
    expect(payments.gateway.byReference(order.attempt.reference)?.refunds).toMatchObject([{ amount: 500 }]);
  });

  it('about a refund that the bank refused days later: core makes another one', async () => {
    const order = await paid();
    payments.gateway.slowRefunds = true;
    succeeded(await refund(payments.admin, order.paymentId, 400));
    payments.gateway.slowRefunds = false;
    await agrees(order);
    payments.gateway.endRefunds('failed');
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'refund_missing',
      amount: 400,
      ours: { status: 'failed', refunded: 0 },
      actions: ['REFUND', 'CHECK_AGAIN', 'IGNORE'],
    });
    expect(await desk.resolve(difference.id, 'REFUND')).toMatchObject({ resolution: 'refunded' });
    expect(await refundsOf(payments.database, order.paymentId)).toEqual([
      { state: 'Failed', total: 400 },
      { state: 'Settled', total: 400 },
    ]);
    await agrees(order);
  });

  it('about money that was taken though the payment was voided: it goes back', async () => {
    const order = await paid('manual');
    succeeded(await staffDoes(payments.admin, 'cancelPayment', order.paymentId));
    payments.gateway.byHand(order.transactionId, held => {
      held.state = 'succeeded';
      held.captured = held.amount;
    });
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'captured_elsewhere',
      ours: { status: 'cancelled', captured: 0 },
      actions: ['REFUND', 'CHECK_AGAIN', 'IGNORE'],
    });
    expect(await desk.resolve(difference.id, 'REFUND')).toMatchObject({ resolution: 'refunded' });
    expect(payments.gateway.byReference(order.attempt.reference)?.refunds).toMatchObject([
      { amount: order.attempt.amount },
    ]);
    await agrees(order);
  });

  it('about a reservation that came back to life: it is let go', async () => {
    const order = await paid('manual');
    succeeded(await staffDoes(payments.admin, 'cancelPayment', order.paymentId));
    payments.gateway.byHand(order.transactionId, held => (held.state = 'authorized'));
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'held_at_provider',
      actions: ['VOID', 'CHECK_AGAIN', 'IGNORE'],
    });
    expect(await desk.resolve(difference.id, 'VOID')).toMatchObject({ resolution: 'voided' });
    expect(payments.gateway.byReference(order.attempt.reference)?.state).toBe('cancelled');
    await agrees(order);
  });

  it('about money that the provider has only reserved: it takes it', async () => {
    const order = await paid('manual');
    succeeded(await staffDoes(payments.admin, 'settlePayment', order.paymentId));
    payments.gateway.byHand(order.transactionId, held => {
      held.state = 'authorized';
      held.captured = 0;
    });
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'captured_less',
      actions: ['CAPTURE', 'CHECK_AGAIN', 'IGNORE'],
    });
    expect(await desk.resolve(difference.id, 'CAPTURE')).toMatchObject({ resolution: 'captured' });
    expect(payments.gateway.byReference(order.attempt.reference)?.captured).toBe(order.attempt.amount);
  });

  it('about stranded money: it goes back now, or has gone back by hand', async () => {
    const [taken, reserved, byHand] = [await paid(), await paid('manual'), await paid()];
    for (const order of [taken, reserved, byHand]) await strand(order);
    const difference = await differenceOf(taken.orderId);
    expect(difference).toMatchObject({ kind: 'stranded', actions: ['REFUND', 'CHECK_AGAIN', 'IGNORE'] });
    payments.gateway.plan = ({ operation }) =>
      operation === 'refund' ? { fault: 'unavailable' } : undefined;
    expect(await desk.resolve(difference.id, 'REFUND')).toMatchObject({
      __typename: 'PaymentDifferenceActionError',
    });
    payments.gateway.plan = () => undefined;
    expect(await desk.resolve(difference.id, 'REFUND')).toMatchObject({ resolution: 'refunded' });
    const voided = await desk.resolve((await differenceOf(reserved.orderId)).id, 'VOID');
    expect(voided).toMatchObject({ resolution: 'voided' });
    payments.gateway.refundByHand(byHand.transactionId, byHand.attempt.amount);
    const back = await differenceOf(byHand.orderId);
    expect(back).toMatchObject({ kind: 'refunded_elsewhere' });
    expect(await desk.resolve(back.id, 'ACCEPT_PROVIDER')).toMatchObject({ resolution: 'accepted' });
    for (const { orderId } of [taken, reserved, byHand]) {
      expect((await attempts(payments.database, orderId))[0]?.disposition).toBe('returned');
    }
  });

  it.each([
    ['DECIDE_MOVED', 'succeeded', 'applied'],
    ['DECIDE_NOT_MOVED', 'failed', 'none'],
  ])('about an outcome that nobody can ask for: %s', async (action, status, disposition) => {
    const shop = await guestAtPayment(payments.shop.baseUrl, payments.variantId);
    const orderId = await activeId(shop);
    payments.gateway.plan = ({ operation }) =>
      operation === 'authorize' ? { fault: 'request-lost' } : undefined;
    await pay(shop, payments.automatic, { token: 'tok' });
    payments.gateway.plan = () => undefined;
    await query(
      `UPDATE payment_attempt
       SET provider = 'gone', "lookAt" = NULL, "createdAt" = now() - interval '1 hour' WHERE "orderId" = $1`,
      [orderId],
      payments.database,
    );
    const difference = await differenceOf(orderId);
    expect(difference).toMatchObject({
      kind: 'outcome_unknown',
      theirs: null,
      actions: ['DECIDE_MOVED', 'DECIDE_NOT_MOVED'],
    });
    const ended = await desk.resolve(difference.id, action, { transactionId: 'tx_by_hand' });
    expect(ended).toMatchObject({ resolution: 'decided' });
    expect(await attempts(payments.database, orderId)).toMatchObject([{ status, disposition }]);
  });

  it('without card data in their reason', async () => {
    const order = await paid();
    payments.gateway.refundByHand(order.transactionId, 1);
    const { id } = await differenceOf(order.orderId);
    expect(await desk.resolve(id, 'IGNORE', { reason: 'card 4242 4242 4242 4242' })).toMatchObject({
      __typename: 'CardDataRefusedError',
    });
  });
});

describe('the dummy provider', () => {
  it('agrees with the ledger on captures, voids and refunds', async () => {
    const admin = await AdminClient.signedIn();
    const { baseUrl, database } = testEnv();
    const [variant] = await variantsInStock(new ShopClient(baseUrl), 1);
    const manual = await routedMethod(admin, 'manual');
    const shared = { shop: { baseUrl }, database, admin, variantId: variant!.id, automatic: manual, manual };
    const staff = new ReconciliationDesk(shared);
    const orders = [];
    for (const end of ['captured', 'voided', 'refunded'] as const) {
      const order = await paidOrder(shared, 'manual', 'tok_visa');
      orders.push(order);
      succeeded(
        await staffDoes(admin, end === 'voided' ? 'cancelPayment' : 'settlePayment', order.paymentId),
      );
      if (end === 'refunded') succeeded(await refund(admin, order.paymentId, 200));
    }
    for (const { orderId } of orders) {
      expect(await staff.reconcile(orderId)).toMatchObject({ state: 'done', unreachable: 0 });
      expect(await staff.ofOrder(orderId)).toEqual([]);
    }
  });
});
