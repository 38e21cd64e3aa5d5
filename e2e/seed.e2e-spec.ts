import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { AdminClient } from './support/admin-client';
import { removeIndexes, removeKeys } from './support/external-services';
import { launchShop, type LaunchedShop } from './support/launch';
import { built } from './support/paths';
import { databaseUrl } from './support/postgres';
import { runScript, systemEnv } from './support/run-script';
import { countRows, query } from './support/sql';
import { STAFF } from './support/staff';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';
import { waitFor } from './support/wait-for';

/** With a search engine, a rebuild does not touch PostgreSQL's index. */
const onPostgresSearch = (process.env.TEST_SEARCH_URL ?? '') === '' ? it : it.skip;

/** The shop as the seed left it, in the shop's own hands: whatever the platform computes anew must come out the same. */
describe('the seeded shop', () => {
  let database: string;
  let shop: LaunchedShop;
  let staff: AdminClient;

  beforeAll(async () => {
    const env = testEnv();
    database = await cloneTemplate(env.postgresUrl, env.templateDatabase, 'seed');
    shop = await launchShop(env, { database, env: { API_LIMITS: 'false' } });
    staff = await AdminClient.signedIn(shop.baseUrl);
  });

  afterAll(async () => {
    await shop?.stop();
    if (database !== undefined) await dropDatabase(testEnv().postgresUrl, database);
  });

  it('left no job to do', async () => {
    expect(await query('SELECT "queueName" FROM job_record', [], database)).toEqual([]);
  });

  it('has orders whose amounts are those that the platform computes from their lines', async () => {
    const { orders } = await staff.api.request<{ orders: { totalItems: number; items: SeededOrder[] } }>(`{
      orders(options: { take: 100 }) {
        totalItems
        items {
          code state subTotal subTotalWithTax shipping shippingWithTax total totalWithTax
          lines { quantity proratedLinePrice proratedLinePriceWithTax }
          shippingLines { discountedPrice discountedPriceWithTax }
          taxSummary { taxBase taxTotal }
          discounts { amount adjustmentSource }
          payments { amount state refunds { total state } }
          fulfillments { state lines { quantity } }
        }
      }
    }`);
    expect(orders.totalItems).toBe(200);
    for (const order of orders.items) {
      expect(order).toMatchObject({
        subTotal: sum(order.lines, line => line.proratedLinePrice),
        subTotalWithTax: sum(order.lines, line => line.proratedLinePriceWithTax),
        shipping: sum(order.shippingLines, line => line.discountedPrice),
        shippingWithTax: sum(order.shippingLines, line => line.discountedPriceWithTax),
        total: sum(order.taxSummary, tax => tax.taxBase),
        totalWithTax: sum(order.taxSummary, tax => tax.taxBase + tax.taxTotal),
      });
      const refunded = sum(order.payments, payment => sum(payment.refunds, refund => refund.total));
      expect(sum(order.payments, payment => payment.amount) - refunded).toBe(order.totalWithTax);
      const sent = sum(order.fulfillments, parcel => sum(parcel.lines, line => line.quantity));
      const shipped = ['Shipped', 'Delivered'].includes(order.state);
      expect(sent).toBe(shipped ? sum(order.lines, line => line.quantity) : 0);
    }
    expect(orders.items.some(order => order.discounts.length > 0)).toBe(true);
    expect(new Set(orders.items.map(order => order.state)).size).toBeGreaterThan(1);
  });

  it('has stock levels that are the sums of the movements', async () => {
    const wrong = await query(
      `SELECT level."productVariantId" FROM stock_level level
       LEFT JOIN LATERAL (
         SELECT COALESCE(SUM(quantity) FILTER (WHERE type IN ('ADJUSTMENT', 'SALE', 'CANCELLATION')), 0) AS "onHand",
           COALESCE(SUM(CASE type WHEN 'ALLOCATION' THEN quantity WHEN 'SALE' THEN quantity WHEN 'RELEASE' THEN -quantity END), 0) AS allocated
         FROM stock_movement m
         WHERE m."productVariantId" = level."productVariantId" AND m."stockLocationId" = level."stockLocationId"
       ) moved ON true
       WHERE level."stockOnHand" <> moved."onHand" OR level."stockAllocated" <> moved.allocated
         OR level."stockAllocated" > level."stockOnHand"`,
      [],
      database,
    );
    expect(wrong).toEqual([]);
  });

  it('gives the shop’s own rows ids after those of the seed', async () => {
    const tables = await query<{ table: string }>(
      `SELECT table_name AS "table" FROM information_schema.columns
       WHERE table_schema = 'public' AND column_default LIKE 'nextval(%' AND column_name = 'id'`,
      [],
      database,
    );
    const behind: string[] = [];
    for (const { table } of tables) {
      const [row] = await query<{ behind: boolean }>(
        `SELECT COALESCE(MAX(id), 0) > COALESCE((SELECT last_value FROM pg_sequences
           WHERE format('%I.%I', schemaname, sequencename) = pg_get_serial_sequence('"${table}"', 'id')
             OR format('%s.%s', schemaname, sequencename) = pg_get_serial_sequence('"${table}"', 'id')), 0) AS behind
         FROM "${table}"`,
        [],
        database,
      );
      if (row?.behind !== false) behind.push(table);
    }
    expect(tables.length).toBeGreaterThan(50);
    expect(behind).toEqual([]);
  });

  it('has collections in which the platform’s own filters find nothing to change', async () => {
    const members = () =>
      query(
        'SELECT * FROM collection_product_variants_product_variant ORDER BY "collectionId", "productVariantId"',
        [],
        database,
      );
    const before = await members();
    expect(before.length).toBeGreaterThan(100);
    const { collections } = await staff.api.request<{ collections: { items: FilteredCollection[] } }>(
      `{ collections(options: { filter: { slug: { in: ["electronics", "phones", "books"] } } }) {
        items { id filters { code args { name value } } }
      } }`,
    );
    expect(collections.items.length).toBe(3);
    for (const { id, filters } of collections.items) {
      // Saving the filters, as staff do, has them applied.
      await staff.api.request(
        'mutation Save($input: UpdateCollectionInput!) { updateCollection(input: $input) { id } }',
        { input: { id, filters: filters.map(({ code, args }) => ({ code, arguments: args })) } },
      );
    }
    await jobsDone(staff, 'apply-collection-filters');
    expect(await members()).toEqual(before);
  });

  onPostgresSearch('has a search index in which a rebuild finds nothing to change', async () => {
    const rows = async () => {
      const items = await query<Record<string, unknown>>(
        'SELECT * FROM search_index_item ORDER BY "channelId", "languageCode", "productVariantId"',
        [],
        database,
      );
      return items.map(item => ({
        ...item,
        ...Object.fromEntries(LISTS.map(column => [column, String(item[column]).split(',').sort()])),
      }));
    };
    const before = await rows();
    expect(before.length).toBeGreaterThan(100);
    await staff.reindex();
    expect(await rows()).toEqual(before);
  });
});

