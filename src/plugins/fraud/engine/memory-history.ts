import {
  ENTITY_KINDS,
  type CategoryHistory,
  type EntityHistory,
  type EntityKind,
  type History,
  type HistoryQuery,
  type HistoryStore,
  type Outcome,
  type Transaction,
} from '../types';
import { categoriesOf } from './categories';
import { knownAt, type AttemptRow, type AttemptStatus } from './memory/attempt-row';
import { EntityLog } from './memory/entity-log';
import { Timeline } from './memory/timeline';

export interface MemoryHistoryOptions {
  /** How many attempts can still learn their outcome: the oldest are forgotten first (their counts stay). */
  readonly maxAttempts: number;
  /** How many values of one category are told apart; later ones have no totals. */
  readonly maxValues: number;
  /** How far behind the newest attempt questions may be and are still answered exactly (ms). */
  readonly lateness: number;
}

const DEFAULTS: MemoryHistoryOptions = {
  maxAttempts: 1_000_000,
  maxValues: 100_000,
  lateness: 24 * 3_600_000,
};

/** Attempts by one value of a category. */
interface CategoryLog {
  readonly attempts: Timeline;
  readonly good: Timeline;
  readonly bad: Timeline;
}

/** A pair of customer and device is only looked up for whether it paid before: its last attempts say so. */
const KEPT_OF_A_PAIR = 50;
const FORGET_EVERY = 20_000;

/** Earlier attempts, in memory. Exact: the same answers as from tables. */
export class MemoryHistory implements HistoryStore {
  private readonly options: MemoryHistoryOptions;
  private readonly rows = new Map<string, AttemptRow>();
  private readonly entities = new Map<EntityKind, Map<string, EntityLog>>(
    ENTITY_KINDS.map(kind => [kind, new Map<string, EntityLog>()]),
  );
  private readonly categories = new Map<string, Map<string, CategoryLog>>();
  private readonly pairs = new Map<string, AttemptRow[]>();
  private newest = -Infinity;
  private recorded = 0;

  constructor(options: Partial<MemoryHistoryOptions> = {}) {
    this.options = { ...DEFAULTS, ...options };
  }

  read(query: HistoryQuery): Promise<History> {
    return Promise.resolve(this.readNow(query));
  }

  /** The same without a promise: there is nothing to wait for. */
  readNow({ transaction, categories }: HistoryQuery): History {
    const { at, id } = transaction;
    const own = this.rows.get(id);
    // A row that is scored again does not count itself, wherever it stands now.
    if (own && own.at < at) return this.without(own, () => this.answer(transaction, categories));
    return this.answer(transaction, categories);
  }

  /** Counts an attempt from now on. A repetition of one that is known changes nothing. */
  record(transaction: Transaction, status: AttemptStatus = 'open'): void {
    if (this.rows.has(transaction.id)) return;
    const { id, at, amount, keys, signals } = transaction;
    const row: AttemptRow = {
      id,
      at,
      amount,
      keys,
      latitude: numberOf(signals['place.latitude']),
      longitude: numberOf(signals['place.longitude']),
      categories: categoriesOf(transaction).map(name => [name, String(signals[name])] as const),
      status,
      outcome: null,
    };
    this.rows.set(id, row);
    if (this.rows.size > this.options.maxAttempts) {
      for (const oldest of this.rows.keys()) {
        this.rows.delete(oldest);
        break;
      }
    }
    this.enter(row);
    this.newest = Math.max(this.newest, at);
    if (++this.recorded % FORGET_EVERY === 0) this.forget();
  }

  setStatus(id: string, status: AttemptStatus): void {
    const row = this.rows.get(id);
    if (!row || row.status === status) return;
    for (const log of this.logsOf(row)) {
      log.count(row.status, row.at, -1);
      log.count(status, row.at, 1);
    }
    row.status = status;
  }

  /** Whether there is such an attempt (still). */
  setOutcome(id: string, outcome: Outcome): boolean {
    const row = this.rows.get(id);
    if (!row) return false;
    this.learn(row, -1);
    row.outcome = outcome;
    this.learn(row, 1);
    return true;
  }

  /** Says anew since when outcomes are known. Those of attempts that are no longer kept are forgotten. */
  restateOutcomes(since: (row: { readonly at: number; readonly knownAt: number }) => number): void {
    for (const logs of this.entities.values()) for (const log of logs.values()) log.forgetOutcomes();
    for (const values of this.categories.values()) {
      for (const { good, bad } of values.values()) {
        good.clear();
        bad.clear();
      }
    }
    const known: { row: AttemptRow; at: number }[] = [];
    for (const row of this.rows.values()) {
      if (!row.outcome) continue;
      const { at, outcome } = row;
      row.outcome = { ...outcome, knownAt: since({ at, knownAt: outcome.knownAt }) };
      known.push({ row, at: knownAt(row, row.outcome) });
    }
    // In order: each is entered at the end.
    known.sort((a, b) => a.at - b.at);
    for (const { row } of known) this.learn(row, 1);
  }

