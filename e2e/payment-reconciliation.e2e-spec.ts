import { AdminClient } from './support/admin-client';
import { activeId, guestAtPayment, pay, refund, staffDoes } from './support/payments-probe/payments';
import { paidOrder } from './support/payments-probe/paid-order';
import { ReconciliationDesk, type DifferenceView } from './support/payments-probe/reconciliation';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { succeeded } from './support/results';
import { query } from './support/sql';
import { waitFor } from './support/wait-for';

let payments: PaymentsShop;
let desk: ReconciliationDesk;

beforeAll(async () => {
  payments = await startPaymentsShop('payments_recon');
  desk = new ReconciliationDesk(payments);
}, 180_000);
afterAll(() => payments?.stop(), 60_000);

const paid = (method: 'automatic' | 'manual' = 'automatic') => paidOrder(payments, method);

const paymentState = async (orderId: string) =>
  (
    await query<{ state: string }>(
      'SELECT state FROM payment WHERE "orderId" = $1 ORDER BY payment.id',
      [orderId],
      payments.database,
    )
  ).map(({ state }) => state);

/** The one difference of an order, after a run. */
async function differenceOf(orderId: string): Promise<DifferenceView> {
  const run = await desk.reconcile(orderId);
  expect(run).toMatchObject({ state: 'done', error: null });
  const open = (await desk.ofOrder(orderId)).filter(({ status }) => status === 'open');
  expect(open).toHaveLength(1);
  return open[0]!;
}

const refunds = (orderId: string) =>
  query<{ state: string; total: number }>(
    `SELECT r.state, r.total FROM refund r JOIN payment p ON p.id = r."paymentId" WHERE p."orderId" = $1 ORDER BY r.id`,
    [orderId],
    payments.database,
  );

