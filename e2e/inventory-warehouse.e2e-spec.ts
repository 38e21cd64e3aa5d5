import type { AdminClient } from './support/admin-client';
import { guestPaying, paidOrder, type StockStaff } from './support/inventory';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { variantsInStock } from './support/shopping';
import { waitFor } from './support/wait-for';
import { Warehouse } from './support/warehouse';

interface PickList {
  id: string;
  orderId: string;
  stockLocationId: string;
  state: string;
  lines: { orderLineId: string; sku: string; name: string; quantity: number }[];
}

const PICK_LIST = 'id orderId stockLocationId state lines { orderLineId sku name quantity }';

let house: Warehouse;
let admin: AdminClient;
let staff: StockStaff;
let method: string;
let variantId: string;
let otherId: string;
let firstLocation: string;
let secondLocation: string;

beforeAll(async () => {
  house = await Warehouse.open('warehouse');
  ({ admin, staff, method, variantId, otherId, first: firstLocation, second: secondLocation } = house);
}, 180_000);

afterAll(() => house?.close(), 60_000);

const allocate = (id: string) => house.allocate<PickList>(id, PICK_LIST);
const missing = (id: string) =>
  house.ask<string[]>('query($id: ID!) { result: probeMissing(orderId: $id) }', { id });
const cancelPicks = (id: string) =>
  house.ask('mutation($id: ID!) { result: probeCancelPicks(orderId: $id) }', { id });
const listsOf = async (id: string): Promise<PickList[]> => {
  const document = `query($id: ID!) { result: order(id: $id) { pickLists { ${PICK_LIST} } } }`;
  return (await house.ask<{ pickLists: PickList[] }>(document, { id })).pickLists;
};

/** Location, state and units of each list. */
const summary = (lists: PickList[]) =>
  lists.map(({ stockLocationId, state, lines }) => [
    stockLocationId,
    state,
    lines.reduce((sum, { quantity }) => sum + quantity, 0),
  ]);

