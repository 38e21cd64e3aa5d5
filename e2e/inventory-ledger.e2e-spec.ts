import { createClerk } from './browser/clerk';
import { AdminClient } from './support/admin-client';
import { guestPaying, guestWith, type StockStaff } from './support/inventory';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { STAFF } from './support/staff';
import { waitFor } from './support/wait-for';
import { Warehouse } from './support/warehouse';

interface Figures {
  onHand: number;
  allocated: number;
  held: number;
}

interface Entry {
  cursor: string;
  at: string;
  kind: string;
  quantity: number;
  productVariantId: string;
  sku: string;
  stockLocationId: string;
  orderCode: string | null;
  userIdentifier: string | null;
  change: Figures;
  balance: Figures | null;
}

interface Ledger {
  items: Entry[];
  nextCursor: string | null;
}

interface OverviewRow extends Figures {
  productVariantId: string;
  sku: string;
  stockLocationId: string;
  tracked: boolean;
  saleable: number;
  expected: { quantity: number; at: string | null }[];
  expectedQuantity: number;
  threshold: number | null;
  ownThreshold: boolean;
  low: boolean;
}

const FIGURES = 'onHand allocated held';

let house: Warehouse;
let admin: AdminClient;
let staff: StockStaff;
let variantId: string;

beforeAll(async () => {
  house = await Warehouse.open('ledger');
  ({ admin, staff, variantId } = house);
}, 180_000);

afterAll(() => house?.close(), 60_000);

function ledger(options: Record<string, unknown>): Promise<Ledger> {
  return house.ask(
    `query($options: StockLedgerOptions) { result: stockLedger(options: $options) {
       nextCursor
       items { cursor at kind quantity productVariantId sku stockLocationId orderCode userIdentifier
         change { ${FIGURES} } balance { ${FIGURES} } }
     } }`,
    { options },
  );
}

/** All pages together. */
async function wholeLedger(options: Record<string, unknown>, take: number): Promise<Entry[]> {
  const entries: Entry[] = [];
  let after: string | null = null;
  do {
    const page: Ledger = await ledger({ ...options, after, take });
    entries.push(...page.items);
    after = page.nextCursor;
  } while (after !== null);
  return entries;
}

const summary = (entries: Entry[]) => entries.map(({ kind, quantity }) => [kind, quantity]);

async function overview(
  options: Record<string, unknown>,
): Promise<{ items: OverviewRow[]; totalItems: number }> {
  return house.ask(
    `query($options: StockOverviewOptions) { result: stockOverview(options: $options) { totalItems items {
       productVariantId sku stockLocationId tracked ${FIGURES} saleable expected { quantity at } expectedQuantity
       threshold ownThreshold low } } }`,
    { options },
  );
}

async function atFirst(): Promise<OverviewRow> {
  const { items } = await overview({ productVariantId: variantId, stockLocationId: house.first });
  expect(items).toHaveLength(1);
  return items[0] as OverviewRow;
}