describe('the ledger and the provider', () => {
  it('agree on what went the shop’s way, whatever was captured, voided and given back', async () => {
    const whole = await paid();
    succeeded(await refund(payments.admin, whole.paymentId, 300));
    const captured = await paid('manual');
    succeeded(await staffDoes(payments.admin, 'settlePayment', captured.paymentId));
    const voided = await paid('manual');
    succeeded(await staffDoes(payments.admin, 'cancelPayment', voided.paymentId));
    const reserved = await paid('manual');
    const run = await desk.reconcile();
    expect(run).toMatchObject({ state: 'done', differences: 0, unreachable: 0, error: null });
    expect(run.checked).toBeGreaterThanOrEqual(4);
    for (const { orderId } of [whole, captured, voided, reserved]) {
      expect(await desk.ofOrder(orderId)).toEqual([]);
    }
  });

  it('differ where money was captured by hand; the shop takes it over', async () => {
    const order = await paid('manual');
    payments.gateway.byHand(order.transactionId, held => {
      held.state = 'succeeded';
      held.captured = held.amount;
    });
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'captured_elsewhere',
      provider: 'first',
      order: { code: order.code },
      attempt: { reference: order.attempt.reference },
      amount: order.attempt.amount,
      ours: { status: 'authorized', captured: 0 },
      theirs: { status: 'succeeded', captured: order.attempt.amount },
      actions: ['ACCEPT_PROVIDER', 'CHECK_AGAIN', 'IGNORE'],
    });
    // Seen again it is the same one.
    expect((await differenceOf(order.orderId)).id).toBe(difference.id);
    expect(await desk.resolve(difference.id, 'REFUND')).toMatchObject({
      __typename: 'PaymentDifferenceActionError',
    });
    const both = await Promise.all([1, 2].map(() => desk.resolve(difference.id, 'ACCEPT_PROVIDER')));
    expect(both.filter(({ __typename }) => __typename === 'PaymentDifference')).toMatchObject([
      { status: 'resolved', resolution: 'accepted', note: 'looked it up', actions: [] },
    ]);
    expect(await paymentState(order.orderId)).toEqual(['Settled']);
    expect(await desk.resolve(difference.id, 'IGNORE')).toMatchObject({
      __typename: 'PaymentDifferenceResolvedError',
    });
    expect(await desk.reconcile(order.orderId)).toMatchObject({ checked: 1, differences: 0 });
  });

  it('differ where money was given back by hand; the shop takes it over, to the cent', async () => {
    const order = await paid();
    payments.gateway.refundByHand(order.transactionId, 250);
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({
      kind: 'refunded_elsewhere',
      amount: 250,
      ours: { refunded: 0 },
      theirs: { refunded: 250 },
    });
    expect(await desk.resolve(difference.id, 'ACCEPT_PROVIDER')).toMatchObject({ resolution: 'accepted' });
    expect(await refunds(order.orderId)).toEqual([{ state: 'Settled', total: 250 }]);
    expect(payments.gateway.byReference(order.attempt.reference)?.refunds).toHaveLength(1);
  });

  it('differ where a reservation was let go by hand', async () => {
    const order = await paid('manual');
    payments.gateway.byHand(order.transactionId, held => (held.state = 'cancelled'));
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({ kind: 'voided_elsewhere', theirs: { status: 'cancelled' } });
    expect(await desk.resolve(difference.id, 'ACCEPT_PROVIDER')).toMatchObject({ resolution: 'accepted' });
    expect(await paymentState(order.orderId)).toEqual(['Cancelled']);
  });

  it('differ where the provider knows nothing; the shop can write it off', async () => {
    const order = await paid();
    payments.gateway.forget(order.transactionId);
    const difference = await differenceOf(order.orderId);
    expect(difference).toMatchObject({ kind: 'missing_at_provider', theirs: null });
    expect(await desk.resolve(difference.id, 'ACCEPT_PROVIDER')).toMatchObject({ resolution: 'accepted' });
    expect(await paymentState(order.orderId)).toEqual(['Cancelled']);
  });

  it('differ where a cancelled order’s money is still there; staff give it back', async () => {
    const order = await paid();
    const reserved = await paid('manual');
    for (const { orderId } of [order, reserved]) succeeded(await payments.admin.cancelOrder(orderId));
    const taken = await differenceOf(order.orderId);
    expect(taken).toMatchObject({ kind: 'order_cancelled', actions: ['REFUND', 'CHECK_AGAIN', 'IGNORE'] });
    expect(await desk.resolve(taken.id, 'REFUND')).toMatchObject({ resolution: 'refunded' });
    const held = await differenceOf(reserved.orderId);
    expect(held.actions).toEqual(['VOID', 'CHECK_AGAIN', 'IGNORE']);
    expect(await desk.resolve(held.id, 'VOID')).toMatchObject({ resolution: 'voided' });
    expect(payments.gateway.byReference(reserved.attempt.reference)?.state).toBe('cancelled');
    expect(await refunds(order.orderId)).toEqual([{ state: 'Settled', total: order.attempt.amount }]);
  });

  it('that staff leave as they are come up again only when one of them changes', async () => {
    const order = await paid();
    payments.gateway.refundByHand(order.transactionId, 100);
    const { id } = await differenceOf(order.orderId);
    expect(await desk.resolve(id, 'IGNORE')).toMatchObject({ status: 'resolved', resolution: 'ignored' });
    expect(await desk.reconcile(order.orderId)).toMatchObject({ checked: 1, differences: 0 });
    payments.gateway.refundByHand(order.transactionId, 50);
    expect(await differenceOf(order.orderId)).toMatchObject({ amount: 150 });
    payments.gateway.byHand(order.transactionId, held => (held.refunds.length = 0));
    await desk.reconcile(order.orderId);
    expect((await desk.ofOrder(order.orderId)).map(({ resolution }) => resolution).sort()).toEqual([
      'agreed',
      'ignored',
    ]);
  });

  it('are brought together where it is certain: a lost answer, and what the provider keeps', async () => {
    const order = await paid();
    payments.gateway.byHand(order.transactionId, held => (held.fees = 77));
    const shop = await guestAtPayment(payments.shop.baseUrl, payments.variantId);
    const lost = await activeId(shop);
    payments.gateway.plan = ({ operation }) =>
      operation === 'authorize' ? { fault: 'reply-lost' } : undefined;
    await pay(shop, payments.automatic, { token: 'tok' });
    payments.gateway.plan = () => undefined;
    await query(
      `UPDATE payment_attempt SET "createdAt" = now() - interval '1 hour' WHERE "orderId" = $1`,
      [lost],
      payments.database,
    );
    const run = await desk.reconcile();
    expect(run.repaired).toBeGreaterThanOrEqual(1);
    expect(await paymentState(lost)).toEqual(['Settled']);
    const [row] = await query<{ fees: number }>(
      'SELECT fees FROM payment_attempt WHERE "orderId" = $1',
      [order.orderId],
      payments.database,
    );
    expect(row?.fees).toBe(77);
    expect(await desk.ofOrder(lost)).toEqual([]);
  });
});