describe('npm run seed', () => {
  const SIZES = ['--products', '2000', '--customers', '50', '--orders', '300', '--end-date', '2026-01-31'];
  let database: string;
  let env: Record<string, string>;
  const prefix = `e2e-seeding-${process.pid}`;

  beforeAll(async () => {
    const { postgresUrl, tempDir, redisUrl, searchUrl } = testEnv();
    database = `tradewind_e2e_seeding_${process.pid}`;
    await query(`CREATE DATABASE "${database}"`, [], 'postgres');
    env = {
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl(postgresUrl, database),
      DATA_DIR: mkdtempSync(join(tempDir, 'seeding-')),
      // A connection that is left open keeps the seed from ending.
      ...(redisUrl === undefined ? {} : { REDIS_URL: redisUrl, BULLMQ_PREFIX: prefix }),
      ...(searchUrl === undefined ? {} : { SEARCH_URL: searchUrl, SEARCH_INDEX_PREFIX: `${prefix}-` }),
      SUPERADMIN_USERNAME: STAFF.username,
      SUPERADMIN_PASSWORD: STAFF.password,
      COOKIE_SECRET: STAFF.cookieSecret,
    };
  });

  afterAll(async () => {
    const { postgresUrl, redisUrl, searchUrl } = testEnv();
    await dropDatabase(postgresUrl, database);
    if (redisUrl !== undefined) await removeKeys(redisUrl, prefix);
    if (searchUrl !== undefined) await removeIndexes(searchUrl, `${prefix}-`);
  });

  it('killed in the middle leaves nothing, and then fills the shop; a second time it refuses', async () => {
    const child = spawn(process.execPath, [built('scripts/seed.js'), ...SIZES], {
      env: { ...systemEnv(), ...env },
      stdio: 'ignore',
    });
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
    const copying = `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND query LIKE 'COPY "product_variant"%'`;
    await waitFor(async () => (await query(copying, [database], 'postgres'))[0], {
      what: 'the products to be written',
      timeoutMs: 90_000,
      intervalMs: 5,
    });
    child.kill('SIGKILL');
    await ended;
    const connected = 'SELECT 1 FROM pg_stat_activity WHERE datname = $1';
    await waitFor(
      async () => ((await query(connected, [database], 'postgres')).length === 0 ? true : undefined),
      { what: 'the killed seed to be rolled back' },
    );
    const tables = ['product', 'product_variant', 'customer', 'order', 'facet', 'search_index_item'];
    expect(Object.values(await countRows(tables, database))).toEqual([0, 0, 0, 0, 0, 0]);

    const second = await runScript('scripts/seed.js', env, SIZES);
    expect(second).toMatchObject({ code: 0 });
    expect(second.output).toContain('2000 products are written.');
    expect(await countRows(['product', 'customer', 'order', 'asset'], database)).toEqual({
      product: 2000,
      customer: 50,
      order: 300,
      asset: 54,
    });

    const third = await runScript('scripts/seed.js', env, SIZES);
    expect(third.code).toBe(1);
    expect(third.output.trim().split('\n').at(-1)).toBe(
      'This shop has products already, and the seed fills empty shops only. To start over: npm run reset',
    );
  }, 240_000);

  it('refuses in production, and sizes that make no sense, with one line', async () => {
    const production = {
      ...env,
      NODE_ENV: 'production',
      SMTP_URL: 'smtp://127.0.0.1:1',
      PUBLIC_URL: 'https://shop.example',
      CORS_ORIGINS: 'https://shop.example',
    };
    expect(await runScript('scripts/seed.js', production, [])).toEqual({
      code: 1,
      output:
        'The seed makes customers whose password is public: it does not run with NODE_ENV=production.\n',
    });
    expect(await runScript('scripts/seed.js', env, ['--products', 'many'])).toEqual({
      code: 1,
      output: '--products must be a whole number from 1 to 1000000, not "many".\n',
    });
  });
});

