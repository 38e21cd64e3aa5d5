import { Client } from 'pg';
import { raceCart, type CartChange } from '../../e2e/support/races/cart-race';
import { raceCheckouts } from '../../e2e/support/races/checkout-race';
import { succeeded } from '../../e2e/support/results';
import { ShopClient } from '../../e2e/support/shop-client';
import { fillIn, newEmail, paymentMethod, variantsInStock } from '../../e2e/support/shopping';
import type { RacesOptions } from './options';

/** What came of the races on one side. */
export interface RacesResult {
  /** Shoppers who were told that they have bought. */
  paid: number;
  refused: number;
  /** Units that the database keeps for them. */
  allocated: number;
  /** Errors that a shopper saw at the checkout, by their text. */
  checkoutErrors: Record<string, number>;
  /** Changes of one cart that were answered with the changed cart. */
  accepted: number;
  /** Units that were added, by what was answered, and what is in the cart. */
  addedUnits: number;
  unitsInCart: number;
  /** Lines that the cart has of the variant that was added; and carts that the session made. */
  lines: number;
  carts: number;
  cartErrors: Record<string, number>;
}

/** Races at one server: for the last units, and for one cart. */
export async function race(
  baseUrl: string,
  databaseUrl: string,
  { shoppers, units, changes, seed }: RacesOptions,
): Promise<RacesResult> {
  const database = new Client({ connectionString: databaseUrl });
  await database.connect();
  try {
    const shop = new ShopClient(baseUrl);
    const [wanted = '', ...others] = (await variantsInStock(shop, 4)).map(({ id }) => id);
    for (const id of others) await setStock(database, id, 10_000);
    await setStock(database, wanted, units);
    succeeded(await shop.addItem(others[0] ?? '', 1));
    await fillIn(shop, newEmail());
    const before = await allocated(database, wanted);
    const rush = await raceCheckouts({
      baseUrls: [baseUrl],
      variantId: wanted,
      shoppers,
      paymentMethod: await paymentMethod(shop),
      shippingMethodId: (await shop.shippingMethods())[0]?.id ?? '',
      seed,
      anyVendure: true,
    });
    return {
      paid: rush.outcomes.paid,
      refused: rush.outcomes.refused,
      allocated: (await allocated(database, wanted)) - before,
      checkoutErrors: counted(rush.failures),
      ...(await raceForOneCart(baseUrl, database, others, changes, seed)),
    };
  } finally {
    await database.end();
  }
}

/** Half of the changes make the cart and fill it; the others add, adjust and remove at the same time. */
async function raceForOneCart(
  baseUrl: string,
  database: Client,
  [a = '', b = '', c = '']: string[],
  changes: number,
  seed: number,
) {
  const shop = new ShopClient(baseUrl, { timeoutMs: 600_000 });
  await shop.activeOrder();
  const token = shop.api.token ?? '';
  const carts = await countCarts(database);
  const add = (quantity: number): CartChange => ({ kind: 'add', variantId: a, quantity });
  const half = Math.ceil(changes / 2);
  const first = await raceCart(
    [baseUrl],
    token,
    Array.from({ length: half }, () => add(1)),
    seed,
  );
  const made = (await countCarts(database)) - carts;

  const lineOf = async (variantId: string) => {
    succeeded(await shop.addItem(variantId, 1));
    const cart = await shop.activeOrder();
    return cart?.lines.find(line => line.productVariant.id === variantId)?.id ?? '';
  };
  const [adjusted, removed] = [await lineOf(b), await lineOf(c)];
  const mixed = Array.from({ length: changes - half }, (_, i): CartChange => {
    if (i % 10 < 5) return add(2);
    if (i % 10 < 8) return { kind: 'adjust', lineId: adjusted, quantity: 1 + (i % 50) };
    return { kind: 'remove', lineId: removed };
  });
  const second = await raceCart([baseUrl], token, mixed, seed + 1);

  const accepted = [...first.accepted, ...second.accepted];
  const lines = ((await shop.activeOrder())?.lines ?? []).filter(line => line.productVariant.id === a);
  return {
    accepted: accepted.length,
    addedUnits: accepted.reduce((sum, change) => sum + (change.kind === 'add' ? change.quantity : 0), 0),
    unitsInCart: lines.reduce((sum, { quantity }) => sum + quantity, 0),
    lines: lines.length,
    carts: made,
    cartErrors: counted([...first.failures, ...second.failures]),
  };
}

/** The same on both sides, past their APIs: all of it at the first location. */
async function setStock(database: Client, variantId: string, units: number): Promise<void> {
  await database.query(
    `UPDATE product_variant SET "trackInventory" = 'TRUE', "useGlobalOutOfStockThreshold" = false,
       "outOfStockThreshold" = 0 WHERE id = $1`,
    [variantId],
  );
  await database.query(
    `UPDATE stock_level SET "stockOnHand" = "stockAllocated" + CASE WHEN "stockLocationId" =
       (SELECT min("stockLocationId") FROM stock_level WHERE "productVariantId" = $1) THEN $2::int ELSE 0 END
     WHERE "productVariantId" = $1`,
    [variantId, units],
  );
}

async function allocated(database: Client, variantId: string): Promise<number> {
  const { rows } = await database.query<{ units: number }>(
    'SELECT sum("stockAllocated")::int AS units FROM stock_level WHERE "productVariantId" = $1',
    [variantId],
  );
  return rows[0]?.units ?? 0;
}

async function countCarts(database: Client): Promise<number> {
  const { rows } = await database.query<{ count: number }>('SELECT count(*)::int AS count FROM "order"');
  return rows[0]?.count ?? 0;
}

function counted(messages: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const message of messages) counts[message] = (counts[message] ?? 0) + 1;
  return counts;
}