describe('the stock ledger', () => {
  it('tells the whole story of an order, with who did what and what was left', async () => {
    await house.stockAt(6, 0);
    const before = await atFirst();
    const order = await house.buy(3);
    const orderLineId = order.lines[0]?.id ?? '';
    await admin.fulfill([{ orderLineId, quantity: 2 }], 'T1');
    succeeded(await admin.cancelOrder(order.id, [{ orderLineId, quantity: 2 }]));

    const { items } = await ledger({ orderCode: order.code });
    expect(summary(items).reverse()).toEqual([
      ['HOLD_PLACED', 3],
      // The allocation bears the time at which its transaction began; the hold ended in the middle of it.
      ['ALLOCATION', 3],
      ['HOLD_CONSUMED', 3],
      ['SALE', 2],
      expect.anything(),
      expect.anything(),
    ]);
    expect(summary(items.slice(0, 2)).sort()).toEqual([
      ['CANCELLATION', 1],
      ['RELEASE', 1],
    ]);
    expect(items.every(({ orderCode }) => orderCode === order.code)).toBe(true);
    const sale = items.find(({ kind }) => kind === 'SALE');
    expect(sale).toMatchObject({
      change: { onHand: -2, allocated: -2, held: 0 },
      userIdentifier: STAFF.username,
    });
    expect(items.find(({ kind }) => kind === 'ALLOCATION')?.userIdentifier).toBeNull();

    // Each balance is the one before it and the change; the last is what there is.
    const entries = await wholeLedger({ productVariantId: variantId, stockLocationId: house.first }, 100);
    const now = await atFirst();
    expect(entries[0]?.balance).toEqual({ onHand: now.onHand, allocated: now.allocated, held: now.held });
    expect(now.onHand).toBe(before.onHand - 1);
    entries.slice(0, -1).forEach((entry, i) => {
      const earlier = entries[i + 1]?.balance;
      expect(entry.balance).toEqual({
        onHand: (earlier?.onHand ?? 0) + entry.change.onHand,
        allocated: (earlier?.allocated ?? 0) + entry.change.allocated,
        held: (earlier?.held ?? 0) + entry.change.held,
      });
    });
    // The first entry of all begins at nothing.
    expect(entries.at(-1)?.balance).toEqual(entries.at(-1)?.change);
  });

  it('has the same entries in pages of any length', async () => {
    const all = await wholeLedger({ productVariantId: variantId }, 100);
    expect(all.length).toBeGreaterThan(5);
    expect(await wholeLedger({ productVariantId: variantId }, 3)).toEqual(all);
    expect(new Set(all.map(({ cursor }) => cursor)).size).toBe(all.length);
    const times = all.map(({ at }) => Date.parse(at));
    expect([...times].sort((a, b) => b - a)).toEqual(times);
  });

  it('is filtered by kind, SKU, location, order and time', async () => {
    await house.stockAt(2, 2);
    const order = await house.buy(1);
    const all = await wholeLedger({ productVariantId: variantId }, 100);
    const sku = all[0]?.sku;
    expect(await wholeLedger({ sku }, 100)).toEqual(all);
    for (const kinds of [
      ['ADJUSTMENT'],
      ['SALE', 'HOLD_PLACED'],
      ['HOLD_CONSUMED'],
      ['RELEASE', 'CANCELLATION'],
    ]) {
      expect(await wholeLedger({ sku, kinds }, 2)).toEqual(all.filter(({ kind }) => kinds.includes(kind)));
    }
    expect(await wholeLedger({ sku, stockLocationId: house.second }, 100)).toEqual(
      all.filter(({ stockLocationId }) => stockLocationId === house.second),
    );
    const adjustment = all.find(({ kind }) => kind === 'ADJUSTMENT');
    expect(adjustment).toMatchObject({ userIdentifier: STAFF.username, orderCode: null });
    expect((await ledger({ orderId: order.id })).items.length).toBeGreaterThan(0);
    const middle = all[Math.floor(all.length / 2)]?.at ?? '';
    // The API's times have milliseconds, the ledger's microseconds.
    const later = await wholeLedger({ sku, from: middle }, 100);
    const earlier = await wholeLedger({ sku, to: middle }, 100);
    expect([...later, ...earlier]).toEqual(all);
    expect(earlier.length).toBeGreaterThan(0);

    expect(await ledger({ sku: 'no such thing' })).toEqual({ items: [], nextCursor: null });
    expect(await ledger({ sku, kinds: [] })).toEqual({ items: [], nextCursor: null });
    expect(await ledger({ productVariantId: 'x' })).toEqual({ items: [], nextCursor: null });
    await staff.updateVariant(variantId, { trackInventory: 'FALSE' });
    expect((await ledger({ sku })).items.every(({ balance }) => balance === null)).toBe(true);
    await staff.updateVariant(variantId, { trackInventory: 'TRUE' });
    await expect(ledger({ after: 'nonsense' })).rejects.toThrow(/no cursor/);
    await expect(ledger({ take: 101 })).rejects.toThrow(/1 to 100/);
    await expect(
      new ShopClient(house.shop.baseUrl).api.request('{ stockLedger { nextCursor } }'),
    ).rejects.toThrow(/Cannot query/);
  });

  it('tells of orders only with the permission to read them, and nobody the login of a shopper', async () => {
    await house.stockAt(5, 0);
    const { id, code, lines } = await house.buy(1);
    const [variant] = await house.rows<{ sku: string }>('SELECT sku FROM product_variant WHERE id = $1', [
      variantId,
    ]);
    await house.rows(
      `WITH shopper AS (
         INSERT INTO "user" (identifier, verified) VALUES ('shopper@example.com', true) RETURNING id
       ) UPDATE stock_movement SET "customFieldsUserid" = shopper.id FROM shopper WHERE "orderLineId" = $1`,
      [lines[0]?.id],
    );
    const { items } = await ledger({ orderCode: code, kinds: ['ALLOCATION'] });
    expect(items).toMatchObject([{ orderCode: code, userIdentifier: null }]);

    await createClerk(admin, 'catalogue@example.com', 'catalogue-password', ['ReadCatalog']);
    const clerk = new AdminClient(house.shop.baseUrl);
    succeeded(await clerk.login('catalogue@example.com', 'catalogue-password'));
    const seen = async (options: Record<string, unknown>) => {
      const data = await clerk.api.request<{ stockLedger: { items: Record<string, unknown>[] } }>(
        `query($options: StockLedgerOptions) { stockLedger(options: $options) {
           items { kind orderId orderCode orderLineId } } }`,
        { options },
      );
      return data.stockLedger.items;
    };
    expect(await seen({ sku: variant?.sku, kinds: ['ALLOCATION'], take: 1 })).toEqual([
      { kind: 'ALLOCATION', orderId: null, orderCode: null, orderLineId: null },
    ]);
    expect(await seen({ orderCode: code })).toEqual([]);
    expect(await seen({ orderId: id })).toEqual([]);
  });

  it('tells of a hold that ran out in the channel of its order', async () => {
    await house.stockAt(1, 0);
    const { id: channelId } = await admin.createChannel('ledger-outlet');
    const shop = await guestPaying(variantId, 1, house.shop.baseUrl);
    const { id = '' } = (await shop.activeOrder()) ?? {};
    await house.rows(
      `UPDATE stock_hold SET "channelId" = $2, "expiresAt" = now() - interval '1 second' WHERE "orderId" = $1`,
      [id, channelId],
    );
    await staff.sweepHolds();
    const event = await waitFor(
      async () => {
        const [row] = await house.rows<{ channelId: string }>(
          `SELECT "channelId" FROM domain_event WHERE "eventType" = 'HoldExpired' AND "aggregateId" = $1`,
          [id],
        );
        return row;
      },
      { what: 'the sweep', timeoutMs: 30_000 },
    );
    expect(event.channelId).toBe(channelId);
  });

  it('is counted anew only at the locations of the channel', async () => {
    const foreign = await staff.createLocation(`foreign ${Date.now()}`);
    await house.addStock(foreign, 2);
    const places = async () => {
      const rows = await house.ask<{ stockLocationId: string }[]>(
        'query($ids: [ID!]!) { result: stockRecount(productVariantIds: $ids) { stockLocationId } }',
        { ids: [variantId] },
      );
      return rows.map(({ stockLocationId }) => stockLocationId);
    };
    expect(await places()).toContain(foreign);
    await house.rows('DELETE FROM stock_location_channels_channel WHERE "stockLocationId" = $1', [foreign]);
    expect(await places()).not.toContain(foreign);
  });

  it('adds up to the levels, and says where it does not', async () => {
    const recount = () =>
      house.ask<{ stockLocationId: string; onHand: number; countedOnHand: number; differs: boolean }[]>(
        `query($ids: [ID!]!) { result: stockRecount(productVariantIds: $ids) {
           stockLocationId onHand allocated countedOnHand countedAllocated differs } }`,
        { ids: [variantId, house.otherId, 'x'] },
      );
    expect((await recount()).filter(({ differs }) => differs)).toEqual([]);
    const write = (units: number) =>
      house.rows(
        `UPDATE stock_level SET "stockOnHand" = "stockOnHand" + $3
         WHERE "productVariantId" = $1 AND "stockLocationId" = $2`,
        [variantId, house.first, units],
      );
    await write(1);
    const wrong = (await recount()).filter(({ differs }) => differs);
    expect(wrong).toHaveLength(1);
    expect((wrong[0]?.onHand ?? 0) - (wrong[0]?.countedOnHand ?? 0)).toBe(1);
    await write(-1);
  });

  it('still adds up when a location is given up, and its orders can be cancelled', async () => {
    const third = await staff.createLocation(`third ${Date.now()}`);
    await house.stockAt(0, 0);
    await house.addStock(third, 4);
    const order = await house.buy(3);
    const { deleteStockLocation } = await admin.api.request<{ deleteStockLocation: { result: string } }>(
      'mutation($input: DeleteStockLocationInput!) { deleteStockLocation(input: $input) { result message } }',
      { input: { id: third, transferToLocationId: house.first } },
    );
    expect(deleteStockLocation.result).toBe('DELETED');
    const before = await atFirst();
    succeeded(await admin.cancelOrder(order.id));
    const after = await atFirst();
    expect(after.allocated).toBe(before.allocated - 3);
    const recount = await house.ask<{ differs: boolean }[]>(
      'query($ids: [ID!]!) { result: stockRecount(productVariantIds: $ids) { differs } }',
      { ids: [variantId] },
    );
    expect(recount.some(({ differs }) => differs)).toBe(false);
  });
});

