import { Client } from 'pg';
import { AdminClient } from './support/admin-client';
import {
  guestPaying,
  guestWith,
  ledgerMismatches,
  letHoldPass,
  levels,
  paidOrder,
  seenStock,
  StockStaff,
  stockOf,
  tryToPay,
  tryTransition,
} from './support/inventory';
import { databaseUrl } from './support/postgres';
import { isErrorResult, succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { ADDRESS, paymentMethod, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

let staff: StockStaff;
let admin: AdminClient;
let method: string;
const COUPONS = [1, 2].map(number => `HOLD-${Date.now()}-${number}`);
/** The variant that the tests buy, and another one. */
let variantId: string;
let otherId: string;

beforeAll(async () => {
  admin = await AdminClient.signedIn();
  staff = new StockStaff(admin);
  const shop = new ShopClient();
  [variantId = '', otherId = ''] = (await variantsInStock(shop, 2)).map(({ id }) => id);
  await staff.setStock(otherId, 100);
  method = await paymentMethod(await guestWith(otherId, 1));
  for (const couponCode of COUPONS) await admin.createPromotion({ couponCode, percent: 10 });
});

afterAll(async () => {
  for (const id of [variantId, otherId]) await staff.startWith(id, 100);
});

describe('a hold', () => {
  it('keeps the units from everybody else, and is not counted against its own order', async () => {
    await staff.startWith(variantId, 2);
    const other = await guestWith(variantId, 2);
    const shop = await guestPaying(variantId, 2);

    expect(await seenStock(other, variantId)).toBe('OUT_OF_STOCK');
    expect(await seenStock(shop, variantId)).not.toBe('OUT_OF_STOCK');
    expect(await stockOf(variantId)).toMatchObject({ held: 2 });
    const refused = await tryTransition(other);
    expect(refused).toMatchObject({
      __typename: 'InsufficientStockError',
      quantityAvailable: 0,
      lines: [{ asked: 2, left: 0 }],
    });
    expect(refused.lines?.[0]?.message).toMatch(/ is no longer available\.$/);
    expect(refused.message).toContain(refused.lines?.[0]?.name);
    expect((await other.activeOrder())?.state).toBe('AddingItems');

    succeeded(await shop.transition('AddingItems'));
    expect(await stockOf(variantId)).toMatchObject({ held: 0 });
    expect(succeeded(await other.transition('ArrangingPayment')).state).toBe('ArrangingPayment');
  });

  it('becomes the allocation when the order is paid, and the stock returns when staff cancel', async () => {
    await staff.startWith(variantId, 3);
    const { allocated: before } = await stockOf(variantId);
    const order = await paidOrder({ [variantId]: 2 }, method);
    expect(await stockOf(variantId)).toMatchObject({ allocated: before + 2, held: 0 });
    const [hold] = await query('SELECT state, quantity FROM stock_hold WHERE "orderId" = $1', [order.id]);
    expect(hold).toEqual({ state: 'consumed', quantity: 2 });
    succeeded(await admin.cancelOrder(order.id));
    expect(await stockOf(variantId)).toMatchObject({ allocated: before, held: 0 });
  });

  it('that has run out is taken again by a payment when the units are still there', async () => {
    await staff.startWith(variantId, 1);
    const shop = await guestPaying(variantId, 1);
    await letHoldPass(shop);
    expect(await seenStock(new ShopClient(), variantId)).not.toBe('OUT_OF_STOCK');
    expect(succeeded(await shop.pay(method)).state).toMatch(/^Payment/);
  });

  it('that has run out refuses the payment before the provider is asked when the units are gone', async () => {
    await staff.startWith(variantId, 1);
    const late = await guestPaying(variantId, 1);
    await letHoldPass(late);
    await paidOrder({ [variantId]: 1 }, method);

    const refused = await tryToPay(late, method);
    expect(refused).toMatchObject({ __typename: 'InsufficientStockError', lines: [{ asked: 1, left: 0 }] });
    const order = await late.activeOrder();
    expect(order).toMatchObject({ state: 'ArrangingPayment', payments: [] });
  });

  it('is swept after its time, and never counts longer than that', async () => {
    await staff.startWith(variantId, 1);
    const shop = await guestPaying(variantId, 1);
    const order = await shop.activeOrder();
    await letHoldPass(shop);
    expect(await stockOf(variantId)).toMatchObject({ held: 0 });
    await staff.sweepHolds();
    await waitFor(
      async () => {
        const [hold] = await query<{ state: string }>('SELECT state FROM stock_hold WHERE "orderId" = $1', [
          order?.id,
        ]);
        return hold?.state === 'expired' ? true : undefined;
      },
      { what: 'the sweep', timeoutMs: 30_000 },
    );
  });

  it('lasts longer with each attempt to pay', async () => {
    await staff.startWith(variantId, 1);
    const shop = await guestPaying(variantId, 1);
    const { id } = (await shop.activeOrder()) ?? {};
    await query(`UPDATE stock_hold SET "expiresAt" = now() + interval '20 seconds' WHERE "orderId" = $1`, [
      id,
    ]);
    const declined = await shop.pay(method, { shouldDecline: true });
    expect(declined.__typename).toBe('PaymentDeclinedError');
    const [hold] = await query<{ seconds: number }>(
      `SELECT extract(epoch FROM "expiresAt" - now())::int AS seconds FROM stock_hold
       WHERE "orderId" = $1 AND state = 'active'`,
      [id],
    );
    expect(hold?.seconds).toBeGreaterThan(600);
    succeeded(await shop.transition('AddingItems'));
  });

  it('lasts as long as the channel says', async () => {
    await staff.startWith(variantId, 1);
    await staff.setHoldMinutes(2);
    try {
      const shop = await guestPaying(variantId, 1);
      const [hold] = await query<{ seconds: number }>(
        `SELECT extract(epoch FROM "expiresAt" - now())::int AS seconds FROM stock_hold WHERE "orderId" = $1`,
        [(await shop.activeOrder())?.id],
      );
      expect(hold?.seconds).toBeGreaterThan(60);
      expect(hold?.seconds).toBeLessThanOrEqual(120);
    } finally {
      await staff.setHoldMinutes(null);
    }
  });

  it("follows core's settings for backorders and for variants without tracking", async () => {
    await staff.updateVariant(variantId, { trackInventory: 'FALSE' });
    const untracked = await guestPaying(variantId, 40);
    expect(
      await query('SELECT FROM stock_hold WHERE "orderId" = $1', [(await untracked.activeOrder())?.id]),
    ).toEqual([]);
    expect(succeeded(await untracked.pay(method)).state).toMatch(/^Payment/);

    await staff.startWith(variantId, 0);
    await staff.updateVariant(variantId, { outOfStockThreshold: -3 });
    const ahead = await guestWith(variantId, 2);
    const tooMany = await guestWith(variantId, 2);
    succeeded(await ahead.transition('ArrangingPayment'));
    expect(await tryTransition(tooMany)).toMatchObject({ lines: [{ asked: 2, left: 1 }] });
    expect(succeeded(await ahead.pay(method)).state).toMatch(/^Payment/);
  });
});

describe('staff', () => {
  it('cannot take what a shopper holds, by a draft order', async () => {
    await staff.startWith(variantId, 2);
    const draftId = await staff.draftOrder(variantId, 2, ADDRESS);
    const shop = await guestPaying(variantId, 1);
    expect(await staff.transition(draftId, 'ArrangingPayment')).toMatchObject({
      __typename: 'InsufficientStockError',
      lines: [{ asked: 2, left: 1 }],
    });
    succeeded(await shop.transition('AddingItems'));
    expect(await staff.transition(draftId, 'ArrangingPayment')).toMatchObject({ __typename: 'Order' });
    expect(await stockOf(variantId)).toMatchObject({ held: 2 });
    expect(await staff.transition(draftId, 'Cancelled')).toMatchObject({ __typename: 'Order' });
    expect(await stockOf(variantId)).toMatchObject({ held: 0 });
  });

  it('cannot take what a shopper holds, by modifying an order', async () => {
    await staff.startWith(variantId, 3);
    const order = await paidOrder({ [variantId]: 1 }, method);
    const shop = await guestPaying(variantId, 1);
    await staff.transition(order.id, 'Modifying');
    const orderLineId = order.lines[0]?.id;
    expect(await staff.modify(order.id, { adjustOrderLines: [{ orderLineId, quantity: 3 }] })).toMatchObject({
      __typename: 'InsufficientStockError',
    });
    expect(await staff.modify(order.id, { adjustOrderLines: [{ orderLineId, quantity: 2 }] })).toMatchObject({
      __typename: 'Order',
    });
    expect(succeeded(await shop.pay(method)).state).toMatch(/^Payment/);
    const { onHand, allocated } = await stockOf(variantId);
    expect(allocated).toBeLessThanOrEqual(onHand);
  });

  it('find exact levels and movements after a split order, sent in parts and cancelled in part', async () => {
    const second = await staff.createLocation(`second ${Date.now()}`);
    try {
      await staff.startWith(variantId, 3);
      await staff.updateVariant(variantId, { stockLevels: [{ stockLocationId: second, stockOnHand: 2 }] });
      const before = await levels(variantId);

      const order = await paidOrder({ [variantId]: 5 }, method);
      const orderLineId = order.lines[0]?.id ?? '';
      await staff.admin.fulfill([{ orderLineId, quantity: 4 }], 'T1');
      // One unit never left: the cancellation gives it back, and one of the four that did.
      succeeded(await admin.cancelOrder(order.id, [{ orderLineId, quantity: 2 }]));

      expect(await ledgerMismatches(variantId, before)).toEqual([]);
      const now = await levels(variantId);
      const left = (rows: typeof now) =>
        rows.reduce((sum, { onHand, allocated }) => sum + onHand - allocated, 0);
      expect(left(now)).toBe(left(before) - 3);
      const sales = await query<{ sold: number }>(
        `SELECT sum(quantity)::int AS sold FROM stock_movement WHERE "orderLineId" = $1 AND type = 'SALE'`,
        [orderLineId],
      );
      expect(sales).toEqual([{ sold: -4 }]);
    } finally {
      await staff.updateVariant(variantId, { stockLevels: [{ stockLocationId: second, stockOnHand: 0 }] });
    }
  });

  it('adjust stock while it is sold, and nothing is lost', async () => {
    await staff.setStock(otherId, 50);
    const before = await levels(otherId);
    const location = String(before[0]?.locationId);
    const orders = await Promise.all([1, 2, 3].map(() => paidOrder({ [otherId]: 1 }, method)));
    await Promise.all([
      ...orders.map(async ({ lines }) =>
        admin.fulfill([{ orderLineId: lines[0]?.id ?? '', quantity: 1 }], 'T'),
      ),
      ...[60, 55, 70].map(stockOnHand =>
        staff.updateVariant(otherId, { stockLevels: [{ stockLocationId: location, stockOnHand }] }),
      ),
    ]);
    expect(await ledgerMismatches(otherId, before)).toEqual([]);
  });
});

describe('a coupon that somebody else is claiming', () => {
  /** Rows that nobody has locked. */
  const free = (table: string, where: string, values: unknown[]) =>
    query(`SELECT FROM ${table} WHERE ${where} FOR UPDATE SKIP LOCKED`, values);

  /** Lets a payment wait for the first coupon of an order that has both, the second one first. */
  async function withCouponTaken(
    pay: (shop: ShopClient, orderId: string) => Promise<unknown>,
    whileWaiting: (orderId: string) => Promise<void>,
  ): Promise<void> {
    await staff.startWith(variantId, 1);
    const shop = await guestWith(variantId, 1);
    for (const code of [...COUPONS].reverse()) succeeded(await shop.applyCoupon(code));
    succeeded(await shop.transition('ArrangingPayment'));
    const { id = '' } = (await shop.activeOrder()) ?? {};
    const rival = new Client({ connectionString: databaseUrl(testEnv().postgresUrl, testEnv().database) });
    await rival.connect();
    try {
      await rival.query('BEGIN');
      await rival.query('SELECT FROM promotion WHERE "couponCode" = $1 FOR UPDATE', [COUPONS[0]]);
      const paid = pay(shop, id);
      await waitFor(
        async () => {
          const waiting = await query(
            `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%promotion%' AND datname = $1`,
            [testEnv().database],
          );
          return waiting.length > 0 ? true : undefined;
        },
        { what: 'the payment to wait for the coupon', timeoutMs: 20_000 },
      );
      await whileWaiting(id);
      await rival.query('COMMIT');
      await paid;
    } finally {
      await rival.end();
    }
  }

  it('holds up a payment before it locks any stock, or claims another coupon', async () => {
    const count = (await levels(variantId)).length;
    await withCouponTaken(
      async shop => expect(succeeded(await shop.pay(method)).state).toMatch(/^Payment/),
      async () => {
        expect(await free('stock_level', '"productVariantId" = $1', [variantId])).toHaveLength(count);
        expect(await free('promotion', '"couponCode" = $1', [COUPONS[1]])).toHaveLength(1);
      },
    );
  });

  it('holds up a payment that staff record, before it locks any stock', async () => {
    const count = (await levels(variantId)).length;
    await withCouponTaken(
      async (_, id) => expect(await staff.payByHand(id, method)).toMatchObject({ __typename: 'Order' }),
      async () =>
        expect(await free('stock_level', '"productVariantId" = $1', [variantId])).toHaveLength(count),
    );
  });
});

it('runs a checkout again that PostgreSQL undid because of a deadlock', async () => {
  await staff.startWith(variantId, 1);
  const shop = await guestWith(variantId, 1);
  const order = await shop.activeOrder();
  const rival = new Client({ connectionString: databaseUrl(testEnv().postgresUrl, testEnv().database) });
  await rival.connect();
  try {
    // Stock first, then the order: the wrong way round. The rival looks for deadlocks so late that the shop is undone.
    await rival.query(`SET deadlock_timeout = '20s'`);
    await rival.query('BEGIN');
    await rival.query('SELECT FROM stock_level WHERE "productVariantId" = $1 FOR UPDATE', [variantId]);
    const transition = shop.transition('ArrangingPayment');
    await waitFor(
      async () => {
        const waiting = await query(
          `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%stock_level%' AND datname = $1`,
          [testEnv().database],
        );
        return waiting.length > 0 ? true : undefined;
      },
      { what: 'the checkout to wait for the stock', timeoutMs: 20_000 },
    );
    await rival.query('SELECT FROM "order" WHERE id = $1 FOR UPDATE', [order?.id]);
    await rival.query('COMMIT');
    const result = await transition;
    expect(isErrorResult(result) ? result : result.state).toBe('ArrangingPayment');
    expect(await stockOf(variantId)).toMatchObject({ held: 1 });
  } finally {
    await rival.end();
  }
});
