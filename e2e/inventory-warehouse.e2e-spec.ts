import { AdminClient } from './support/admin-client';
import { guestPaying, guestWith, paidOrder, StockStaff } from './support/inventory';
import { launchShop, type LaunchedShop } from './support/launch';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { paymentMethod, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

interface PickList {
  id: string;
  orderId: string;
  stockLocationId: string;
  state: string;
  lines: { orderLineId: string; sku: string; name: string; quantity: number }[];
}

const PICK_LIST = 'id orderId stockLocationId state lines { orderLineId sku name quantity }';

let database: string;
let shop: LaunchedShop;
let admin: AdminClient;
let staff: StockStaff;
let method: string;
let variantId: string;
let otherId: string;
let firstLocation: string;
let secondLocation: string;

beforeAll(async () => {
  const env = testEnv();
  database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'warehouse');
  const script = (part: string) => `e2e/support/inventory-probe/${part}.js`;
  shop = await launchShop(env, { database, scripts: { server: script('server'), worker: script('worker') } });
  admin = await AdminClient.signedIn(shop.baseUrl);
  staff = new StockStaff(admin, database);
  const visitor = new ShopClient(shop.baseUrl);
  [variantId = '', otherId = ''] = (await variantsInStock(visitor, 2)).map(({ id }) => id);
  const locations = await rows<{ id: string }>('SELECT id::text AS id FROM stock_location ORDER BY 1');
  firstLocation = locations[0]?.id ?? '';
  secondLocation = locations[1]?.id ?? (await staff.createLocation('Second warehouse'));
  await staff.startWith(otherId, 100);
  method = await paymentMethod(await guestWith(otherId, 1, shop.baseUrl));
}, 180_000);

afterAll(async () => {
  await shop?.stop();
  if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
}, 60_000);

function rows<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
  return query<T>(statement, values, database);
}

async function ask<T>(document: string, variables?: Record<string, unknown>): Promise<T> {
  const data = await admin.api.request<{ result: T }>(document, variables);
  return data.result;
}

/** Sets what can be sold of a variant at both locations. */
async function stockAt(first: number, second: number, id = variantId): Promise<void> {
  await staff.startWith(id, first);
  const [level] = await rows<{ allocated: number }>(
    'SELECT "stockAllocated" AS allocated FROM stock_level WHERE "productVariantId" = $1 AND "stockLocationId" = $2',
    [id, secondLocation],
  );
  await staff.updateVariant(id, {
    stockLevels: [{ stockLocationId: secondLocation, stockOnHand: (level?.allocated ?? 0) + second }],
  });
}

const allocate = (id: string) =>
  ask<PickList[]>(`mutation($id: ID!) { result: probeAllocate(orderId: $id) { ${PICK_LIST} } }`, { id });
const missing = (id: string) =>
  ask<string[]>('query($id: ID!) { result: probeMissing(orderId: $id) }', { id });
const markPicked = (id: string) =>
  ask('mutation($id: ID!) { result: probeMarkPicked(orderId: $id) }', { id });
const cancelPicks = (id: string) =>
  ask('mutation($id: ID!) { result: probeCancelPicks(orderId: $id) }', { id });
const listsOf = async (id: string): Promise<PickList[]> =>
  (
    await ask<{ pickLists: PickList[] }>(
      `query($id: ID!) { result: order(id: $id) { pickLists { ${PICK_LIST} } } }`,
      { id },
    )
  ).pickLists;

/** Location, state and units of each list. */
const summary = (lists: PickList[]) =>
  lists.map(({ stockLocationId, state, lines }) => [
    stockLocationId,
    state,
    lines.reduce((sum, { quantity }) => sum + quantity, 0),
  ]);

const buy = (quantity: number, id = variantId) => paidOrder({ [id]: quantity }, method, shop.baseUrl);