describe('the stock overview', () => {
  it('has what each location has, what is on its way and what is low', async () => {
    await house.stockAt(5, 7);
    await house.setThreshold(4);
    const calm = await atFirst();
    expect(calm).toMatchObject({ saleable: 5, threshold: 4, ownThreshold: true, low: false, tracked: true });
    const buyer = await guestPaying(variantId, 6, house.shop.baseUrl);
    const { items } = await overview({ productVariantId: variantId });
    const second = items.find(({ stockLocationId }) => stockLocationId === house.second);
    expect(second).toMatchObject({ held: 6, saleable: 1, threshold: null, ownThreshold: false, low: false });
    expect(second?.expected).toEqual([
      { quantity: Number(variantId), at: '2030-01-01T00:00:00.000Z' },
      { quantity: 1, at: null },
    ]);
    expect(second?.expectedQuantity).toBe(Number(variantId) + 1);
    succeeded(await buyer.transition('AddingItems'));

    await house.setThreshold(5);
    expect(await atFirst()).toMatchObject({ low: true });
    const low = await overview({ lowOnly: true });
    expect(low.items.map(item => [item.productVariantId, item.stockLocationId])).toEqual([
      [variantId, house.first],
    ]);
    expect(low.totalItems).toBe(1);
    await house.setThreshold(null);
  });

  it('is found by words, and paginated', async () => {
    const { items, totalItems } = await overview({ take: 3 });
    expect(items).toHaveLength(3);
    expect(totalItems).toBeGreaterThan(3);
    const rest = await overview({ skip: 3, take: 3 });
    expect(rest.totalItems).toBe(totalItems);
    expect(rest.items).not.toEqual(items);
    expect(await overview({ skip: totalItems + 5 })).toEqual({ items: [], totalItems });
    const [row] = await house.rows<{ sku: string }>('SELECT sku FROM product_variant WHERE id = $1', [
      variantId,
    ]);
    const found = await overview({ term: row?.sku.toLowerCase() });
    expect(found.items.map(({ productVariantId }) => productVariantId)).toContain(variantId);
    expect(await overview({ term: '%' })).toEqual({ items: [], totalItems: 0 });
    await expect(overview({ take: 0 })).rejects.toThrow(/1 to 100/);
  });
});

