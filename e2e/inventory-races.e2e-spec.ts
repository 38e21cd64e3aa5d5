import { AdminClient } from './support/admin-client';
import { StockStaff, stockOf } from './support/inventory';
import { raceCart, type CartChange } from './support/races/cart-race';
import { raceCheckouts } from './support/races/checkout-race';
import { startTwoServers, type TwoServers } from './support/races/two-servers';
import { proofSeed, proofSize } from './support/proof';
import { succeeded } from './support/results';
import { ShopClient } from './support/shop-client';
import { fillIn, newEmail, paymentMethod, variantsInStock } from './support/shopping';
import { query } from './support/sql';
import { waitFor } from './support/wait-for';

const SIZE = proofSize({
  small: { shoppers: 60, units: 10, leavers: 3, holdSeconds: 6, tabs: 28, minutes: 3 },
  full: { shoppers: 1000, units: 50, leavers: 10, holdSeconds: 60, tabs: 200, minutes: 30 },
});

let servers: TwoServers;
let staff: StockStaff;
let variantIds: string[];
let checkout: { paymentMethod: string; shippingMethodId: string };

beforeAll(async () => {
  servers = await startTwoServers('races', { STOCK_HOLD_SECONDS: String(SIZE.holdSeconds) });
  const [baseUrl] = servers.baseUrls;
  staff = new StockStaff(await AdminClient.signedIn(baseUrl), servers.database);
  const shop = new ShopClient(baseUrl);
  variantIds = (await variantsInStock(shop, 4)).map(({ id }) => id);
  succeeded(await shop.addItem(variantIds[0] ?? '', 1));
  await fillIn(shop, newEmail());
  const shippingMethodId = (await shop.shippingMethods())[0]?.id ?? '';
  checkout = { paymentMethod: await paymentMethod(shop), shippingMethodId };
}, 240_000);

afterAll(() => servers?.stop(), 60_000);

const holdsOf = (variantId: string, condition: string) =>
  query<{ id: number }>(
    `SELECT id FROM stock_hold WHERE "productVariantId" = $1 AND ${condition}`,
    [variantId],
    servers.database,
  );

const countOrders = async () => {
  const [row] = await query<{ count: number }>('SELECT count(*)::int FROM "order"', [], servers.database);
  return row?.count ?? 0;
};

it.each([
  ['one server', 1],
  ['two servers', 2],
])(
  'sells exactly what there is on %s: a rush for the last units, payments that fail and holds that run out',
  async (_name, count) => {
    const { units, leavers } = SIZE;
    const holdMs = SIZE.holdSeconds * 1000;
    const variantId = variantIds[count - 1] ?? '';
    await staff.setStock(variantId, units);
    const { allocated: before } = await stockOf(variantId, servers.database);
    const race = { baseUrls: servers.baseUrls.slice(0, count), variantId, ...checkout };

    const rush = await raceCheckouts({
      ...race,
      shoppers: SIZE.shoppers,
      leavers,
      patienceMs: holdMs * 1.5,
      declinePercent: 5,
      seed: proofSeed + count,
    });
    expect(rush.failures).toEqual([]);
    expect(rush.outcomes.paid).toBeLessThanOrEqual(units);
    const ranOut = await holdsOf(
      variantId,
      `state IN ('active', 'expired') AND "expiresAt" < clock_timestamp()`,
    );
    expect(ranOut.length).toBeGreaterThanOrEqual(leavers);
    // Whose payment was declined gave up and left units held: they are for others once that has passed.
    await waitFor(async () => ((await stockOf(variantId, servers.database)).held === 0 ? true : undefined), {
      what: 'the holds to run out',
      timeoutMs: holdMs + 10_000,
    });
    const late = await raceCheckouts({
      ...race,
      shoppers: units - rush.outcomes.paid + 2,
      seed: proofSeed + 10 + count,
    }).catch((error: Error) => {
      // Nothing was left, so the carts could not even be filled.
      expect(error.message).toMatch(/insufficient stock/);
      return { outcomes: { paid: 0 }, failures: [] };
    });
    expect(late.failures).toEqual([]);

    expect(rush.outcomes.paid + late.outcomes.paid).toBe(units);
    expect(await stockOf(variantId, servers.database)).toMatchObject({ allocated: before + units });
    for (const message of rush.refusals) expect(message).toMatch(/ is no longer available/);
    await staff.sweepHolds();
    await waitFor(
      async () => ((await holdsOf(variantId, `state = 'active'`)).length === 0 ? true : undefined),
      { what: 'the last hold to be let go', timeoutMs: holdMs + 60_000 },
    );
  },
  SIZE.minutes * 60_000,
);