describe('pick lists', () => {
  it('have what is allocated, once, at each location', async () => {
    await house.stockAt(3, 2);
    const order = await house.buy(5);
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
    await house.stockAt(4, 0);
    const order = await house.buy(1);
    await allocate(order.id);
    const document = `query($options: PickListsOptions) { result: pickLists(options: $options) { items { ${PICK_LIST} } totalItems } }`;
    type Found = { items: PickList[]; totalItems: number };
    const at = (stockLocationId: string, state = 'open') =>
      house.ask<Found>(document, { options: { stockLocationId, state, take: 100 } });
    expect((await at(firstLocation)).items.map(({ orderId }) => orderId)).toContain(order.id);
    expect((await at(secondLocation)).items.map(({ orderId }) => orderId)).not.toContain(order.id);
    await house.markPicked(order.id);
    expect((await at(firstLocation)).items.map(({ orderId }) => orderId)).not.toContain(order.id);
    expect((await at(firstLocation, 'picked')).items.map(({ orderId }) => orderId)).toContain(order.id);
    const { totalItems } = await house.ask<Found>(document, { options: { take: 1, state: 'picked' } });
    expect(totalItems).toBeGreaterThan(0);
    await expect(house.ask(document, { options: { take: 1000 } })).rejects.toThrow(/1 to 100/);
    await expect(house.ask(document, { options: { skip: -1 } })).rejects.toThrow(/begins at 0/);
  });

  it('are written anew where the stock has gone when a location is given up, which nothing promised is lost by', async () => {
    const third = await staff.createLocation(`third ${Date.now()}`);
    const remove = (id: string, transferToLocationId?: string) =>
      house.ask<{ result: string; message: string | null }>(
        'mutation($input: DeleteStockLocationInput!) { result: deleteStockLocation(input: $input) { result message } }',
        { input: { id, transferToLocationId } },
      );
    await house.stockAt(0, 0);
    await house.addStock(third, 4);
    const order = await house.buy(3);
    expect(summary(await allocate(order.id))).toEqual([[third, 'open', 3]]);
    const buyer = await guestPaying(variantId, 1, house.shop.baseUrl);

    const refused = await remove(third);
    expect(refused.result).toBe('NOT_DELETED');
    expect(refused.message).toMatch(/ 3 allocated and 1 held /);
    const foreign = await staff.createLocation(`elsewhere ${Date.now()}`);
    await house.rows('DELETE FROM stock_location_channels_channel WHERE "stockLocationId" = $1', [foreign]);
    await expect(remove(third, foreign)).rejects.toThrow(/This channel does not have/);

    expect(await remove(third, firstLocation)).toMatchObject({ result: 'DELETED' });
    expect(summary(await listsOf(order.id))).toEqual([[firstLocation, 'open', 3]]);
    expect(succeeded(await buyer.pay(method)).state).toMatch(/^Payment/);
    const unused = await staff.createLocation(`unused ${Date.now()}`);
    expect(await remove(unused)).toMatchObject({ result: 'DELETED' });
  });

  it('list only what was not picked and sent, and what comes after', async () => {
    await house.stockAt(6, 0);
    const order = await house.buy(5);
    const orderLineId = order.lines[0]?.id ?? '';
    await allocate(order.id);
    await house.markPicked(order.id);
    await admin.fulfill([{ orderLineId, quantity: 3 }], 'T1');
    expect(summary(await allocate(order.id))).toEqual([[firstLocation, 'picked', 5]]);
    expect(await missing(order.id)).toEqual([]);
    await cancelPicks(order.id);
    expect(await listsOf(order.id)).toEqual([]);
    expect(await missing(order.id)).toEqual([`${orderLineId}: 2`]);
    // Three have left all the same: a list says so.
    expect(summary(await allocate(order.id))).toEqual([
      [firstLocation, 'picked', 3],
      [firstLocation, 'open', 2],
    ]);
  });

  it('follow a partial cancellation, when asked and by themselves', async () => {
    await house.stockAt(5, 0);
    const order = await house.buy(5);
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

  it('are right again when a line was cancelled in part after it was picked, and added to later', async () => {
    await house.stockAt(9, 0);
    const order = await house.buy(5);
    const orderLineId = order.lines[0]?.id ?? '';
    await allocate(order.id);
    await house.markPicked(order.id);
    succeeded(await admin.cancelOrder(order.id, [{ orderLineId, quantity: 2 }]));
    // Two are put back.
    expect(summary(await allocate(order.id))).toEqual([[firstLocation, 'picked', 3]]);
    await staff.transition(order.id, 'Modifying');
    expect(await staff.modify(order.id, { adjustOrderLines: [{ orderLineId, quantity: 4 }] })).toMatchObject({
      __typename: 'Order',
    });
    expect(await missing(order.id)).toEqual([`${orderLineId}: 1`]);
    expect(summary(await allocate(order.id))).toEqual([
      [firstLocation, 'picked', 3],
      [firstLocation, 'open', 1],
    ]);
  });

  it('count what was sent by hand before there was a list, and while one was open', async () => {
    await house.stockAt(9, 0);
    const order = await house.buy(9);
    const orderLineId = order.lines[0]?.id ?? '';
    await admin.fulfill([{ orderLineId, quantity: 3 }], 'T4');
    // The parcel has begun the preparation, which has listed everything before.
    expect(summary(await allocate(order.id))).toEqual([
      [firstLocation, 'open', 6],
      [firstLocation, 'picked', 3],
    ]);
    await admin.fulfill([{ orderLineId, quantity: 2 }], 'T5');
    await house.settled();
    const lists = summary(await listsOf(order.id));
    expect(lists).toEqual([
      [firstLocation, 'open', 4],
      [firstLocation, 'picked', 3],
      [firstLocation, 'picked', 2],
    ]);
    await house.markPicked(order.id);
    // The four are in their box: nothing is listed twice.
    expect(summary(await allocate(order.id)).map(([, state, units]) => [state, units])).toEqual([
      ['picked', 4],
      ['picked', 3],
      ['picked', 2],
    ]);
    expect(await missing(order.id)).toEqual([]);
  });

  it('of two lines, of which one was sent by hand and one cancelled, say what was sent', async () => {
    await house.stockAt(5, 0);
    await house.stockAt(5, 0, otherId);
    const order = await paidOrder({ [variantId]: 2, [otherId]: 3 }, method, house.shop.baseUrl);
    await allocate(order.id);
    const line = (id: string) => order.lines.find(({ productVariant }) => productVariant.id === id)?.id ?? '';
    await admin.fulfill([{ orderLineId: line(variantId), quantity: 2 }], 'T3');
    succeeded(await admin.cancelOrder(order.id, [{ orderLineId: line(otherId), quantity: 3 }]));
    const [list] = await allocate(order.id);
    expect(list).toMatchObject({ state: 'picked', lines: [{ orderLineId: line(variantId), quantity: 2 }] });
    expect(await missing(order.id)).toEqual([]);
  });

  it('leave out units that were sold before they are there, until they are', async () => {
    // One of which no other order has anything.
    const fresh = (await variantsInStock(new ShopClient(house.shop.baseUrl), 3))[2]?.id ?? '';
    await house.stockAt(1, 0, fresh);
    await staff.updateVariant(fresh, { outOfStockThreshold: -10 });
    try {
      const first = await house.buy(1, fresh);
      const second = await house.buy(2, fresh);
      // The second asks first: it gets what is there.
      expect(summary(await allocate(second.id))).toEqual([[firstLocation, 'open', 1]]);
      expect(await missing(second.id)).toEqual([`${second.lines[0]?.id}: 1`]);
      expect(await allocate(first.id)).toEqual([]);
      expect(await missing(first.id)).toEqual([`${first.lines[0]?.id}: 1`]);

      await house.addStock(firstLocation, 2, fresh);
      expect(summary(await allocate(first.id))).toEqual([[firstLocation, 'open', 1]]);
      expect(summary(await allocate(second.id))).toEqual([[firstLocation, 'open', 2]]);
    } finally {
      await staff.updateVariant(fresh, { outOfStockThreshold: 0 });
    }
  });

  it('have variants without tracking, too', async () => {
    await staff.updateVariant(otherId, { trackInventory: 'FALSE' });
    const order = await house.buy(500, otherId);
    const lists = await allocate(order.id);
    expect(lists).toHaveLength(1);
    expect(summary(lists)[0]?.[2]).toBe(500);
    await staff.updateVariant(otherId, { trackInventory: 'TRUE' });
  });

  it('cannot be doubled by anybody who writes past the service', async () => {
    await house.stockAt(2, 0);
    const order = await house.buy(1);
    const [list] = await allocate(order.id);
    await expect(
      house.rows('INSERT INTO pick_list ("orderId", "stockLocationId") VALUES ($1, $2)', [
        order.id,
        firstLocation,
      ]),
    ).rejects.toThrow(/unique/);
    await expect(
      house.rows(
        `INSERT INTO pick_list_line ("pickListId", "orderLineId", "productVariantId", quantity) VALUES ($1, $2, $3, 1)`,
        [list?.id, order.lines[0]?.id, variantId],
      ),
    ).rejects.toThrow(/unique/);
  });
});

describe('events', () => {
  const TOLD = [
    'InventoryReserved',
    'InventoryReservationConfirmed',
    'InventoryReservationReleased',
    'HoldExpired',
  ];
  const told = async (orderId: string) =>
    (await house.eventsOf('Order', orderId, TOLD)).map(({ eventType, eventData }) => [
      eventType,
      (eventData.lines as { productVariantId: string; quantity: number }[])
        .map(({ productVariantId, quantity }) => `${productVariantId}: ${quantity}`)
        .sort(),
    ]);

  it('tell of a hold that was placed, and paid: one for the whole order', async () => {
    await house.stockAt(5, 0);
    await house.stockAt(5, 0, otherId);
    const order = await paidOrder({ [variantId]: 2, [otherId]: 1 }, method, house.shop.baseUrl);
    const lines = [`${variantId}: 2`, `${otherId}: 1`].sort();
    expect(await told(order.id)).toEqual([
      ['InventoryReserved', lines],
      ['InventoryReservationConfirmed', lines],
    ]);
    const [reserved] = await house.eventsOf('Order', order.id, ['InventoryReserved']);
    expect(Date.parse(String(reserved?.eventData.expiresAt))).toBeGreaterThan(Date.now());
  });

  it('tell of one that was let go, and one that ran out', async () => {
    await house.stockAt(5, 0);
    const back = await guestPaying(variantId, 1, house.shop.baseUrl);
    const backOrder = await back.activeOrder();
    succeeded(await back.transition('AddingItems'));
    expect((await told(backOrder?.id ?? '')).map(([type]) => type)).toEqual([
      'InventoryReserved',
      'InventoryReservationReleased',
    ]);

    const late = await guestPaying(variantId, 1, house.shop.baseUrl);
    const lateOrder = await late.activeOrder();
    await house.rows(`UPDATE stock_hold SET "expiresAt" = now() - interval '1 s' WHERE "orderId" = $1`, [
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
  const toldLow = async (after: string) => {
    await house.settled();
    return (await house.eventsOf('ProductVariant', variantId, ['StockLow'], after)).map(({ eventData }) => [
      eventData.stockLocationId,
      eventData.saleable,
      eventData.threshold,
    ]);
  };

  it('is told once for each fall, by location, however many buy at once', async () => {
    await house.stockAt(8, 0);
    await house.setThreshold(5);
    await house.settled();
    const start = await house.lastEvent();
    try {
      await house.stockAt(6, 0);
      expect(await toldLow(start)).toEqual([]);
      const orders = await Promise.all([1, 2, 3].map(() => house.buy(1)));
      const low = await toldLow(start);
      expect(low).toHaveLength(1);
      expect(low[0]?.[0]).toBe(firstLocation);
      expect(Number(low[0]?.[1])).toBeLessThanOrEqual(5);

      // Above the threshold again, and below again: told again.
      for (const { id } of orders) succeeded(await admin.cancelOrder(id));
      expect(await toldLow(start)).toHaveLength(1);
      await house.stockAt(5, 0);
      expect(await toldLow(start)).toEqual([low[0], [firstLocation, 5, 5]]);
    } finally {
      await house.setThreshold(null);
    }
  });

  it('follows a threshold that is set, and the default of the shop', async () => {
    await house.stockAt(7, 0);
    await house.settled();
    const start = await house.lastEvent();
    await house.setThreshold(10);
    expect(await toldLow(start)).toEqual([[firstLocation, 7, 10]]);
    await house.setThreshold(null);

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
    await expect(house.setThreshold(1, '999999')).rejects.toThrow(/does not have one of/);
  });
});

it('tells that a variant is back in stock, once', async () => {
  await house.stockAt(0, 0);
  await house.settled();
  const start = await house.lastEvent();
  const back = async () => {
    await house.settled();
    return (await house.eventsOf('ProductVariant', variantId, ['BackInStock'], start)).map(
      ({ eventData }) => eventData.saleable,
    );
  };
  await house.stockAt(2, 0);
  expect(await back()).toEqual([2]);
  await house.stockAt(3, 0);
  expect(await back()).toEqual([2]);

  // A checkout that comes and goes with the last units is no news; one that buys them is.
  const buyer = await guestPaying(variantId, 3, house.shop.baseUrl);
  await house.settled();
  await admin.api.request('mutation { runScheduledTask(id: "inventory-check-stock") { success } }');
  expect(await back()).toEqual([2]);
  succeeded(await buyer.transition('AddingItems'));
  expect(await back()).toEqual([2]);
  succeeded(await admin.cancelOrder((await house.buy(3)).id));
  expect((await back()).length).toBeLessThanOrEqual(2);
  await house.stockAt(0, 0);
  await house.settled();
  await house.stockAt(4, 0);
  expect((await back()).at(-1)).toBe(4);
});