interface FilteredCollection {
  id: string;
  filters: { code: string; args: { name: string; value: string }[] }[];
}

interface SeededOrder {
  code: string;
  state: string;
  subTotal: number;
  subTotalWithTax: number;
  shipping: number;
  shippingWithTax: number;
  total: number;
  totalWithTax: number;
  lines: { quantity: number; proratedLinePrice: number; proratedLinePriceWithTax: number }[];
  shippingLines: { discountedPrice: number; discountedPriceWithTax: number }[];
  taxSummary: { taxBase: number; taxTotal: number }[];
  discounts: { amount: number; adjustmentSource: string }[];
  payments: { amount: number; state: string; refunds: { total: number; state: string }[] }[];
  fulfillments: { state: string; lines: { quantity: number }[] }[];
}

/** Columns that hold lists of ids or slugs in no order. */
const LISTS = ['facetIds', 'facetValueIds', 'collectionIds', 'collectionSlugs', 'channelIds'];

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

/** Waits until a worker has done all jobs of a queue, whichever queue it is; fails when one of them failed. */
async function jobsDone(staff: AdminClient, queue: string): Promise<void> {
  await waitFor(
    async () => {
      const { jobs } = await staff.api.request<{ jobs: { items: { state: string; error: unknown }[] } }>(
        'query Jobs($queue: String!) { jobs(options: { filter: { queueName: { eq: $queue } }, take: 100 }) { items { state error } } }',
        { queue },
      );
      const failed = jobs.items.find(job => job.state === 'FAILED');
      if (failed !== undefined) throw new Error(`A job of ${queue} failed: ${JSON.stringify(failed.error)}`);
      const done = jobs.items.length > 0 && jobs.items.every(job => job.state === 'COMPLETED');
      return done ? true : undefined;
    },
    { what: `the jobs of ${queue}`, timeoutMs: 60_000 },
  );
}