describe('pick lists', () => {
  it('have what is allocated, once, at each location', async () => {
    await stockAt(3, 2);
    const order = await buy(5);
    expect(await missing(order.id)).toEqual([`${order.lines[0]?.id}: 5`]);

    const lists = await allocate(order.id);
    expect(summary(lists)).toEqual([
      [firstLocation, 'open', 3],
      [secondLocation, 'open', 2],
    ]);
    expect(lists[0]?.lines[0]).toMatchObject({
      orderLineId: order.lines[0]?.id,
      name: expect.stringMatching(/./) as string,
      sku: expect.stringMatching(/./) as string,
    });
    expect(await missing(order.id)).toEqual([]);
    // Again, and twice at once.
    await Promise.all([allocate(order.id), allocate(order.id)]);
    expect(await listsOf(order.id)).toEqual(lists);
  });

  it('are found by the warehouse', async () => {
    await stockAt(4, 0);
    const order = await buy(1);
    await allocate(order.id);
    const document = `query($options: PickListsOptions) { result: pickLists(options: $options) { items { ${PICK_LIST} } totalItems } }`;
    type Found = { items: PickList[]; totalItems: number };
    const at = (stockLocationId: string, state = 'open') =>
      ask<Found>(document, { options: { stockLocationId, state, take: 100 } });
    expect((await at(firstLocation)).items.map(({ orderId }) => orderId)).toContain(order.id);
    expect((await at(secondLocation)).items.map(({ orderId }) => orderId)).not.toContain(order.id);
    await markPicked(order.id);
    expect((await at(firstLocation)).items.map(({ orderId }) => orderId)).not.toContain(order.id);
    expect((await at(firstLocation, 'picked')).items.map(({ orderId }) => orderId)).toContain(order.id);
    const { totalItems } = await ask<Found>(document, { options: { take: 1, state: 'picked' } });
    expect(totalItems).toBeGreaterThan(0);
    await expect(ask(document, { options: { take: 1000 } })).rejects.toThrow(/1 to 100/);
    await expect(ask(document, { options: { skip: -1 } })).rejects.toThrow(/begins at 0/);
  });

  it('list only what was not picked and sent, and what comes after', async () => {
    await stockAt(6, 0);
    const order = await buy(5);
    const orderLineId = order.lines[0]?.id ?? '';
    await allocate(order.id);
    await markPicked(order.id);
    await admin.fulfill([{ orderLineId, quantity: 3 }], 'T1');
    expect(summary(await allocate(order.id))).toEqual([[firstLocation, 'picked', 5]]);
    expect(await missing(order.id)).toEqual([]);
    await cancelPicks(order.id);
    expect(await listsOf(order.id)).toEqual([]);
    expect(await missing(order.id)).toEqual([`${orderLineId}: 2`]);
    expect(summary(await allocate(order.id))).toEqual([[firstLocation, 'open', 2]]);
  });

  it('follow a partial cancellation, when asked and by themselves', async () => {
    await stockAt(5, 0);
    const order = await buy(5);
    const orderLineId = order.lines[0]?.id ?? '';
    await allocate(order.id);
    succeeded(await admin.cancelOrder(order.id, [{ orderLineId, quantity: 2 }]));
    expect(summary(await allocate(order.id))).toEqual([[firstLocation, 'open', 3]]);
    expect(await missing(order.id)).toEqual([]);
    succeeded(await admin.cancelOrder(order.id, [{ orderLineId, quantity: 1 }]));
    await waitFor(async () => ((await listsOf(order.id))[0]?.lines[0]?.quantity === 2 ? true : undefined), {
      what: 'the list to follow the cancellation',
    });
    // Sent without having been marked: whoever sent it has picked it.
    await admin.fulfill([{ orderLineId, quantity: 2 }], 'T2');
    await waitFor(async () => ((await listsOf(order.id))[0]?.state === 'picked' ? true : undefined), {
      what: 'the list of an order that was sent to be picked',
    });
    expect(await missing(order.id)).toEqual([]);
  });

  it('leave out units that were sold before they are there, until they are', async () => {
    await stockAt(1, 0);
    await staff.updateVariant(variantId, { outOfStockThreshold: -10 });
    try {
      const first = await buy(1);
      const second = await buy(2);
      // The second asks first: it gets what is there.
      expect(summary(await allocate(second.id))).toEqual([[firstLocation, 'open', 1]]);
      expect(await missing(second.id)).toEqual([`${second.lines[0]?.id}: 1`]);
      expect(await allocate(first.id)).toEqual([]);
      expect(await missing(first.id)).toEqual([`${first.lines[0]?.id}: 1`]);

      const [level] = await rows<{ onHand: number }>(
        'SELECT "stockOnHand" AS "onHand" FROM stock_level WHERE "productVariantId" = $1 AND "stockLocationId" = $2',
        [variantId, firstLocation],
      );
      await staff.updateVariant(variantId, {
        stockLevels: [{ stockLocationId: firstLocation, stockOnHand: (level?.onHand ?? 0) + 2 }],
      });
      expect(summary(await allocate(first.id))).toEqual([[firstLocation, 'open', 1]]);
      expect(summary(await allocate(second.id))).toEqual([[firstLocation, 'open', 2]]);
    } finally {
      await staff.updateVariant(variantId, { outOfStockThreshold: 0 });
    }
  });

  it('have variants without tracking, too', async () => {
    await staff.updateVariant(otherId, { trackInventory: 'FALSE' });
    const order = await buy(500, otherId);
    const lists = await allocate(order.id);
    expect(lists).toHaveLength(1);
    expect(summary(lists)[0]?.[2]).toBe(500);
    await staff.updateVariant(otherId, { trackInventory: 'TRUE' });
  });

  it('cannot be doubled by anybody who writes past the service', async () => {
    await stockAt(2, 0);
    const order = await buy(1);
    const [list] = await allocate(order.id);
    await expect(
      rows('INSERT INTO pick_list ("orderId", "stockLocationId") VALUES ($1, $2)', [order.id, firstLocation]),
    ).rejects.toThrow(/unique/);
    await expect(
      rows(
        `INSERT INTO pick_list_line ("pickListId", "orderLineId", "productVariantId", quantity) VALUES ($1, $2, $3, 1)`,
        [list?.id, order.lines[0]?.id, variantId],
      ),
    ).rejects.toThrow(/unique/);
  });
});

