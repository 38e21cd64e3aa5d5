/* eslint-disable boundaries/entry-point -- the inner parts themselves are what is driven here */
import { Client } from 'pg';
import { MemoryHistory } from '../src/plugins/fraud/engine/memory-history';
import { categoryValues, CATEGORY_FIELDS } from '../src/plugins/fraud/engine/signals/category-values';
import { keyOf } from '../src/plugins/fraud/engine/signals/keys';
import { AttemptHistoryService } from '../src/plugins/fraud/services/scoring/attempt-history.service';
import { COUNT_OUTCOME_SQL } from '../src/plugins/fraud/services/scoring/attempt-sql';
import { PgHistoryStore } from '../src/plugins/fraud/services/scoring/pg-history-store';
import type { PreparedStatements } from '../src/plugins/fraud/services/scoring/prepared-statements';
import type { EntityKind, History, Transaction } from '../src/plugins/fraud/types';
import { databaseUrl } from './support/postgres';
import { seededRandom } from './support/random';
import { cloneTemplate, dropDatabase } from './support/template';
import { testEnv } from './support/test-env';

const SEED = 20_261_123;
const ATTEMPTS = 400;
const HOUR = 3_600_000;
const KINDS: readonly EntityKind[] = ['customer', 'email', 'ip', 'network', 'device', 'card', 'address'];

let database: string;
let client: Client;
let store: PgHistoryStore;
let attempts: AttemptHistoryService;

/** What both stores count in their own way: a count of none is one that is not there, and sums of squares (of
 * four decimals) are of floats. */
function comparable(value: unknown): unknown {
  if (typeof value === 'number') return Math.round(value * 10_000) / 10_000;
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, inner]) => [name, name === 'distinct' ? withoutNone(inner as object) : comparable(inner)])
      .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
}

const withoutNone = (counts: object) =>
  Object.fromEntries(
    Object.entries(counts)
      .filter(([, count]) => count !== 0)
      .sort(),
  );

describe('the history of attempts', () => {
  beforeAll(async () => {
    const { postgresUrl, templateDatabase } = testEnv();
    database = await cloneTemplate(postgresUrl, templateDatabase, 'fraud_history');
    client = new Client({ connectionString: databaseUrl(postgresUrl, database) });
    await client.connect();
    const statements = {
      query: async (name: string, text: string, values: unknown[]) =>
        (await client.query<object>({ name, text, values })).rows,
    } as unknown as PreparedStatements;
    store = new PgHistoryStore(statements);
    attempts = new AttemptHistoryService(undefined as never, statements);
  }, 60_000);
  afterAll(async () => {
    await client?.end();
    await dropDatabase(testEnv().postgresUrl, database);
  });

  it('is the same from tables as in memory, at every moment of a random stream', async () => {
    const random = seededRandom(SEED);
    const below = (limit: number) => Math.floor(random() * limit);
    const memory = new MemoryHistory();
    let at = Date.now() - 60 * 24 * HOUR;
    const known: Transaction[] = [];
    for (let id = 1; id <= ATTEMPTS; id += 1) {
      // Bursts, and pauses of days: all windows are crossed.
      at += below(10) < 7 ? 1 + below(20 * 60_000) : 1 + below(12 * HOUR);
      const transaction = randomAttempt(String(id), at, below);
      // Before it is written down, and after: it never counts itself.
      await compare(transaction, memory);
      await put(transaction);
      memory.record(transaction);
      await compare(transaction, memory);
      known.push(transaction);
      if (below(2) === 0) await change(known[below(known.length)] as Transaction, at, below, memory);
    }
    for (let look = 0; look < 50; look += 1) {
      const asked = known[below(known.length)] as Transaction;
      // Again, later: what came since counts, and the attempt itself does not.
      await compare({ ...asked, at: at + 1 + below(40 * 24 * HOUR) }, memory);
    }
  }, 120_000);

  async function compare(transaction: Transaction, memory: MemoryHistory): Promise<void> {
    const query = { transaction, categories: CATEGORY_FIELDS };
    const [found, expected]: History[] = await Promise.all([store.read(query), memory.read(query)]);
    expect(comparable(found)).toEqual(comparable(expected));
  }

  async function put({ id, at, amount, keys, signals }: Transaction): Promise<void> {
    const { id: row, isNew } = await attempts.record({
      attemptId: id,
      orderId: 1,
      channelId: 1,
      amount: amount === null ? null : Math.round(amount * 100),
      keys,
      categories: categoryValues(signals),
    });
    expect(isNew).toBe(true);
    await client.query('UPDATE fraud_attempt SET at = $2 WHERE id = $1', [row, new Date(at)]);
  }

  /** An attempt gets a status, or is found to be good or bad. */
  async function change(
    { id, signals }: Transaction,
    at: number,
    below: (limit: number) => number,
    memory: MemoryHistory,
  ): Promise<void> {
    if (below(2) === 0) {
      const status = below(2) === 0 ? 'failed' : 'ordered';
      await client.query('UPDATE fraud_attempt SET status = $2 WHERE "attemptId" = $1', [id, status]);
      memory.setStatus(id, status);
      return;
    }
    const fraud = below(3) === 0;
    const { rows } = await client.query<{ id: number; fraud: boolean | null }>(
      'SELECT id, fraud FROM fraud_attempt WHERE "attemptId" = $1',
      [id],
    );
    const before = rows[0]?.fraud ?? null;
    await client.query(
      `UPDATE fraud_attempt SET fraud = $2, "outcomeKnownAt" = $3, "outcomeSource" = 'staff' WHERE "attemptId" = $1`,
      [id, fraud, new Date(at)],
    );
    const good = Number(!fraud) - Number(before === false);
    const bad = Number(fraud) - Number(before === true);
    await client.query(COUNT_OUTCOME_SQL, [JSON.stringify(categoryValues(signals)), good, bad, rows[0]?.id]);
    memory.setOutcome(id, { fraud, source: 'staff', knownAt: at });
  }
});

/** Of few entities, so that they meet; some of them are not known. */
function randomAttempt(id: string, at: number, below: (limit: number) => number): Transaction {
  const keys: Partial<Record<EntityKind, string>> = {};
  for (const kind of KINDS) if (below(5) > 0) keys[kind] = keyOf(kind, String(below(6)));
  return {
    id,
    at,
    amount: below(10) === 0 ? null : below(100_000) / 100,
    keys,
    signals: {
      'order.currency': ['EUR', 'GBP'][below(2)] as string,
      ...(below(3) === 0 ? {} : { 'email.domain': `d${below(4)}.example` }),
      ...(below(3) === 0 ? {} : { 'device.browser': `Browser ${below(3)}` }),
    },
  };
}
