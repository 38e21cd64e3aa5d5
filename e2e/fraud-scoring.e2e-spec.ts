import { deviceHeader, type DeviceReport, keyOf } from '../src/plugins/fraud/testing';
import {
  attemptStatus,
  decisionsOf,
  givePast,
  type DecisionRow,
  type PastAttempt,
} from './support/fraud/decisions';
import { activeId, attempts, pay, type Paid } from './support/payments-probe/payments';
import { startPaymentsShop, type PaymentsShop } from './support/payments-probe/shop';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { fillIn, newEmail } from './support/shopping';
import { query } from './support/sql';
import { waitFor } from './support/wait-for';

const HOUR = 3_600_000;
const LONDON = '81.2.69.142';
const CHROME =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36';
const DEVICE: DeviceReport = { fingerprint: 'e2e-device-0001', timezone: 'Europe/London', language: 'en-GB' };

let payments: PaymentsShop;
let people = 0;

interface Shopper {
  client: ShopClient;
  orderId: string;
  customerId: string;
}

interface Settings {
  name?: string;
  email?: string;
  headers?: Record<string, string>;
  device?: DeviceReport | null;
  past?: readonly PastAttempt[];
}

/** A guest at the payment step, in front of a browser in London. */
async function shopper({
  name = 'payer',
  email,
  headers = {},
  device,
  past = [],
}: Settings = {}): Promise<Shopper> {
  people += 1;
  const report = device === undefined ? { ...DEVICE, fingerprint: `e2e-device-${people}-0000` } : device;
  const client = new ShopClient(payments.shop.baseUrl, {
    timeoutMs: 60_000,
    headers: {
      'user-agent': CHROME,
      'x-forwarded-for': LONDON,
      ...(report === null ? {} : { 'x-device': deviceHeader(report) }),
      ...headers,
    },
  });
  succeeded(await client.addItem(payments.variantId, 1));
  await fillIn(client, email ?? newEmail(name));
  succeeded(await client.transition('ArrangingPayment'));
  const order = await client.activeOrder();
  const customerId = order?.customer?.id ?? '';
  await givePast(payments.database, keyOf('customer', customerId), past);
  return { client, orderId: await activeId(client), customerId };
}

const payBy = ({ client }: Shopper, token = 'tok'): Promise<Paid> =>
  pay(client, payments.automatic, { token });
const decisions = ({ orderId }: Shopper) => decisionsOf(payments.database, orderId);

function expectSum({ units, contributions }: DecisionRow): void {
  expect(contributions.reduce((sum, contribution) => sum + contribution.units, 0)).toBe(units);
}

function partOf(decision: DecisionRow | undefined, part: string) {
  return decision?.parts.find(score => score.part === part);
}

/** As many attempts, an hour apart and within the day. */
const many = (count: number, attempt: Partial<PastAttempt> = {}): PastAttempt[] =>
  Array.from({ length: count }, (_, index) => ({ ms: (index + 1) * HOUR, ...attempt }));