describe('a run', () => {
  it('goes on without a provider that does not answer, and finds it in the next one', async () => {
    const order = await paid();
    payments.gateway.refundByHand(order.transactionId, 40);
    payments.gateway.plan = ({ operation }) => (operation === 'query' ? { fault: 'unavailable' } : undefined);
    expect(await desk.reconcile(order.orderId)).toMatchObject({ state: 'done', unreachable: 1, checked: 0 });
    payments.gateway.plan = () => undefined;
    const difference = await differenceOf(order.orderId);
    payments.gateway.plan = ({ operation }) => (operation === 'query' ? { fault: 'unavailable' } : undefined);
    expect(await desk.resolve(difference.id, 'ACCEPT_PROVIDER')).toMatchObject({
      __typename: 'PaymentProviderSilentError',
    });
    payments.gateway.plan = () => undefined;
    expect(await refunds(order.orderId)).toEqual([]);
  });

  it('whose worker is killed is gone on with, and there is never a second one', async () => {
    const orders = [await paid(), await paid(), await paid(), await paid(), await paid()];
    for (const { transactionId } of orders) payments.gateway.refundByHand(transactionId, 10);
    let asked = 0;
    payments.gateway.plan = ({ operation }) => {
      if (operation === 'query') asked += 1;
      return operation === 'query' ? { delayMs: 1_500 } : undefined;
    };
    await query('UPDATE payment_attempt SET "compareAt" = NULL', [], payments.database);
    await query(
      `UPDATE payment_attempt SET "compareAt" = now() WHERE kind = 'authorize' AND "orderId" = ANY($1::int[])`,
      [orders.map(({ orderId }) => Number(orderId))],
      payments.database,
    );
    const { id } = await desk.start();
    expect((await desk.start()).id).toBe(id);
    await waitFor(() => (asked > 0 ? true : undefined), { what: 'the run to begin' });
    await payments.shop.kill('worker', 'SIGKILL');
    payments.gateway.plan = () => undefined;
    // Its lease is over, as it would be after half a minute.
    await query(
      'UPDATE payment_reconciliation_run SET "leaseUntil" = now() WHERE id = $1',
      [id],
      payments.database,
    );
    await payments.shop.restart();
    await desk.start();
    expect(await desk.ended(id)).toMatchObject({ state: 'done', checked: 5, differences: 5 });
    for (const { orderId } of orders) expect(await desk.ofOrder(orderId)).toHaveLength(1);
  }, 90_000);
});

describe('a message of the provider', () => {
  it('about money that the shop has no record of is never passed over; staff give it back', async () => {
    const transactionId = payments.gateway.takeByHand('first', 1_234, 'USD');
    await desk.message({ id: 'unknown-1', payment: transactionId });
    const [difference] = await desk.differences({ kind: { eq: 'unknown_payment' } });
    expect(difference).toMatchObject({
      status: 'open',
      order: null,
      attempt: null,
      amount: 1_234,
      currencyCode: 'USD',
      ours: { status: 'none', captured: 0 },
      theirs: { status: 'succeeded', captured: 1_234 },
      actions: ['REFUND', 'CHECK_AGAIN', 'IGNORE'],
    });
    await desk.message({ id: 'unknown-2', payment: transactionId });
    expect(await desk.differences({ kind: { eq: 'unknown_payment' } })).toHaveLength(1);
    expect(await desk.resolve(difference!.id, 'REFUND')).toMatchObject({ resolution: 'refunded' });
    expect(payments.gateway.kept()).toBe(
      payments.gateway.charged().reduce((sum, held) => {
        const back = held.refunds.reduce((total, { amount }) => total + amount, 0);
        return sum + held.captured - back;
      }, 0),
    );
    await desk.message({ id: 'unknown-3', payment: 'tx_of_nobody' });
    expect(await desk.differences({ kind: { eq: 'unknown_payment' } })).toHaveLength(1);
  });

  it('about a dispute is kept, on the order too, and one that comes late does not open it again', async () => {
    const order = await paid();
    const { amount } = order.attempt;
    const told = (id: string, status: 'needs_response' | 'under_review' | 'lost', at: string) =>
      desk.message({
        id,
        payment: order.transactionId,
        at,
        dispute: { disputeId: 'dp_1', amount, currency: 'USD', reason: 'fraudulent', status },
      });
    await told('dispute-2', 'under_review', '2026-03-02T10:00:00Z');
    await told('dispute-3', 'lost', '2026-03-09T23:59:59Z');
    await told('dispute-1', 'needs_response', '2026-03-01T23:59:59Z');
    const { order: found } = await payments.admin.api.request<{ order: { paymentDisputes: unknown[] } }>(
      `query ($id: ID!) { order(id: $id) { paymentDisputes {
         providerDisputeId status amount reason openedAt closedAt paymentId attempt { id } order { code } } } }`,
      { id: order.orderId },
    );
    expect(found.paymentDisputes).toEqual([
      {
        providerDisputeId: 'dp_1',
        status: 'lost',
        amount,
        reason: 'fraudulent',
        openedAt: '2026-03-01T23:59:59.000Z',
        closedAt: '2026-03-09T23:59:59.000Z',
        paymentId: order.paymentId,
        attempt: { id: order.attempt.id },
        order: { code: order.code },
      },
    ]);
    const rows = await report('2026-03-01', '2026-03-31');
    expect(rows).toMatchObject([
      { date: '2026-03-09', disputesLost: amount, disputesLostCount: 1, disputed: 0 },
      { date: '2026-03-01', disputed: amount, disputedCount: 1, disputesLost: 0 },
    ]);
  });
});