it(
  'keeps every change of parallel tabs, and makes one cart',
  async () => {
    const [, a = '', b = '', c = ''] = variantIds;
    for (const id of [a, b, c]) await staff.setStock(id, 1000);
    const shop = new ShopClient(servers.baseUrls[0]);
    await shop.activeOrder();
    const token = shop.api.token ?? '';
    const orders = await countOrders();

    const adds: CartChange[] = Array.from({ length: SIZE.tabs }, () => ({
      kind: 'add',
      variantId: a,
      quantity: 1,
    }));
    const first = await raceCart(servers.baseUrls, token, adds, proofSeed);
    expect(first.failures).toEqual([]);
    expect(first.accepted).toHaveLength(SIZE.tabs);
    expect((await shop.activeOrder())?.totalQuantity).toBe(SIZE.tabs);
    expect(await countOrders()).toBe(orders + 1);

    for (const id of [b, c]) succeeded(await shop.addItem(id, 5));
    const lines = (await shop.activeOrder())?.lines ?? [];
    const lineOf = (variantId: string) => lines.find(line => line.productVariant.id === variantId)?.id ?? '';
    const doubles = Math.ceil(SIZE.tabs / 2);
    const adjusts = Math.ceil(SIZE.tabs * 0.3);
    const removals = SIZE.tabs - doubles - adjusts;
    const changes: CartChange[] = [
      ...Array.from({ length: doubles }, (): CartChange => ({ kind: 'add', variantId: a, quantity: 2 })),
      ...Array.from({ length: adjusts }, (_, i): CartChange => ({
        kind: 'adjust',
        lineId: lineOf(b),
        quantity: i + 10,
      })),
      ...Array.from({ length: removals }, (): CartChange => ({ kind: 'remove', lineId: lineOf(c) })),
    ];
    const second = await raceCart(servers.baseUrls, token, changes, proofSeed + 1);
    expect(second.failures).toEqual([]);
    const accepted = (kind: CartChange['kind']) => second.accepted.filter(change => change.kind === kind);
    // A line is removed once; whoever comes later is told that it is gone.
    expect([accepted('add').length, accepted('adjust').length, accepted('remove').length]).toEqual([
      doubles,
      adjusts,
      1,
    ]);
    const cart = await shop.activeOrder();
    const quantity = (variantId: string) =>
      cart?.lines.find(line => line.productVariant.id === variantId)?.quantity;
    expect(quantity(a)).toBe(SIZE.tabs + doubles * 2);
    expect(quantity(b)).toBeGreaterThanOrEqual(10);
    expect(quantity(b)).toBeLessThan(10 + adjusts);
    expect(quantity(c)).toBeUndefined();
    expect(await countOrders()).toBe(orders + 1);
  },
  SIZE.minutes * 60_000,
);

it(
  'makes one cart for a customer who signs in twice and adds from both',
  async () => {
    const [, variantId = ''] = variantIds;
    const emailAddress = newEmail('twice');
    await staff.admin.api.request(
      'mutation($input: CreateCustomerInput!, $password: String) { createCustomer(input: $input, password: $password) { __typename } }',
      { input: { emailAddress, firstName: 'Ada', lastName: 'Byron' }, password: 'a-long-password' },
    );
    const shops = servers.baseUrls.map(baseUrl => new ShopClient(baseUrl));
    for (const shop of shops) succeeded(await shop.login(emailAddress, 'a-long-password'));
    const results = await Promise.all(
      shops.flatMap(shop => Array.from({ length: 6 }, () => shop.addItem(variantId, 1))),
    );
    for (const result of results) succeeded(result);
    const carts = await query<{ quantity: number }>(
      `SELECT l.quantity FROM "order" o JOIN customer c ON c.id = o."customerId"
     LEFT JOIN order_line l ON l."orderId" = o.id WHERE c."emailAddress" = $1`,
      [emailAddress],
      servers.database,
    );
    expect(carts).toEqual([{ quantity: 12 }]);
  },
  SIZE.minutes * 60_000,
);
