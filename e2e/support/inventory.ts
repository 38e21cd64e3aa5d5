import type { AdminClient } from './admin-client';
import { succeeded, type OrError } from './results';
import { ShopClient, type Order } from './shop-client';
import { fillIn, newEmail } from './shopping';
import { query } from './sql';

export interface UnavailableLine {
  orderLineId: string;
  name: string;
  asked: number;
  left: number;
  message: string;
}

/** What a mutation answers that could not have its units. */
export interface Refusal {
  __typename: string;
  message?: string;
  quantityAvailable?: number;
  lines?: UnavailableLine[];
}

const REFUSAL = `__typename
  ... on ErrorResult { message }
  ... on InsufficientStockError { quantityAvailable lines { orderLineId name asked left message } }`;

/** A guest whose order needs nothing more than its payment. */
export async function guestWith(variantId: string, quantity: number, baseUrl?: string): Promise<ShopClient> {
  const shop = new ShopClient(baseUrl);
  succeeded(await shop.addItem(variantId, quantity));
  await fillIn(shop, newEmail('guest'));
  return shop;
}

/** A guest who has gone to the payment step. */
export async function guestPaying(
  variantId: string,
  quantity: number,
  baseUrl?: string,
): Promise<ShopClient> {
  const shop = await guestWith(variantId, quantity, baseUrl);
  succeeded(await shop.transition('ArrangingPayment'));
  return shop;
}

/** A guest's order of several variants, paid. */
export async function paidOrder(
  items: Record<string, number>,
  paymentMethod: string,
  baseUrl?: string,
): Promise<Order> {
  const shop = new ShopClient(baseUrl);
  for (const [variantId, quantity] of Object.entries(items))
    succeeded(await shop.addItem(variantId, quantity));
  await fillIn(shop, newEmail('guest'));
  succeeded(await shop.transition('ArrangingPayment'));
  return succeeded(await shop.pay(paymentMethod));
}

export async function tryTransition(shop: ShopClient, state = 'ArrangingPayment'): Promise<Refusal> {
  const { result } = await shop.api.request<{ result: Refusal }>(
    `mutation($state: String!) { result: transitionOrderToState(state: $state) { ${REFUSAL} } }`,
    { state },
  );
  return result;
}

export async function tryToPay(shop: ShopClient, method: string): Promise<Refusal> {
  const { result } = await shop.api.request<{ result: Refusal }>(
    `mutation($input: PaymentInput!) { result: addPaymentToOrder(input: $input) { ${REFUSAL} } }`,
    { input: { method, metadata: {} } },
  );
  return result;
}

/** What the shop says of a variant's stock, as this shopper sees it. */
export async function seenStock(shop: ShopClient, variantId: string): Promise<string> {
  const [row] = await query<{ slug: string }>(
    `SELECT t.slug FROM product_translation t JOIN product_variant v ON v."productId" = t."baseId"
     WHERE v.id = $1 AND t."languageCode" = 'en'`,
    [variantId],
  );
  const product = await shop.product(row?.slug ?? '');
  return product?.variants.find(({ id }) => id === variantId)?.stockLevel ?? 'no such variant';
}

/** Lets the time of a shopper's hold pass. */
export async function letHoldPass(shop: ShopClient): Promise<void> {
  const order = await shop.activeOrder();
  await query(
    `UPDATE stock_hold SET "expiresAt" = now() - interval '1 second' WHERE "orderId" = $1 AND state = 'active'`,
    [order?.id],
  );
}

export interface StockCount {
  onHand: number;
  allocated: number;
  /** Units that running holds keep. */
  held: number;
}

/** What the database has of a variant, at all its locations. */
export async function stockOf(variantId: string, database?: string): Promise<StockCount> {
  const [row] = await query<StockCount>(
    `SELECT sum("stockOnHand")::int AS "onHand", sum("stockAllocated")::int AS allocated,
       (SELECT coalesce(sum(quantity), 0)::int FROM stock_hold
        WHERE "productVariantId" = $1 AND state = 'active' AND "expiresAt" > clock_timestamp()) AS held
     FROM stock_level WHERE "productVariantId" = $1`,
    [variantId],
    database,
  );
  if (row === undefined) throw new Error(`Variant ${variantId} has no stock.`);
  return row;
}

/**
 * Counts a variant's stock anew from its movements, location by location, and gives the locations where core's levels
 * say something else. A seeded level may not start from movements: `from` is what was there before the test.
 */
export async function ledgerMismatches(
  variantId: string,
  from: LevelRow[],
  database?: string,
): Promise<unknown[]> {
  const moved = await query<{ locationId: number; type: string; quantity: number }>(
    `SELECT "stockLocationId" AS "locationId", type, sum(quantity)::int AS quantity FROM stock_movement
     WHERE "productVariantId" = $1 AND id > $2 GROUP BY 1, 2`,
    [variantId, from[0]?.lastMovement ?? 0],
    database,
  );
  const sum = (locationId: number, ...types: string[]) =>
    moved
      .filter(row => row.locationId === locationId && types.includes(row.type))
      .reduce((total, { quantity }) => total + quantity, 0);
  const now = await levels(variantId, database);
  return now
    .map(level => {
      const before = from.find(({ locationId }) => locationId === level.locationId);
      return {
        ...level,
        countedOnHand: (before?.onHand ?? 0) + sum(level.locationId, 'ADJUSTMENT', 'SALE', 'CANCELLATION'),
        countedAllocated:
          (before?.allocated ?? 0) +
          sum(level.locationId, 'ALLOCATION', 'SALE') -
          sum(level.locationId, 'RELEASE'),
      };
    })
    .filter(row => row.onHand !== row.countedOnHand || row.allocated !== row.countedAllocated);
}