interface StoredEvent {
  eventType: string;
  eventData: Record<string, unknown>;
}

/** The events about a thing that came after a moment, the oldest first. */
function eventsOf(aggregateType: string, id: string, types: string[], after = '0'): Promise<StoredEvent[]> {
  return rows<StoredEvent>(
    `SELECT "eventType", "eventData" FROM domain_event
     WHERE "aggregateType" = $1 AND "aggregateId" = $2 AND "eventType" = ANY($3) AND id > $4 ORDER BY id`,
    [aggregateType, id, types, after],
  );
}

async function lastEvent(): Promise<string> {
  const [row] = await rows<{ id: string }>('SELECT coalesce(max(id), 0)::text AS id FROM domain_event');
  return row?.id ?? '0';
}

/** Waits until every event that was published is handled. */
function settled(): Promise<boolean> {
  return waitFor(
    async () => {
      const open = await rows(
        `SELECT FROM domain_event_delivery WHERE state NOT IN ('done', 'discarded')
         UNION ALL SELECT FROM domain_event_intake LIMIT 1`,
      );
      return open.length === 0 ? true : undefined;
    },
    { what: 'the events to be handled' },
  );
}

describe('events', () => {
  const TOLD = [
    'InventoryReserved',
    'InventoryReservationConfirmed',
    'InventoryReservationReleased',
    'HoldExpired',
  ];
  const told = async (orderId: string) =>
    (await eventsOf('Order', orderId, TOLD)).map(({ eventType, eventData }) => [
      eventType,
      (eventData.lines as { productVariantId: string; quantity: number }[])
        .map(({ productVariantId, quantity }) => `${productVariantId}: ${quantity}`)
        .sort(),
    ]);

  it('tell of a hold that was placed, and paid: one for the whole order', async () => {
    await stockAt(5, 0);
    await stockAt(5, 0, otherId);
    const order = await paidOrder({ [variantId]: 2, [otherId]: 1 }, method, shop.baseUrl);
    const lines = [`${variantId}: 2`, `${otherId}: 1`].sort();
    expect(await told(order.id)).toEqual([
      ['InventoryReserved', lines],
      ['InventoryReservationConfirmed', lines],
    ]);
    const [reserved] = await eventsOf('Order', order.id, ['InventoryReserved']);
    expect(Date.parse(String(reserved?.eventData.expiresAt))).toBeGreaterThan(Date.now());
  });

  it('tell of one that was let go, and one that ran out', async () => {
    await stockAt(5, 0);
    const back = await guestPaying(variantId, 1, shop.baseUrl);
    const backOrder = await back.activeOrder();
    succeeded(await back.transition('AddingItems'));
    expect((await told(backOrder?.id ?? '')).map(([type]) => type)).toEqual([
      'InventoryReserved',
      'InventoryReservationReleased',
    ]);

    const late = await guestPaying(variantId, 1, shop.baseUrl);
    const lateOrder = await late.activeOrder();
    await rows(`UPDATE stock_hold SET "expiresAt" = now() - interval '1 s' WHERE "orderId" = $1`, [
      lateOrder?.id,
    ]);
    await staff.sweepHolds();
    await waitFor(async () => ((await told(lateOrder?.id ?? '')).length === 2 ? true : undefined), {
      what: 'the expiry to be told',
    });
    expect((await told(lateOrder?.id ?? '')).map(([type]) => type)).toEqual([
      'InventoryReserved',
      'HoldExpired',
    ]);
  });
});

