import { AdminClient } from './admin-client';
import { guestWith, paidOrder, StockStaff } from './inventory';
import { launchShop, type LaunchedShop } from './launch';
import type { Order } from './shop-client';
import { ShopClient } from './shop-client';
import { paymentMethod, variantsInStock } from './shopping';
import { query } from './sql';
import { cloneTemplate, dropDatabase } from './template';
import { testEnv } from './test-env';
import { waitFor } from './wait-for';

export interface StoredEvent {
  eventType: string;
  eventData: Record<string, unknown>;
}

/** A shop of its own with two stock locations and the inventory's probe, which takes the nearest location first. */
export class Warehouse {
  private constructor(
    readonly shop: LaunchedShop,
    readonly database: string,
    readonly admin: AdminClient,
    readonly staff: StockStaff,
    readonly method: string,
    /** The variant that the tests buy, and another one. */
    readonly variantId: string,
    readonly otherId: string,
    readonly first: string,
    readonly second: string,
  ) {}

  /** @param start whether units are assigned when the tests say so, or as soon as an order is paid */
  static async open(purpose: string, start: 'manual' | 'automatic' = 'manual'): Promise<Warehouse> {
    const env = testEnv();
    const database = await cloneTemplate(env.postgresUrl, env.templateDatabase, purpose);
    await query('UPDATE channel SET "customFieldsFulfillmentstart" = $1', [start], database);
    const script = (part: string) => `e2e/support/inventory-probe/${part}.js`;
    const shop = await launchShop(env, {
      database,
      scripts: { server: script('server'), worker: script('worker') },
    });
    const admin = await AdminClient.signedIn(shop.baseUrl);
    const staff = new StockStaff(admin, database);
    const variants = await variantsInStock(new ShopClient(shop.baseUrl), 2);
    const [variantId = '', otherId = ''] = variants.map(({ id }) => id);
    const locations = await query<{ id: string }>(
      'SELECT id::text AS id FROM stock_location ORDER BY stock_location.id',
      [],
      database,
    );
    const first = locations[0]?.id ?? '';
    const second = locations[1]?.id ?? (await staff.createLocation('Second warehouse'));
    await staff.startWith(otherId, 100);
    const method = await paymentMethod(await guestWith(otherId, 1, shop.baseUrl));
    return new Warehouse(shop, database, admin, staff, method, variantId, otherId, first, second);
  }

  async close(): Promise<void> {
    await this.shop.stop();
    await dropDatabase(testEnv().postgresUrl, this.database);
  }

  rows<T extends object>(statement: string, values: unknown[] = []): Promise<T[]> {
    return query<T>(statement, values, this.database);
  }

  /** The answer of an Admin API document that calls it `result`. */
  async ask<T>(document: string, variables?: Record<string, unknown>): Promise<T> {
    const data = await this.admin.api.request<{ result: T }>(document, variables);
    return data.result;
  }

  /** Sets what can be sold of a variant at both locations. */
  async stockAt(first: number, second: number, id = this.variantId): Promise<void> {
    await this.staff.startWith(id, first);
    if (second !== 0) await this.addStock(this.second, second, id);
  }

  /** A delivery. */
  async addStock(stockLocationId: string, units: number, id = this.variantId): Promise<void> {
    const [level] = await this.rows<{ onHand: number }>(
      'SELECT "stockOnHand" AS "onHand" FROM stock_level WHERE "productVariantId" = $1 AND "stockLocationId" = $2',
      [id, stockLocationId],
    );
    const stockOnHand = (level?.onHand ?? 0) + units;
    await this.staff.updateVariant(id, { stockLevels: [{ stockLocationId, stockOnHand }] });
  }

  buy(quantity: number, id = this.variantId): Promise<Order> {
    return paidOrder({ [id]: quantity }, this.method, this.shop.baseUrl);
  }

  allocate<T>(id: string, fields: string): Promise<T[]> {
    return this.ask(`mutation($id: ID!) { result: probeAllocate(orderId: $id) { ${fields} } }`, { id });
  }

  markPicked(id: string): Promise<boolean> {
    return this.ask('mutation($id: ID!) { result: probeMarkPicked(orderId: $id) }', { id });
  }

  setThreshold(threshold: number | null, stockLocationId = this.first): Promise<boolean> {
    return this.ask(
      'mutation($input: [StockThresholdInput!]!) { result: setStockThresholds(input: $input) }',
      {
        input: [{ productVariantId: this.variantId, stockLocationId, threshold }],
      },
    );
  }

  /** The events about a thing that came after another one, the oldest first. */
  eventsOf(aggregateType: string, id: string, types: string[], after = '0'): Promise<StoredEvent[]> {
    return this.rows<StoredEvent>(
      `SELECT "eventType", "eventData" FROM domain_event
       WHERE "aggregateType" = $1 AND "aggregateId" = $2 AND "eventType" = ANY($3) AND id > $4 ORDER BY id`,
      [aggregateType, id, types, after],
    );
  }

  async lastEvent(): Promise<string> {
    const [row] = await this.rows<{ id: string }>(
      'SELECT coalesce(max(id), 0)::text AS id FROM domain_event',
    );
    return row?.id ?? '0';
  }

  /** Waits until every event that was published is handled. */
  settled(): Promise<boolean> {
    return waitFor(
      async () => {
        const open = await this.rows(
          `SELECT FROM domain_event_delivery WHERE state NOT IN ('done', 'discarded')
           UNION ALL SELECT FROM domain_event_intake LIMIT 1`,
        );
        return open.length === 0 ? true : undefined;
      },
      { what: 'the events to be handled' },
    );
  }
}
