import type { AdminClient } from './support/admin-client';
import { StockStaff } from './support/inventory';
import type { FakeGateway } from './support/payments-probe/fake-gateway';
import {
  attempts,
  capture,
  failOnce,
  payRouted,
  paymentOf,
  refund,
  refundsOf,
  staffDoes,
} from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { waitFor } from './support/wait-for';

/** A lost reply is asked for after 5 s, by a task that runs every 10 s. */
const RECOVERY_MS = 60_000;

let payments: PaymentsShop;
let gateway: FakeGateway;
let database: string;
let admin: AdminClient;
let automatic: string;
let manual: string;

beforeAll(async () => {
  payments = await startPaymentsShop('payment_operations');
  ({ gateway, database, admin, automatic, manual } = payments);
}, 180_000);

afterAll(() => payments?.stop(), 60_000);

afterEach(() => {
  gateway.plan = () => undefined;
  gateway.slowRefunds = false;
});

const paid = (method: string, quantity = 1) => payRouted(payments, method, quantity);

describe('staff', () => {
  it('capture a payment once, however often they ask', async () => {
    const { id } = await paid(manual);
    const payment = await paymentOf(database, id);
    expect(payment.state).toBe('Authorized');
    gateway.plan = () => ({ delayMs: 300 });
    const before = gateway.requests.length;
    const answers = await Promise.all([1, 2, 3].map(() => staffDoes(admin, 'settlePayment', payment.id)));
    expect(answers.filter(answer => answer.__typename === 'Payment')).not.toHaveLength(0);
    expect(await staffDoes(admin, 'settlePayment', payment.id)).toMatchObject({ state: 'Settled' });
    expect(gateway.requests.slice(before)).toMatchObject([{ operation: 'capture' }]);
  });

  it('void what is reserved, and then cannot capture it', async () => {
    const { id } = await paid(manual);
    const payment = await paymentOf(database, id);
    expect(await staffDoes(admin, 'cancelPayment', payment.id)).toMatchObject({ state: 'Cancelled' });
    expect((await staffDoes(admin, 'settlePayment', payment.id)).__typename).not.toBe('Payment');
    expect(gateway.charged().filter(({ amount, state }) => state === 'authorized' && amount === -1)).toEqual(
      [],
    );
    expect((await attempts(database, id)).map(({ kind, status }) => [kind, status])).toContainEqual([
      'void',
      'succeeded',
    ]);
  });

  it('never refund more than was captured, though they all do it at once', async () => {
    const { id, totalWithTax } = await paid(automatic);
    const payment = await paymentOf(database, id);
    const part = Math.floor(totalWithTax / 3);
    gateway.plan = () => ({ delayMs: 200 });
    const answers = await Promise.all(Array.from({ length: 6 }, () => refund(admin, payment.id, part)));
    const made = answers.filter(answer => answer.__typename === 'Refund');
    expect(made).toHaveLength(3);
    expect(new Set(answers.map(answer => answer.__typename))).toEqual(
      new Set(['Refund', 'RefundAmountError']),
    );
    const [charge] = await attempts(database, id);
    expect(gateway.byReference(charge!.reference)?.refunds).toHaveLength(3);
  });

  it.each(['looked for', 'told by a message'])(
    'refund once, though the reply was lost: it is %s',
    async how => {
      const { id, totalWithTax } = await paid(automatic);
      const payment = await paymentOf(database, id);
      failOnce(gateway, 'refund', 'reply-lost');
      expect(await refund(admin, payment.id, totalWithTax)).toMatchObject({
        __typename: 'PaymentOutcomeUnknownError',
      });
      expect(await refund(admin, payment.id, totalWithTax)).toMatchObject({
        __typename: 'RefundAmountError',
      });
      if (how === 'told by a message') {
        gateway.webhooks.url = `${payments.shop.baseUrl}/payments/webhooks/first`;
        await gateway.webhooks.send(gateway.webhooks.last('refund'));
        gateway.webhooks.url = null;
      }
      await waitFor(
        async () => {
          const [made] = await refundsOf(database, payment.id);
          return made?.state === 'Settled' ? true : undefined;
        },
        { what: 'the refund to be found', timeoutMs: RECOVERY_MS },
      );
      const [charge] = await attempts(database, id);
      expect(gateway.byReference(charge!.reference)?.refunds).toHaveLength(1);
    },
    90_000,
  );
});

