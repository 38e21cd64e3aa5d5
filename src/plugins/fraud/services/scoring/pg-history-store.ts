import { Injectable } from '@nestjs/common';
import { categoryValues } from '../../engine/signals/category-values';
import type {
  CategoryHistory,
  EntityHistory,
  EntityKind,
  History,
  HistoryQuery,
  HistoryStore,
  KnownOutcomes,
  WindowCounts,
  WindowName,
} from '../../types';
import { COUNTED_KINDS, HISTORY_SQL, WINDOW_NAMES } from './history-sql';
import { PreparedStatements } from './prepared-statements';

/** Amounts are kept in minor units. */
const MINOR = 100;

/** Which attempts count for one that is in the table. */
export interface Standpoint {
  /** Its row. */
  readonly id: number;
  /** Those that were written down before it, or all others that are there by now. */
  readonly sees: 'earlier' | 'others';
  /** Where the customer's account and orders are asked for too. */
  readonly customerId?: string | undefined;
  readonly orderId?: string | undefined;
}

/** The customer's account and placed orders, by currency, in minor units. */
export interface AccountHistory {
  readonly guest: boolean;
  readonly since: number | null;
  readonly orders: readonly { readonly currency: string; readonly count: number; readonly sum: number }[];
}

/** What one round trip gives. */
export interface LiveHistory {
  readonly history: History;
  readonly account: AccountHistory | null;
  /** Of rules, lists, settings and models, by name: see FraudVersion. */
  readonly versions: Readonly<Record<string, number>>;
}

interface EntityRow {
  attempts: number[];
  failures: number[];
  orders: number[];
  amounts: number[];
  distinct: Partial<Record<EntityKind, number[]>> | null;
  totals: [number, number, number];
  firstAt: number | null;
  lastAt: number | null;
  lastAmount: number | null;
  highest: [number | null, number | null];
  known: [number | null, number | null, number | null];
  outcomes: number[];
}

type Row = Record<(typeof COUNTED_KINDS)[number], EntityRow | null> & {
  deviceKnown: boolean | null;
  categories: Record<string, [number, number, number]> | null;
  account: { guest: boolean; since: number | null; orders: [string, number, number][] } | null;
  versions: Record<string, number> | null;
};

/** Earlier attempts, from `fraud_attempt`. */
@Injectable()
export class PgHistoryStore implements HistoryStore {
  constructor(private readonly statements: PreparedStatements) {}

  /** As of the transaction's own moment, whether it is in the table or not. */
  async read(query: HistoryQuery): Promise<History> {
    return (await this.ask(query, undefined)).history;
  }

  /** The same for an attempt in the table, with all else that scoring needs of the database. */
  readLive(query: HistoryQuery, from: Standpoint): Promise<LiveHistory> {
    return this.ask(query, from);
  }

  private async ask(
    { transaction, categories }: HistoryQuery,
    from: Standpoint | undefined,
  ): Promise<LiveHistory> {
    const { at, keys, signals } = transaction;
    const values = categoryValues(signals, categories);
    const own = from === undefined ? Number(transaction.id) : from.id;
    const [row] = await this.statements.query<Row>('fraud_history', HISTORY_SQL, [
      new Date(at),
      from?.sees === 'earlier' ? own : null,
      from?.sees === 'earlier' ? null : own,
      from === undefined ? new Date(at) : null,
      JSON.stringify(values),
      from?.customerId ?? null,
      from?.orderId ?? null,
      ...COUNTED_KINDS.map(kind => keys[kind] ?? null),
    ]);
    if (row === undefined) throw new Error('The history gave no row.');
    return {
      history: historyOf(row, Object.keys(values)),
      account:
        row.account === null
          ? null
          : {
              ...row.account,
              orders: row.account.orders.map(([currency, count, sum]) => ({ currency, count, sum })),
            },
      versions: row.versions ?? {},
    };
  }
}

function historyOf(row: Row, fields: readonly string[]): History {
  const entities: Partial<Record<EntityKind, EntityHistory>> = {};
  for (const kind of COUNTED_KINDS) {
    const found = row[kind];
    if (found !== null) entities[kind] = entityOf(found);
  }
  const categories: Record<string, CategoryHistory> = {};
  for (const field of fields) {
    const [attempts, good, bad] = row.categories?.[field] ?? [0, 0, 0];
    categories[field] = { attempts, good, bad };
  }
  return { entities, categories, ...(row.deviceKnown === null ? {} : { deviceKnown: row.deviceKnown }) };
}

function entityOf(row: EntityRow): EntityHistory {
  const windows = {} as Record<WindowName, WindowCounts>;
  WINDOW_NAMES.forEach((name, index) => {
    windows[name] = {
      attempts: row.attempts[index] ?? 0,
      failures: row.failures[index] ?? 0,
      orders: row.orders[index] ?? 0,
      amount: (row.amounts[index] ?? 0) / MINOR,
      distinct: Object.fromEntries(
        Object.entries(row.distinct ?? {}).map(([kind, counts]) => [kind, counts[index] ?? 0]),
      ),
    };
  });
  const [attempts, amount, squares] = row.totals;
  const [highest, highestOfWeek] = row.highest;
  const [lastGoodAt, firstBadAt, lastBadAt] = row.known;
  return {
    windows,
    attempts,
    amount: amount / MINOR,
    amountSquares: squares / (MINOR * MINOR),
    firstAt: row.firstAt,
    lastAt: row.lastAt,
    lastAmount: mainUnits(row.lastAmount),
    highestAmount: mainUnits(highest),
    highestAmountOfWeek: mainUnits(highestOfWeek),
    lastGoodAt,
    firstBadAt,
    lastBadAt,
    outcomes: {
      '7d': outcomesAt(row.outcomes, 0),
      '30d': outcomesAt(row.outcomes, 2),
      all: outcomesAt(row.outcomes, 4),
    },
  };
}

function mainUnits(amount: number | null): number | null {
  return amount === null ? null : amount / MINOR;
}

function outcomesAt(counts: readonly number[], index: number): KnownOutcomes {
  return { good: counts[index] ?? 0, bad: counts[index + 1] ?? 0 };
}