describe('the nearest location', () => {
  const setPlace = (id: string, customFields: Record<string, unknown>) =>
    admin.api.request(
      'mutation($input: UpdateStockLocationInput!) { updateStockLocation(input: $input) { id } }',
      {
        input: { id, customFields },
      },
    );
  const nowhere = { countryCode: null, postalCode: null, latitude: null, longitude: null };
  /** Where the units of a new order are allocated. */
  const sources = async (quantity: number) => {
    const order = await house.buy(quantity);
    const rows = await house.rows<{ location: string; units: number }>(
      `SELECT m."stockLocationId"::text AS location, sum(m.quantity)::int AS units
       FROM stock_movement m JOIN order_line l ON l.id = m."orderLineId"
       WHERE l."orderId" = $1 AND m.type = 'ALLOCATION' GROUP BY 1 ORDER BY 2 DESC`,
      [order.id],
    );
    return rows.map(({ location, units }) => [location, units]);
  };

  afterAll(async () => {
    for (const id of [house.first, house.second]) await setPlace(id, nowhere);
  });

  it('gives the units, though another has more; with nothing known, the fullest does', async () => {
    await house.stockAt(5, 50);
    expect(await sources(1)).toEqual([[house.second, 1]]);
    // The order goes to Leeds.
    await setPlace(house.first, { countryCode: 'GB' });
    await setPlace(house.second, { countryCode: 'DE', latitude: 52.5, longitude: 13.4 });
    expect(await sources(1)).toEqual([[house.first, 1]]);
    // None of the near ones has all of it: one parcel is better than two.
    expect(await sources(5)).toEqual([[house.second, 5]]);
    await house.stockAt(3, 3);
    expect(await sources(5)).toEqual([
      [house.first, 3],
      [house.second, 2],
    ]);
    await house.stockAt(5, 50);
    await setPlace(house.second, { countryCode: 'GB', postalCode: 'LS2 7AB' });
    await setPlace(house.first, { countryCode: 'GB', postalCode: 'SW1A 1AA' });
    expect(await sources(1)).toEqual([[house.second, 1]]);
  });
});

