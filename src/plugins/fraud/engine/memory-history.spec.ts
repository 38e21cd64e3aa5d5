import fc from 'fast-check';
import { ENTITY_KINDS, WINDOWS, type EntityKind, type Outcome, type Transaction } from '../types';
import { extractFeatures } from './features';
import { MemoryHistory } from './memory-history';

const HOUR = 3_600_000;

interface Attempt {
  readonly transaction: Transaction;
  readonly status: 'open' | 'failed' | 'ordered';
  readonly outcome: Outcome | null;
}

const attempt = fc
  .record({
    at: fc.integer({ min: 0, max: 40 * 24 }).map(hours => hours * HOUR),
    amount: fc.option(fc.integer({ min: -100, max: 100_000 }).map(cents => cents / 100)),
    customer: fc.option(fc.constantFrom('1', '2')),
    device: fc.option(fc.constantFrom('1', '2', '3')),
    country: fc.constantFrom('AT', 'DE'),
    status: fc.constantFrom('open' as const, 'failed' as const, 'ordered' as const),
    known: fc.option(fc.record({ fraud: fc.boolean(), after: fc.integer({ min: -2, max: 20 * 24 }) })),
  })
  .map(({ at, amount, customer, device, country, status, known }) => ({
    transaction: {
      at,
      amount,
      keys: { ...(customer ? { customer } : {}), ...(device ? { device } : {}) },
      signals: { 'other.country': country },
    },
    status,
    outcome: known && { fraud: known.fraud, source: 'staff' as const, knownAt: at + known.after * HOUR },
  }));
const attempts = fc
  .array(attempt, { maxLength: 40 })
  .map(list =>
    list.map((one, index): Attempt => ({ ...one, transaction: { id: `${index}`, ...one.transaction } })),
  );

function filled(list: readonly Attempt[]): MemoryHistory {
  const store = new MemoryHistory();
  for (const { transaction, status, outcome } of list) {
    store.record(transaction);
    store.setStatus(transaction.id, status);
    if (outcome) store.setOutcome(transaction.id, outcome);
  }
  return store;
}

const most = (values: number[]) => (values.length > 0 ? Math.max(...values) : null);
const least = (values: number[]) => (values.length > 0 ? Math.min(...values) : null);

/** The same by looking at each attempt for each question. */
function naive(list: readonly Attempt[], { id, at, keys }: Transaction, kind: EntityKind) {
  const past = list
    .filter(({ transaction: one }) => one.id !== id && one.at < at && one.keys[kind] === keys[kind])
    .sort((a, b) => a.transaction.at - b.transaction.at);
  const known = (span: number, fraud: boolean) =>
    past.filter(({ outcome, transaction: one }) => {
      const knownAt = Math.max(outcome?.knownAt ?? Infinity, one.at);
      return outcome?.fraud === fraud && knownAt < at && knownAt >= at - span;
    }).length;
  const made = (fraud: boolean) =>
    past.flatMap(({ outcome, transaction: one }) =>
      outcome?.fraud === fraud && Math.max(outcome.knownAt, one.at) < at ? one.at : [],
    );
  const windows = Object.entries(WINDOWS).map(([name, span]) => {
    const within = past.filter(({ transaction: one }) => one.at >= at - span);
    const other: EntityKind = kind === 'customer' ? 'device' : 'customer';
    const others = new Set(within.flatMap(({ transaction: one }) => one.keys[other] ?? []));
    return {
      name,
      attempts: within.length,
      failures: within.filter(({ status }) => status === 'failed').length,
      orders: within.filter(({ status }) => status === 'ordered').length,
      amount: Math.round(within.reduce((sum, { transaction: one }) => sum + (one.amount ?? 0), 0) * 100),
      distinct: others.size,
    };
  });
  return {
    windows,
    attempts: past.length,
    firstAt: past[0]?.transaction.at ?? null,
    lastAt: past.at(-1)?.transaction.at ?? null,
    highest: [Infinity, WINDOWS['7d']].map(span =>
      most(past.flatMap(({ transaction: one }) => (one.at >= at - span ? (one.amount ?? []) : []))),
    ),
    made: [most(made(false)), least(made(true)), most(made(true))],
    outcomes: [7 * 24 * HOUR, 30 * 24 * HOUR, Infinity].map(span => [known(span, false), known(span, true)]),
  };
}