export interface LevelRow {
  locationId: number;
  onHand: number;
  allocated: number;
  lastMovement: number;
}

/** A variant's stock levels, and the last movement that they include. */
export function levels(variantId: string, database?: string): Promise<LevelRow[]> {
  return query<LevelRow>(
    `SELECT "stockLocationId" AS "locationId", "stockOnHand" AS "onHand", "stockAllocated" AS allocated,
       (SELECT coalesce(max(id), 0) FROM stock_movement) AS "lastMovement"
     FROM stock_level WHERE "productVariantId" = $1 ORDER BY 1`,
    [variantId],
    database,
  );
}

/** Staff operations on stock and orders that only these tests need. */
export class StockStaff {
  constructor(
    readonly admin: AdminClient,
    private readonly database?: string,
  ) {}

  async updateVariant(id: string, fields: Record<string, unknown>): Promise<void> {
    await this.admin.api.request(
      'mutation($input: [UpdateProductVariantInput!]!) { updateProductVariants(input: $input) { id } }',
      { input: [{ id, ...fields }] },
    );
  }

  /** Lets go what earlier tests left held, and sets what is left of a variant. */
  async startWith(variantId: string, units: number): Promise<void> {
    await query(
      `UPDATE stock_hold SET "expiresAt" = now() - interval '1 second' WHERE "productVariantId" = $1`,
      [variantId],
      this.database,
    );
    await this.setStock(variantId, units);
  }

  /** Sets what is left of a variant: all of it at the first location, nothing at the others. */
  async setStock(variantId: string, units: number): Promise<void> {
    await this.updateVariant(variantId, {
      trackInventory: 'TRUE',
      useGlobalOutOfStockThreshold: false,
      outOfStockThreshold: 0,
      stockLevels: (await levels(variantId, this.database)).map(({ locationId, allocated }, index) => ({
        stockLocationId: String(locationId),
        stockOnHand: allocated + (index === 0 ? units : 0),
      })),
    });
  }

  /** @param minutes nothing for the shop's default */
  async setHoldMinutes(minutes: number | null): Promise<void> {
    const { activeChannel } = await this.admin.api.request<{ activeChannel: { id: string } }>(
      'query { activeChannel { id } }',
    );
    await this.admin.api.request(
      'mutation($input: UpdateChannelInput!) { updateChannel(input: $input) { __typename } }',
      { input: { id: activeChannel.id, customFields: { stockHoldMinutes: minutes } } },
    );
  }

  async createLocation(name: string): Promise<string> {
    const { createStockLocation } = await this.admin.api.request<{ createStockLocation: { id: string } }>(
      'mutation($name: String!) { createStockLocation(input: { name: $name }) { id } }',
      { name },
    );
    return createStockLocation.id;
  }

  async transition(orderId: string, state: string): Promise<Refusal> {
    const { result } = await this.admin.api.request<{ result: Refusal }>(
      `mutation($id: ID!, $state: String!) { result: transitionOrderToState(id: $id, state: $state) { ${REFUSAL} } }`,
      { id: orderId, state },
    );
    return result;
  }

  async payByHand(orderId: string, method: string): Promise<Refusal> {
    const { result } = await this.admin.api.request<{ result: Refusal }>(
      `mutation($input: ManualPaymentInput!) { result: addManualPaymentToOrder(input: $input) { ${REFUSAL} } }`,
      { input: { orderId, method, metadata: {} } },
    );
    return result;
  }

  async modify(orderId: string, change: Record<string, unknown>): Promise<Refusal> {
    const { result } = await this.admin.api.request<{ result: Refusal }>(
      `mutation($input: ModifyOrderInput!) { result: modifyOrder(input: $input) { ${REFUSAL} } }`,
      { input: { orderId, dryRun: false, ...change } },
    );
    return result;
  }

  async draftOrder(variantId: string, quantity: number, address: unknown): Promise<string> {
    const { createDraftOrder } = await this.admin.api.request<{ createDraftOrder: { id: string } }>(
      'mutation { createDraftOrder { id } }',
    );
    const { id } = createDraftOrder;
    const step = async (field: string, variables: string, args: string, values: Record<string, unknown>) => {
      const { result } = await this.admin.api.request<{ result: OrError<{ __typename: string }> }>(
        `mutation($id: ID!, ${variables}) { result: ${field}(orderId: $id, ${args}) { __typename ... on ErrorResult { errorCode message } } }`,
        { id, ...values },
      );
      succeeded(result);
    };
    await step('addItemToDraftOrder', '$input: AddItemToDraftOrderInput!', 'input: $input', {
      input: { productVariantId: variantId, quantity },
    });
    await step('setCustomerForDraftOrder', '$input: CreateCustomerInput!', 'input: $input', {
      input: { emailAddress: newEmail('draft'), firstName: 'Ada', lastName: 'Byron' },
    });
    await this.admin.api.request(
      'mutation($id: ID!, $input: CreateAddressInput!) { setDraftOrderShippingAddress(orderId: $id, input: $input) { id } }',
      { id, input: address },
    );
    const { methods } = await this.admin.api.request<{ methods: { id: string }[] }>(
      'query($id: ID!) { methods: eligibleShippingMethodsForDraftOrder(orderId: $id) { id } }',
      { id },
    );
    await step('setDraftOrderShippingMethod', '$method: ID!', 'shippingMethodId: $method', {
      method: methods[0]?.id,
    });
    return id;
  }

  /** Runs the sweep of holds and waits until it has. */
  async sweepHolds(): Promise<void> {
    await this.admin.api.request('mutation { runScheduledTask(id: "inventory-expire-holds") { success } }');
  }
}