describe('low stock', () => {
  const setThreshold = (threshold: number | null, stockLocationId = firstLocation) =>
    ask('mutation($input: [StockThresholdInput!]!) { result: setStockThresholds(input: $input) }', {
      input: [{ productVariantId: variantId, stockLocationId, threshold }],
    });
  const toldLow = async (after: string) => {
    await settled();
    return (await eventsOf('ProductVariant', variantId, ['StockLow'], after)).map(({ eventData }) => [
      eventData.stockLocationId,
      eventData.saleable,
      eventData.threshold,
    ]);
  };

  it('is told once for each fall, by location, however many buy at once', async () => {
    await stockAt(8, 0);
    await setThreshold(5);
    await settled();
    const start = await lastEvent();
    try {
      await stockAt(6, 0);
      expect(await toldLow(start)).toEqual([]);
      const orders = await Promise.all([1, 2, 3].map(() => buy(1)));
      const low = await toldLow(start);
      expect(low).toHaveLength(1);
      expect(low[0]?.[0]).toBe(firstLocation);
      expect(Number(low[0]?.[1])).toBeLessThanOrEqual(5);

      // Above the threshold again, and below again: told again.
      for (const { id } of orders) succeeded(await admin.cancelOrder(id));
      expect(await toldLow(start)).toHaveLength(1);
      await stockAt(5, 0);
      expect(await toldLow(start)).toEqual([low[0], [firstLocation, 5, 5]]);
    } finally {
      await setThreshold(null);
    }
  });

  it('follows a threshold that is set, and the default of the shop', async () => {
    await stockAt(7, 0);
    await settled();
    const start = await lastEvent();
    await setThreshold(10);
    expect(await toldLow(start)).toEqual([[firstLocation, 7, 10]]);
    await setThreshold(null);

    const setDefault = (lowStockThreshold: number | null) =>
      admin.api.request(
        'mutation($input: UpdateGlobalSettingsInput!) { updateGlobalSettings(input: $input) { __typename } }',
        { input: { customFields: { lowStockThreshold } } },
      );
    await setDefault(9);
    try {
      // No event tells of a setting: the task finds it.
      await admin.api.request('mutation { runScheduledTask(id: "inventory-check-stock") { success } }');
      await waitFor(
        async () => ((await toldLow(start)).some(([, , threshold]) => threshold === 9) ? true : undefined),
        { what: 'the task to tell of low stock' },
      );
    } finally {
      await setDefault(null);
    }
    await expect(setThreshold(1, '999999')).rejects.toThrow(/does not have one of/);
  });
});

it('tells that a variant is back in stock, once', async () => {
  await stockAt(0, 0);
  await settled();
  const start = await lastEvent();
  const back = async () => {
    await settled();
    return (await eventsOf('ProductVariant', variantId, ['BackInStock'], start)).map(
      ({ eventData }) => eventData.saleable,
    );
  };
  await stockAt(2, 0);
  expect(await back()).toEqual([2]);
  await stockAt(3, 0);
  expect(await back()).toEqual([2]);

  // Sold out by holds, back when they end.
  const buyer = await guestPaying(variantId, 3, shop.baseUrl);
  expect(await back()).toEqual([2]);
  succeeded(await buyer.transition('AddingItems'));
  expect(await back()).toEqual([2, 3]);
});