function asked(store: MemoryHistory, transaction: Transaction, kind: EntityKind) {
  const entity = store.readNow({ transaction, categories: [] }).entities[kind];
  if (!entity) throw new Error(`nothing of the ${kind}`);
  const other: EntityKind = kind === 'customer' ? 'device' : 'customer';
  const { attempts: all, firstAt, lastAt, outcomes } = entity;
  const { highestAmount, highestAmountOfWeek, lastGoodAt, firstBadAt, lastBadAt } = entity;
  return {
    windows: Object.entries(entity.windows).map(
      ([name, { attempts: made, failures, orders, amount, distinct }]) => ({
        name,
        attempts: made,
        failures,
        orders,
        amount: Math.round(amount * 100),
        distinct: distinct[other] ?? 0,
      }),
    ),
    attempts: all,
    firstAt,
    lastAt,
    highest: [highestAmount, highestAmountOfWeek],
    made: [lastGoodAt, firstBadAt, lastBadAt],
    outcomes: [outcomes['7d'], outcomes['30d'], outcomes.all].map(({ good, bad }) => [good, bad]),
  };
}

describe('earlier attempts in memory', () => {
  it('are counted as by looking at each of them, whenever is asked and in whatever order they came', () => {
    fc.assert(
      fc.property(attempts, fc.array(fc.nat()), (list, picks) => {
        const store = filled(list);
        for (const pick of [...list.keys(), ...picks]) {
          const transaction = list[pick % Math.max(1, list.length)]?.transaction;
          for (const kind of ENTITY_KINDS) {
            if (transaction?.keys[kind] === undefined) continue;
            expect(asked(store, transaction, kind)).toEqual(naive(list, transaction, kind));
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('say the same of an attempt, whatever comes after it', () => {
    fc.assert(
      fc.property(
        attempts,
        fc.integer({ min: 0, max: 40 * 24 }),
        fc.infiniteStream(fc.nat()),
        (list, hour, random) => {
          const at = hour * HOUR;
          const past = list.filter(({ transaction }) => transaction.at < at);
          const future = list.filter(({ transaction }) => transaction.at >= at);
          const order = new Map(future.map(one => [one, random.next().value as number]));
          const shuffled = [...future].sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
          const transaction: Transaction = {
            id: 'asked',
            at,
            amount: 10,
            keys: { customer: '1', device: '1' },
            signals: { 'other.country': 'AT' },
          };
          const [one, other] = [[...past, ...shuffled], past].map(rows => {
            const history = filled(rows).readNow({ transaction, categories: ['other.country'] });
            return extractFeatures(transaction, history, []);
          });
          // A kind of counterpart that appears later is 0 or not there.
          for (const name in one) if (one[name] !== 0) expect(one[name]).toBe(other?.[name]);
          for (const name in other) expect(one?.[name]).toBe(other[name]);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('count a repeated attempt once', () => {
    const store = new MemoryHistory();
    const transaction: Transaction = { id: '1', at: 0, amount: 5, keys: { card: 'c' }, signals: {} };
    store.record(transaction);
    store.record({ ...transaction, at: HOUR });
    const later = { ...transaction, id: '2', at: 2 * HOUR };
    expect(store.readNow({ transaction: later, categories: [] }).entities.card?.attempts).toBe(1);
  });

  it('know the device of a customer who paid by it, unless that was fraud', () => {
    const store = new MemoryHistory();
    const keys = { customer: '1', device: 'd' };
    store.record({ id: '1', at: 0, amount: 5, keys, signals: {} }, 'ordered');
    const asking = { transaction: { id: '2', at: HOUR, amount: 5, keys, signals: {} }, categories: [] };
    expect(store.readNow(asking).deviceKnown).toBe(true);
    store.setOutcome('1', { fraud: true, source: 'dispute', knownAt: 10 });
    expect(store.readNow(asking).deviceKnown).toBe(false);
  });

  it('are forgotten without a change of what is asked of the last weeks', () => {
    const [small, large] = [new MemoryHistory({ maxAttempts: 2_000 }), new MemoryHistory()];
    for (let i = 0; i < 21_000; i++) {
      const transaction = {
        id: `${i}`,
        at: i * HOUR,
        amount: i % 7,
        keys: { ip: 'a', card: `${i % 5}` },
        signals: {},
      };
      small.record(transaction);
      if (i >= 19_000) large.record(transaction);
    }
    const asking = {
      transaction: { id: 'x', at: 21_000 * HOUR, amount: 1, keys: { ip: 'a' }, signals: {} },
      categories: [],
    };
    const windows = (store: MemoryHistory) => store.readNow(asking).entities.ip?.windows;
    expect(windows(small)).toEqual(windows(large));
    expect(small.readNow(asking).entities.ip?.attempts).toBe(21_000);
  });
});