interface ReportRow {
  date: string;
  captured: number;
  refunded: number;
  capturedCount: number;
  refundedCount: number;
  fees: number;
}

async function report(from: string, to: string): Promise<ReportRow[]> {
  const { paymentDailyReport } = await payments.admin.api.request<{
    paymentDailyReport: { rows: ReportRow[] };
  }>(
    `query ($input: PaymentDailyReportInput!) { paymentDailyReport(input: $input) { rows {
       date provider currencyCode captured capturedCount refunded refundedCount fees disputed disputedCount
       disputesLost disputesLostCount disputesWon disputesWonCount } } }`,
    { input: { from, to } },
  );
  return paymentDailyReport.rows;
}

describe('the daily report', () => {
  it('is what the gateway has taken and given back, to the cent', async () => {
    // A payment on another day, a second before midnight in UTC.
    const past = await paid('manual');
    succeeded(await staffDoes(payments.admin, 'settlePayment', past.paymentId));
    await query(
      `UPDATE payment_attempt SET "movedAt" = '2026-02-03T23:59:59Z' WHERE "orderId" = $1 AND "movedAt" IS NOT NULL`,
      [past.orderId],
      payments.database,
    );
    succeeded(await refund(payments.admin, past.paymentId, 111));
    expect(await report('2026-02-03', '2026-02-03')).toMatchObject([
      { date: '2026-02-03', captured: past.attempt.amount, capturedCount: 1, refunded: 0, refundedCount: 0 },
    ]);
    expect(await report('2026-02-04', '2026-02-04')).toEqual([]);
    // What was done by hand is in the books once staff have taken it over.
    const open = await desk.differences({ status: { eq: 'open' } });
    for (const { id, actions } of open) {
      if (actions.includes('ACCEPT_PROVIDER')) await desk.resolve(id, 'ACCEPT_PROVIDER');
    }
    const today = new Date().toISOString().slice(0, 10);
    const rows = [...(await report('2026-02-03', '2026-02-03')), ...(await report(today, today))];
    const sum = (field: 'captured' | 'refunded' | 'fees') =>
      rows.reduce((total, row) => total + row[field], 0);
    expect(sum('captured') - sum('refunded')).toBe(payments.gateway.kept());
    expect(sum('fees')).toBe(77);
  });

  it('has an end', async () => {
    await expect(report('2020-01-01', '2026-01-01')).rejects.toThrow('at most 366 days');
    await expect(report('2026-02-30', '2026-03-01')).rejects.toThrow('YYYY-MM-DD');
    await expect(report('2026-03-02', '2026-03-01')).rejects.toThrow('before the first');
  });
});

describe('staff', () => {
  it('without the permission see and do nothing of it', async () => {
    const { createRole } = await payments.admin.api.request<{ createRole: { id: string } }>(
      `mutation ($input: CreateRoleInput!) { createRole(input: $input) { id } }`,
      { input: { code: 'packer', description: 'Packs orders', permissions: ['ReadOrder', 'UpdateOrder'] } },
    );
    const password = 'packs-orders-2026';
    await payments.admin.api.request(
      `mutation ($input: CreateAdministratorInput!) { createAdministrator(input: $input) { id } }`,
      {
        input: {
          firstName: 'Pat',
          lastName: 'Packer',
          emailAddress: 'packer@example.com',
          password,
          roleIds: [createRole.id],
        },
      },
    );
    const packer = new AdminClient(payments.shop.baseUrl);
    succeeded(await packer.login('packer@example.com', password));
    const their = new ReconciliationDesk(payments, packer);
    await expect(their.start()).rejects.toThrow(/authorized/);
    await expect(their.differences({})).rejects.toThrow(/authorized/);
    await expect(their.resolve('1', 'IGNORE')).rejects.toThrow(/authorized/);
  });
});
