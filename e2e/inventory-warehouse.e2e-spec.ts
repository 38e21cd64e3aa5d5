import { AdminClient } from './support/admin-client';
import { guestWith, paidOrder, StockStaff } from './support/inventory';
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