describe('staff who capture a part', () => {
  it('take that much once, and the order owes the rest', async () => {
    const { id, totalWithTax } = await paid(manual);
    const payment = await paymentOf(database, id);
    const part = Math.floor(totalWithTax / 3);
    gateway.plan = () => ({ delayMs: 200 });
    const answers = await Promise.all([1, 2, 3].map(() => capture(admin, payment.id, part)));
    expect(answers.filter(answer => answer.__typename === 'Payment')).not.toHaveLength(0);
    expect(await capture(admin, payment.id, part)).toMatchObject({ state: 'Settled', amount: part });
    expect(await capture(admin, payment.id, part + 1)).toMatchObject({
      __typename: 'CaptureAmountError',
      maximumCapturable: 0,
    });
    const [charge] = await attempts(database, id);
    expect(gateway.byReference(charge!.reference)).toMatchObject({ amount: totalWithTax, captured: part });
    expect(await paymentOf(database, id)).toMatchObject({ state: 'Settled', amount: part });
    expect(await orderOf(id)).toMatchObject({
      state: 'PaymentAuthorized',
      payments: [{ amount: part, metadata: { reserved: totalWithTax } }],
    });
    const staff = new StockStaff(admin);
    expect(await staff.transition(id, 'ArrangingAdditionalPayment')).toMatchObject({ __typename: 'Order' });
    expect(await staff.payByHand(id, 'cash')).toMatchObject({ __typename: 'Order' });
    expect(await paymentOf(database, id)).toMatchObject({ state: 'Settled', amount: totalWithTax - part });
    expect(await staff.transition(id, 'PaymentSettled')).toMatchObject({ __typename: 'Order' });
    // What was not taken cannot be given back.
    expect(await refund(admin, payment.id, part + 1)).toMatchObject({ __typename: 'RefundAmountError' });
    expect(await refund(admin, payment.id, part)).toMatchObject({ state: 'Settled' });
  });

  it.each([0, -1, 10_000_000])('are told what can be captured, not %i', async amount => {
    const { id, totalWithTax } = await paid(manual);
    const payment = await paymentOf(database, id);
    expect(await capture(admin, payment.id, amount)).toMatchObject({
      __typename: 'CaptureAmountError',
      maximumCapturable: totalWithTax,
    });
    expect(await paymentOf(database, id)).toMatchObject({ state: 'Authorized' });
  });

  it('cannot where the payment method takes all or nothing', async () => {
    const { id } = await paid(await admin.createPaymentMethod({ automaticSettle: false }));
    const payment = await paymentOf(database, id);
    expect(await capture(admin, payment.id, 1)).toMatchObject({
      __typename: 'PartialCaptureNotSupportedError',
    });
  });
});

describe('an order that is changed after it was paid', () => {
  it('gives the money back once the change is there, and only then', async () => {
    const { id, totalWithTax } = await paid(automatic, 2);
    const payment = await paymentOf(database, id);
    const before = gateway.requests.length;
    const less = await withOneUnitLess(id, payment.id, totalWithTax);
    const refunds = () => gateway.requests.slice(before).filter(({ operation }) => operation === 'refund');
    expect(await refundsOf(database, payment.id)).toMatchObject([{ total: totalWithTax - less }]);
    await whenRefundIs(payment.id, 'Settled');
    expect(refunds()).toHaveLength(1);
    const [charge] = await attempts(database, id);
    expect(gateway.byReference(charge!.reference)?.refunds).toMatchObject([{ amount: totalWithTax - less }]);
    expect(await refund(admin, payment.id, less + 1)).toMatchObject({ __typename: 'RefundAmountError' });
  }, 90_000);

  it('has its refund made later where the provider is out of order', async () => {
    const { id, totalWithTax } = await paid(automatic, 2);
    const payment = await paymentOf(database, id);
    failOnce(gateway, 'refund', 'unavailable');
    await withOneUnitLess(id, payment.id, totalWithTax);
    await whenRefundIs(payment.id, 'Settled');
    expect((await attempts(database, id)).filter(({ kind }) => kind === 'refund')).toMatchObject([
      { status: 'succeeded', disposition: 'applied' },
    ]);
  }, 90_000);

  it('lets go of what is only reserved, and captures the rest', async () => {
    const { id, totalWithTax } = await paid(manual, 2);
    const payment = await paymentOf(database, id);
    const before = gateway.requests.length;
    const less = await withOneUnitLess(id, payment.id, totalWithTax, 'PaymentAuthorized');
    expect(gateway.requests.slice(before)).toEqual([]);
    expect(await staffDoes(admin, 'settlePayment', payment.id)).toMatchObject({ state: 'Settled' });
    const [charge] = await attempts(database, id);
    expect(gateway.byReference(charge!.reference)).toMatchObject({ captured: less, refunds: [] });
    expect(await refund(admin, payment.id, less + 1)).toMatchObject({ __typename: 'RefundAmountError' });
    expect((await orderOf(id)).state).not.toBe('PaymentAuthorized');
  });
});

