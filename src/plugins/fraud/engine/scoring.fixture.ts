import {
  DEFAULT_SETTINGS,
  WINDOWS,
  type Engine,
  type EntityHistory,
  type EntityKind,
  type History,
  type Lists,
  type Rule,
  type Transaction,
  type WindowCounts,
  type WindowName,
} from '../types';

const NOTHING: WindowCounts = { attempts: 0, failures: 0, orders: 0, amount: 0, distinct: {} };

/** For specs: an entity with these counts, and zeros elsewhere. */
export function entityHistory(
  windows: Partial<Record<WindowName, Partial<WindowCounts>>> = {},
  known: Partial<EntityHistory> = {},
): EntityHistory {
  const names = Object.keys(WINDOWS) as WindowName[];
  return {
    windows: Object.fromEntries(
      names.map(name => [name, { ...NOTHING, ...windows[name] }]),
    ) as EntityHistory['windows'],
    attempts: 0,
    amount: 0,
    amountSquares: 0,
    firstAt: null,
    lastAt: null,
    lastAmount: null,
    highestAmount: null,
    highestAmountOfWeek: null,
    lastGoodAt: null,
    firstBadAt: null,
    lastBadAt: null,
    outcomes: { '7d': { good: 0, bad: 0 }, '30d': { good: 0, bad: 0 }, all: { good: 0, bad: 0 } },
    ...known,
  };
}

export function historyOf(entities: Partial<Record<EntityKind, EntityHistory>> = {}): History {
  return { entities, categories: {} };
}

/** Lists by name; a network is not understood. */
export function plainLists(lists: Readonly<Record<string, readonly string[]>> = {}): Lists {
  return { version: 1, has: (list, value) => lists[list]?.includes(value) };
}

export function rule(changes: Partial<Rule> = {}): Rule {
  return {
    id: 'r',
    name: 'A rule',
    enabled: true,
    shadow: false,
    expiresAt: null,
    when: { match: 'all', members: [{ field: 'order.amount', operator: 'exists', value: true }] },
    weight: 0,
    action: null,
    ...changes,
  };
}

export function engineOf(changes: Partial<Engine> = {}): Engine {
  return {
    ruleSet: { version: 1, rules: [] },
    lists: plainLists(),
    model: null,
    settings: DEFAULT_SETTINGS,
    settingsVersion: 0,
    ...changes,
  };
}

export function transactionOf(
  signals: Transaction['signals'] = {},
  changes: Partial<Transaction> = {},
): Transaction {
  const amount = typeof signals['order.amount'] === 'number' ? signals['order.amount'] : null;
  return { id: 't', at: Date.UTC(2026, 0, 1), amount, keys: {}, signals, ...changes };
}
