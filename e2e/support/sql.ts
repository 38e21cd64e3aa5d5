import { Client } from 'pg';
import { databaseUrl } from './postgres';
import { testEnv } from './test-env';

/** Runs work on a connection of its own. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Rows of a query on a database of this run; without a name, on the shared shop's. */
export function query<T extends object>(
  statement: string,
  values: unknown[] = [],
  database = testEnv().database,
): Promise<T[]> {
  return withClient(databaseUrl(testEnv().postgresUrl, database), async client => {
    const result = await client.query<T>(statement, values);
    return result.rows;
  });
}

/** What a shopper's requests may write, apart from sessions and jobs. */
export const SHOP_TABLES = [
  'address',
  'customer',
  'history_entry',
  'order',
  'order_line',
  'order_modification',
  'payment',
  'refund',
  'shipping_line',
  'fulfillment',
  'stock_movement',
  'surcharge',
  'user',
  'authentication_method',
] as const;

/** How many rows each of the tables has. */
export async function countRows(
  tables: readonly string[] = SHOP_TABLES,
  database?: string,
): Promise<Record<string, number>> {
  const counts = tables.map(table => `(SELECT count(*)::int FROM "${table}") AS "${table}"`);
  const [row] = await query<Record<string, number>>(`SELECT ${counts.join(', ')}`, [], database);
  return row ?? {};
}