describe('personal data', () => {
  async function customer(): Promise<{ customerId: string; orderId: string }> {
    const shop = await guestWith(variantId, 1, house.shop.baseUrl);
    succeeded(await shop.transition('ArrangingPayment'));
    const order = succeeded(await shop.pay(house.method));
    const [row] = await house.rows<{ customerId: string }>(
      'SELECT "customerId"::text AS "customerId" FROM "order" WHERE id = $1',
      [order.id],
    );
    return { customerId: row?.customerId ?? '', orderId: order.id };
  }

  it('of a customer is exported and erased as the contract says', async () => {
    await house.stockAt(20, 0);
    const [subject, bystander] = [await customer(), await customer()];
    for (const { orderId } of [subject, bystander]) {
      await house.allocate(orderId, 'id');
      await house.ask('mutation($id: ID!) { result: probeCancelPicks(orderId: $id) }', { id: orderId });
    }
    // As if they had been signed in.
    const [user] = await house.rows<{ id: string }>('SELECT min(id)::text AS id FROM "user"');
    const movedBy = (orderId: string) =>
      house.rows<{ moved: number }>(
        `SELECT count(*)::int AS moved FROM stock_movement m JOIN order_line l ON l.id = m."orderLineId"
         WHERE l."orderId" = $1 AND m."customFieldsUserid" IS NOT NULL`,
        [orderId],
      );
    for (const { orderId } of [subject, bystander]) {
      await house.rows(
        `UPDATE stock_movement SET "customFieldsUserid" = $2
         WHERE "orderLineId" IN (SELECT id FROM order_line WHERE "orderId" = $1)`,
        [orderId, user?.id],
      );
    }
    const breaches = await house.ask<string[]>(
      `query($subject: ProbePerson!, $bystander: ProbePerson!) {
         result: probePersonalData(subject: $subject, bystander: $bystander) }`,
      {
        subject: { customerId: subject.customerId, userId: user?.id },
        bystander: { customerId: bystander.customerId, userId: user?.id },
      },
    );
    expect(breaches).toEqual([]);
    expect(await movedBy(subject.orderId)).toEqual([{ moved: 0 }]);
    expect(await movedBy(bystander.orderId)).toEqual([{ moved: 1 }]);
    const left = (table: string, orderId: string) =>
      house.rows(`SELECT id FROM ${table} WHERE "orderId" = $1`, [orderId]);
    expect(await left('stock_hold', subject.orderId)).toEqual([]);
    expect(await left('pick_list', subject.orderId)).toEqual([]);
    expect(await left('stock_hold', bystander.orderId)).toHaveLength(1);
    expect(await left('pick_list', bystander.orderId)).toHaveLength(1);
  });

  it('that an order being sent still needs stays', async () => {
    const subject = await customer();
    const bystander = await customer();
    await house.allocate(subject.orderId, 'id');
    expect(
      await house.ask(
        `query($subject: ProbePerson!, $bystander: ProbePerson!) {
           result: probePersonalData(subject: $subject, bystander: $bystander) }`,
        { subject: { customerId: subject.customerId }, bystander: { customerId: bystander.customerId } },
      ),
    ).toEqual([]);
    expect(await house.rows('SELECT id FROM pick_list WHERE "orderId" = $1', [subject.orderId])).toHaveLength(
      1,
    );
  });
});