  has(id: string): boolean {
    return this.rows.has(id);
  }

  private answer(transaction: Transaction, names: readonly string[]): History {
    const { at, keys, signals } = transaction;
    const entities: Partial<Record<EntityKind, EntityHistory>> = {};
    for (const kind of ENTITY_KINDS) {
      const key = keys[kind];
      if (key === undefined) continue;
      entities[kind] = (this.entities.get(kind)?.get(key) ?? new EntityLog(kind)).read(at);
    }
    const categories: Record<string, CategoryHistory> = {};
    for (const name of names) {
      const value = signals[name];
      if (value === undefined) continue;
      const log = this.categories.get(name)?.get(String(value));
      categories[name] = {
        attempts: log?.attempts.countBefore(at) ?? 0,
        good: log?.good.countBefore(at) ?? 0,
        bad: log?.bad.countBefore(at) ?? 0,
      };
    }
    const pair = pairOf(keys);
    return pair === undefined
      ? { entities, categories }
      : { entities, categories, deviceKnown: this.paidBefore(pair, transaction) };
  }

  private paidBefore(pair: string, { id, at }: Transaction): boolean {
    return (this.pairs.get(pair) ?? []).some(
      row =>
        row.id !== id &&
        row.at < at &&
        row.status === 'ordered' &&
        !(row.outcome?.fraud === true && knownAt(row, row.outcome) < at),
    );
  }

  /** As if the attempt had not been made. Rare: only for one that is asked about again, later than it was made. */
  private without(row: AttemptRow, answer: () => History): History {
    for (const log of this.logsOf(row)) log.remove(row);
    this.countInCategories(row, -1);
    try {
      return answer();
    } finally {
      for (const log of this.logsOf(row)) log.add(row);
      this.countInCategories(row, 1);
    }
  }

  private enter(row: AttemptRow): void {
    for (const kind of ENTITY_KINDS) {
      const key = row.keys[kind];
      if (key === undefined) continue;
      const logs = this.entities.get(kind) as Map<string, EntityLog>;
      let log = logs.get(key);
      if (!log) logs.set(key, (log = new EntityLog(kind)));
      log.add(row);
    }
    this.countInCategories(row, 1);
    const pair = pairOf(row.keys);
    if (pair === undefined) return;
    const rows = this.pairs.get(pair);
    if (!rows) this.pairs.set(pair, [row]);
    else {
      rows.push(row);
      if (rows.length > KEPT_OF_A_PAIR) rows.shift();
    }
  }

  /** With what is known of its outcome. */
  private countInCategories(row: AttemptRow, by: 1 | -1): void {
    for (const [name, value] of row.categories) {
      let values = this.categories.get(name);
      if (!values) this.categories.set(name, (values = new Map<string, CategoryLog>()));
      let log = values.get(value);
      if (!log) {
        if (values.size >= this.options.maxValues) continue;
        values.set(value, (log = { attempts: new Timeline(), good: new Timeline(), bad: new Timeline() }));
      }
      if (by === 1) log.attempts.add(row.at);
      else log.attempts.remove(row.at);
      learnIn(log, row, by);
    }
  }

  private learn(row: AttemptRow, by: 1 | -1): void {
    if (!row.outcome) return;
    for (const log of this.logsOf(row)) log.learn(row, by);
    for (const [name, value] of row.categories) {
      const log = this.categories.get(name)?.get(value);
      if (log) learnIn(log, row, by);
    }
  }

  private logsOf(row: AttemptRow): EntityLog[] {
    return ENTITY_KINDS.flatMap(kind => {
      const key = row.keys[kind];
      return (key !== undefined && this.entities.get(kind)?.get(key)) || [];
    });
  }

  private forget(): void {
    const at = this.newest - this.options.lateness;
    for (const logs of this.entities.values()) for (const log of logs.values()) log.forgetBefore(at);
    for (const values of this.categories.values()) {
      for (const { attempts, good, bad } of values.values()) {
        for (const timeline of [attempts, good, bad]) timeline.forgetBefore(at);
      }
    }
  }
}

function learnIn({ good, bad }: CategoryLog, row: AttemptRow, by: 1 | -1): void {
  if (!row.outcome) return;
  const timeline = row.outcome.fraud ? bad : good;
  if (by === 1) timeline.add(knownAt(row, row.outcome));
  else timeline.remove(knownAt(row, row.outcome));
}

function pairOf(keys: Transaction['keys']): string | undefined {
  return keys.customer !== undefined && keys.device !== undefined
    ? JSON.stringify([keys.customer, keys.device])
    : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
