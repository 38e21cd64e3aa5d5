import type { Client } from 'pg';
import { UserError } from '../../start/user-error';
import type { BaseData } from '../base/base-data';
import { Catalogue } from '../catalogue/catalogue';
import type { SeedOptions } from '../options';
import { OrderHistory } from '../orders/history';
import { DAY_MS } from '../orders/calendar';
import { Customers } from '../people/customers';
import type { ReportProgress } from '../progress';
import { Random } from '../random';
import { BulkWriter } from './bulk-writer';
import { loadCollections } from './collections';
import { loadCustomers } from './customers';
import { loadFacets } from './facets';
import { Ids } from './ids';
import type { LoadContext } from './load-context';
import { loadOrders } from './orders';
import { loadProducts } from './products';
import { Schema } from './schema';
import { fillSearchIndex } from './search-index';
import { loadStock } from './stock';
import { StockBook } from './stock-book';

/** Tables whose ids are given out here. */
const NUMBERED = [
  'facet',
  'facet_translation',
  'facet_value',
  'facet_value_translation',
  'collection',
  'collection_translation',
  'collection_asset',
  'product',
  'product_translation',
  'product_asset',
  'product_option_group',
  'product_option_group_translation',
  'product_option',
  'product_option_translation',
  'product_variant',
  'product_variant_translation',
  'product_variant_price',
  'stock_level',
  'stock_movement',
  'user',
  'authentication_method',
  'customer',
  'address',
  'history_entry',
  'order',
  'order_line',
  'shipping_line',
  'payment',
  'refund',
  'fulfillment',
  'order_line_reference',
] as const;

/** How long to wait for a shop in use to let go of a table (ms). */
const LOCK_TIMEOUT_MS = 20_000;

export interface LoadInput {
  base: BaseData;
  /** Ids of the images. */
  imageIds: readonly number[];
  /** Of the password of all accounts. */
  passwordHash: string;
}

/**
 * Writes goods, people and orders in one transaction: afterwards either all of it is there or none.
 *
 * @throws UserError when the shop has products
 */
export async function load(
  client: Client,
  options: SeedOptions,
  input: LoadInput,
  report: ReportProgress,
): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await client.query(`SET LOCAL work_mem = '128MB'`);
    // Others may read on, but an id that a running shop takes now would be given out here, too.
    await client.query(
      `LOCK TABLE ${NUMBERED.map(table => `"${table}"`).join(', ')} IN SHARE ROW EXCLUSIVE MODE`,
    );
    await assertNoProducts(client);
    await fill(client, options, input, report);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw (error as { code?: string }).code === '55P03'
      ? new UserError('The shop is in use. Stop it, and seed again.')
      : error;
  }
  await refreshStatistics(client, report);
}

export async function hasProducts(client: Client): Promise<boolean> {
  const result = await client.query<{ found: boolean }>('SELECT EXISTS (SELECT FROM product) AS found');
  return result.rows[0]?.found ?? false;
}

export async function assertNoProducts(client: Client): Promise<void> {
  if (await hasProducts(client)) {
    throw new UserError(
      'This shop has products already, and the seed fills empty shops only. To start over: npm run reset',
    );
  }
}

async function fill(
  client: Client,
  { products, customers: customerCount, orders, seed, end }: SeedOptions,
  { base, imageIds, passwordHash }: LoadInput,
  report: ReportProgress,
): Promise<void> {
  const schema = await Schema.read(client);
  const writer = new BulkWriter(client, schema);
  const ids = await Ids.of(client, NUMBERED);
  const context: LoadContext = { client, schema, writer, ids, base, end, openedAt: end - 1_000 * DAY_MS };
  const random = Random.of(seed);
  const catalogue = new Catalogue(random, products, end);
  const customers = new Customers(random, customerCount, end);
  const history = new OrderHistory(random, orders, catalogue, customers, end);
  const book = keepStockBook(catalogue, customers, history);
  const images = random.fork('images').shuffle(imageIds);

  const facets = await loadFacets(context, catalogue.brands);
  const collections = await loadCollections(context, facets, images);
  const catalogueIds = await loadProducts(context, { catalogue, facets, collections, images }, done =>
    report('products', done, products),
  );
  const firstCustomer = await loadCustomers(context, customers, passwordHash, done =>
    report('customers', done, customerCount),
  );
  await loadOrders(context, { random, history, catalogue, catalogueIds, customers, firstCustomer }, done =>
    report('orders', done, orders),
  );
  await loadStock(context, catalogue, catalogueIds, book, done => report('stock', done, catalogue.variants));
  await ids.advanceSequences();
  report('search index', 0, 1);
  // The statement over all tables needs to know how big they have become, and how small the others are.
  await client.query('ANALYZE');
  await fillSearchIndex(client, schema);
  report('search index', 1, 1);
}

/** Goes through the orders once for what they did to the stock, and for the guests' first orders. */
function keepStockBook(catalogue: Catalogue, customers: Customers, history: OrderHistory): StockBook {
  const book = new StockBook(catalogue.variants);
  for (const order of history.walk()) book.enter(order, customers.draft(order.customer).warehouse);
  return book;
}

/** What autovacuum would do a minute later, in the middle of the first requests. */
async function refreshStatistics(client: Client, report: ReportProgress): Promise<void> {
  report('statistics', 0, 1);
  await client.query('VACUUM (ANALYZE)');
  report('statistics', 1, 1);
}