describe('fraud scoring', () => {
  beforeAll(async () => {
    payments = await startPaymentsShop('fraud_scoring', {
      FRAUD_SCORING: 'true',
      TRUSTED_PROXIES: 'loopback',
      PROBE_FRAUD: 'true',
    });
  }, 180_000);
  afterAll(() => payments?.stop(), 60_000);

  it('captures a good order, and keeps why', async () => {
    const person = await shopper();
    expect(await payBy(person, 'card-good')).toMatchObject({ __typename: 'Order', state: 'PaymentSettled' });
    const [before, after] = await decisions(person);
    expect([before, after]).toMatchObject([
      { phase: 'before', decision: 'allow', recommendation: 'approve', override: null },
      { phase: 'after', decision: 'allow', recommendation: 'approve', override: null },
    ]);
    expect(before?.signals).toMatchObject({
      'ip.address': LONDON,
      'ip.country': 'GB',
      'ip.private': false,
      'ip.billingDistanceKm': 0,
      'device.timezoneFar': false,
      'device.spoofed': false,
      'device.browser': 'Chrome',
      'email.domain': 'example.com',
      'email.ageDays': 0,
      'customer.guest': true,
      'customer.orders': 0,
      'order.lines': 1,
      'order.quantity': 1,
      'order.digital': false,
      'order.shippingCountry': 'GB',
      'order.paymentMethod': payments.automatic,
      'velocity.customer.attempts.24h': 0,
    });
    expect(before?.signals['payment.fingerprint']).toBeUndefined();
    expect(after?.signals).toMatchObject({ 'payment.fingerprint': 'card-good', 'payment.brand': 'visa' });
    for (const decision of [before, after]) {
      expectSum(decision as DecisionRow);
      expect(Object.keys(decision?.features ?? {}).length).toBeGreaterThan(10);
      expect(decision?.timings.total).toBeGreaterThan(0);
    }
    await attemptStatus(payments.database, person.orderId, 'ordered');
  });

  it('refuses a bad one before anybody is asked for money', async () => {
    const past = [...many(7, { amount: 800 }), ...many(4, { status: 'failed' })];
    const person = await shopper({ past });
    const asked = payments.gateway.requests.length;
    expect(await payBy(person)).toMatchObject({
      __typename: 'FraudDetectedError',
      errorCode: 'FRAUD_DETECTED_ERROR',
      message: 'Transaction flagged for potential fraud',
    });
    expect(payments.gateway.requests).toHaveLength(asked);
    const [decision, second] = await decisions(person);
    expect(second).toBeUndefined();
    expect(decision).toMatchObject({ phase: 'before', decision: 'block', recommendation: 'decline' });
    expect(decision?.units).toBeGreaterThanOrEqual(700_000);
    // More than 10 attempts, more than 5000, more than 3 failures: 30 + 25 + 40.
    expect(partOf(decision, 'velocity')).toMatchObject({ score: 95 });
    expectSum(decision as DecisionRow);
    await attemptStatus(payments.database, person.orderId, 'failed');
  });

  it('leaves one of medium risk reserved, for staff to decide', async () => {
    const person = await shopper({ past: many(6) });
    expect(await payBy(person)).toMatchObject({ __typename: 'Order', state: 'PaymentAuthorized' });
    const found = await decisions(person);
    expect(found.map(({ decision }) => decision)).toEqual(['review', 'review']);
    expect(found[0]?.units).toBeGreaterThanOrEqual(300_000);
    expect(found[0]?.units).toBeLessThan(700_000);
    const rows = await attempts(payments.database, person.orderId);
    expect(rows.map(({ kind, status }) => [kind, status])).toEqual([['authorize', 'authorized']]);
    expect(payments.gateway.byReference(rows[0]!.reference)).toMatchObject({
      state: 'authorized',
      captured: 0,
    });
  });

  it.each([
    ['5 attempts in 24 hours', many(5), 0],
    ['6 attempts in 24 hours', many(6), 15],
    ['10 attempts in 24 hours', many(10), 15],
    ['11 attempts in 24 hours', many(11), 30],
    ['11 attempts before that', many(11).map(past => ({ ms: past.ms + 24 * HOUR })), 0],
    ['5000 in 24 hours', many(2, { amount: 2500 }), 0],
    ['5000.01 in 24 hours', [...many(1, { amount: 2500 }), ...many(1, { amount: 2500.01 })], 25],
    ['3 failures in 6 hours', many(3, { status: 'failed' }), 0],
    ['4 failures in 6 hours', many(4, { status: 'failed' }), 40],
    [
      '4 failures, one of them before',
      [...many(3, { status: 'failed' }), { ms: 7 * HOUR, status: 'failed' }],
      0,
    ],
  ] as [string, PastAttempt[], number][])(
    'gives the seed of velocity for %s',
    async (_what, past, points) => {
      const person = await shopper({ past });
      await payBy(person);
      const [decision] = await decisions(person);
      expect(partOf(decision, 'velocity')?.score).toBe(points);
    },
  );

  it('gives the device what speaks against it', async () => {
    const person = await shopper({
      device: { ...DEVICE, timezone: 'Asia/Tokyo', webdriver: true },
      headers: { 'x-forwarded-for': '8.8.8.8' },
    });
    await payBy(person);
    const [decision] = await decisions(person);
    expect(decision?.signals).toMatchObject({ 'device.automation': true, 'ip.country': 'US' });
    // Unknown, spoofed, and an ocean away from the billing address: 20 + 30 + 15.
    expect(partOf(decision, 'device')).toMatchObject({ score: 65 });
  });

  it.each([
    ['none', {}, 'the storefront sends no X-Device header'],
    ['one of 10 kB', { 'x-device': 'a'.repeat(10 * 1024) }, 'X-Device is longer than 2048 characters'],
    ['a forged one', { 'x-device': 'not!base64' }, 'X-Device is not base64url'],
    [
      'no JSON',
      { 'x-device': Buffer.from('{"fingerprint"').toString('base64url') },
      'X-Device holds no JSON',
    ],
    [
      'another type',
      { 'x-device': Buffer.from('{"fingerprint":[1]}').toString('base64url') },
      'expected string',
    ],
  ])('goes on with a device header that is %s', async (_what, headers, why) => {
    const person = await shopper({ device: null, headers });
    expect(await payBy(person)).toMatchObject({ __typename: 'Order', state: 'PaymentSettled' });
    const [decision] = await decisions(person);
    expect(decision?.signals['device.fingerprint']).toBeUndefined();
    expect(decision?.missing.filter(text => text.startsWith('device.fingerprint: ')).join()).toContain(why);
  });

  it.each([
    [
      'an IPv6 address',
      '2a00:23c4::1',
      { 'ip.private': false, 'ip.address': '2a00:23c4::1' },
      '2a00:23c4::1',
    ],
    ['a private address', '10.1.2.3', { 'ip.private': true }, null],
  ])('goes on from %s', async (_what, ip, signals, key) => {
    const person = await shopper({ headers: { 'x-forwarded-for': ip } });
    expect(await payBy(person)).toMatchObject({ __typename: 'Order' });
    const [decision] = await decisions(person);
    expect(decision?.signals).toMatchObject(signals);
    const [row] = await query<{ ip: string | null }>(
      'SELECT ip FROM fraud_attempt WHERE "orderId" = $1',
      [person.orderId],
      payments.database,
    );
    expect(row?.ip).toBe(key === null ? null : keyOf('ip', key));
  });

  it('orders attempts that are made at once: each sees those before it, and no other', async () => {
    const device = { ...DEVICE, fingerprint: 'e2e-device-shared' };
    const crowd = await Promise.all(Array.from({ length: 4 }, () => shopper({ device, name: 'crowd' })));
    await Promise.all(crowd.map(person => payBy(person, 'card-shared')));
    const found = await Promise.all(crowd.map(decisions));
    const seen = (phase: string, kind: string) =>
      found
        .map(rows => rows.find(row => row.phase === phase)?.signals[`velocity.${kind}.attempts.1h`])
        .map(Number)
        .sort();
    expect(seen('before', 'device')).toEqual([0, 1, 2, 3]);
    // The card is known to one after the other: of any two, one at least sees the other.
    const cards = seen('after', 'card');
    expect(cards.at(-1)).toBe(3);
    expect(cards.reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(6);
  });

  it('counts an attempt that is asked for again only once', async () => {
    const person = await shopper();
    const start = () =>
      person.client.api.request(
        `mutation ($input: InitiatePaymentInput!) { initiatePayment(input: $input) { __typename } }`,
        { input: { method: payments.automatic } },
      );
    await start();
    await start();
    expect(await decisions(person)).toHaveLength(1);
    const rows = await query(
      'SELECT 1 FROM fraud_attempt WHERE "orderId" = $1',
      [person.orderId],
      payments.database,
    );
    expect(rows).toHaveLength(1);
  });

  it('goes on by the limit where the history cannot be read, and says so', async () => {
    const person = await shopper();
    await query('ALTER TABLE fraud_attempt RENAME TO fraud_attempt_away', [], payments.database);
    try {
      const paid = await payBy(person);
      const [before, after] = await decisions(person);
      const amount = Number(before?.signals['order.amount']);
      expect(paid).toMatchObject({ state: amount < 100 ? 'PaymentSettled' : 'PaymentAuthorized' });
      for (const decision of [before, after]) {
        expect(decision?.missing.some(text => text.startsWith('history: '))).toBe(true);
        expect(decision?.decision).toBe(amount < 100 ? 'allow' : 'review');
        expect(partOf(decision, 'velocity')?.score).toBeNull();
      }
    } finally {
      await query('ALTER TABLE fraud_attempt_away RENAME TO fraud_attempt', [], payments.database);
    }
  });

  it('holds no payment up where a decision cannot be kept', async () => {
    const person = await shopper();
    await query('ALTER TABLE fraud_decision RENAME TO fraud_decision_away', [], payments.database);
    try {
      expect(await payBy(person)).toMatchObject({ __typename: 'Order' });
    } finally {
      await query('ALTER TABLE fraud_decision_away RENAME TO fraud_decision', [], payments.database);
    }
  });

  it('keeps the contract of personal data: an erasure takes what says who paid, of that person only', async () => {
    const [subject, bystander] = [await shopper(), await shopper()];
    await payBy(subject);
    await payBy(bystander);
    const { result } = await payments.admin.api.request<{ result: string[] }>(
      `query ($subject: String!, $bystander: String!) {
         result: probeScoringData(subject: $subject, bystander: $bystander) }`,
      { subject: subject.customerId, bystander: bystander.customerId },
    );
    expect(result).toEqual([]);
    const [erased] = await decisions(subject);
    expect(erased?.signals).not.toHaveProperty(['email.address']);
    expect(erased?.signals).not.toHaveProperty(['ip.address']);
    const [kept] = await decisions(bystander);
    expect(kept?.signals).toHaveProperty(['ip.address'], LONDON);
  });

  it('forgets attempts, decisions and values that are too old, and no others', async () => {
    const [old, recent] = [await shopper(), await shopper()];
    await payBy(old);
    await payBy(recent);
    const age = (table: string, days: number, { orderId }: Shopper) =>
      query(
        `UPDATE ${table} SET at = now() - make_interval(days => $2) WHERE "orderId" = $1`,
        [orderId, days],
        payments.database,
      );
    for (const table of ['fraud_attempt', 'fraud_decision']) {
      await age(table, 401, old);
      await age(table, 399, recent);
    }
    await query(
      `INSERT INTO fraud_category (field, value, shard, attempts, "lastAt")
       VALUES ('e2e.pruned', 'old', 0, 1, now() - interval '401 days'), ('e2e.pruned', 'recent', 0, 1, now() - interval '399 days')`,
      [],
      payments.database,
    );
    await payments.admin.api.request('mutation { runScheduledTask(id: "fraud-prune-history") { success } }');
    await waitFor(
      async () => {
        const values = await query<{ value: string }>(
          `SELECT value FROM fraud_category WHERE field = 'e2e.pruned'`,
          [],
          payments.database,
        );
        return values.length === 1 && values[0]?.value === 'recent' ? values : undefined;
      },
      { what: 'the old value to be forgotten', timeoutMs: 20_000 },
    );
    const left = ({ orderId }: Shopper) =>
      query('SELECT 1 FROM fraud_attempt WHERE "orderId" = $1', [orderId], payments.database);
    expect(await left(old)).toHaveLength(0);
    expect(await decisions(old)).toHaveLength(0);
    expect(await left(recent)).toHaveLength(1);
    expect(await decisions(recent)).toHaveLength(2);
  });
});