describe('a refund that takes its time', () => {
  it.each([
    ['succeeded', 'Settled'],
    ['failed', 'Failed'],
  ] as const)(
    'is pending, and then what the bank made of it: %s',
    async (end, state) => {
      const { id, totalWithTax } = await paid(automatic);
      const payment = await paymentOf(database, id);
      gateway.slowRefunds = true;
      expect(await refund(admin, payment.id, totalWithTax)).toMatchObject({ state: 'Pending' });
      expect(await refund(admin, payment.id, 1)).toMatchObject({ __typename: 'RefundAmountError' });
      gateway.endRefunds(end);
      await whenRefundIs(payment.id, state);
      // What the bank sent back can be tried again.
      gateway.slowRefunds = false;
      const again = await refund(admin, payment.id, totalWithTax);
      expect(again.__typename).toBe(end === 'failed' ? 'Refund' : 'RefundAmountError');
    },
    90_000,
  );
});

const whenRefundIs = (paymentId: string, state: string) =>
  waitFor(async () => ((await refundsOf(database, paymentId))[0]?.state === state ? true : undefined), {
    what: `the refund to be ${state}`,
    timeoutMs: RECOVERY_MS,
  });

interface StaffOrder {
  state: string;
  totalWithTax: number;
  lines: { id: string; proratedUnitPriceWithTax: number }[];
  payments: { amount: number; metadata: Record<string, unknown> }[];
}

async function orderOf(id: string): Promise<StaffOrder> {
  const { order } = await admin.api.request<{ order: StaffOrder }>(
    `query ($id: ID!) { order(id: $id) {
       state totalWithTax lines { id proratedUnitPriceWithTax } payments { amount metadata } } }`,
    { id },
  );
  return order;
}

/**
 * Takes one of two units out of an order, as staff do in the Admin UI: look what it costs, then change it.
 *
 * @returns what the order costs now
 */
async function withOneUnitLess(
  id: string,
  paymentId: string,
  totalBefore: number,
  goBackTo = 'Processing',
): Promise<number> {
  const staff = new StockStaff(admin);
  expect(await staff.transition(id, 'Modifying')).toMatchObject({ __typename: 'Order' });
  const { lines } = await orderOf(id);
  const adjustOrderLines = lines.map(line => ({ orderLineId: line.id, quantity: 1 }));
  const { dry } = await admin.api.request<{ dry: { totalWithTax: number } }>(
    `mutation ($input: ModifyOrderInput!) { dry: modifyOrder(input: $input) {
       ... on Order { totalWithTax } ... on ErrorResult { message } } }`,
    { input: { orderId: id, dryRun: true, adjustOrderLines } },
  );
  const amount = totalBefore - dry.totalWithTax;
  expect(amount).toBeGreaterThan(0);
  const changed = await staff.modify(id, { adjustOrderLines, refund: { paymentId, amount } });
  expect(changed).toMatchObject({ __typename: 'Order' });
  expect(await staff.transition(id, goBackTo)).toMatchObject({ __typename: 'Order' });
  return dry.totalWithTax;
}
