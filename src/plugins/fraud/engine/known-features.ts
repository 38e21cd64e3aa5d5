import {
  ENTITY_KINDS,
  WINDOWS,
  type CategoryHistory,
  type EntityHistory,
  type EntityKind,
  type SignalValue,
  type WindowCounts,
  type WindowName,
} from '../types';
import { extractFeatures } from './features';
import { SIGNAL_FIELDS } from './fields';

const DAY = 86_400_000;

let names: ReadonlySet<string> | undefined;

/**
 * All features that an attempt in the shop can have: those of one that everything is known of. Asked of the extraction
 * itself, so that no list of names can differ from it.
 */
export function knownFeatures(): ReadonlySet<string> {
  names ??= new Set(Object.keys(extractFeatures(transaction(), history(), scores())));
  return names;
}

function transaction() {
  const signals: Record<string, SignalValue> = {};
  for (const { name, type } of SIGNAL_FIELDS) {
    if (type === 'number') signals[name] = 10;
    else if (type === 'boolean') signals[name] = true;
    else signals[name] = 'x';
  }
  const keys = Object.fromEntries(ENTITY_KINDS.map(kind => [kind, kind])) as Record<EntityKind, string>;
  return { id: '1', at: 100 * DAY, amount: 10, keys, signals };
}

function history() {
  const distinct = Object.fromEntries(ENTITY_KINDS.map(kind => [kind, 2])) as Record<EntityKind, number>;
  const window: WindowCounts = { attempts: 3, failures: 1, orders: 2, amount: 60, distinct };
  const outcomes = { good: 2, bad: 1 };
  const entity: EntityHistory = {
    windows: Object.fromEntries(Object.keys(WINDOWS).map(name => [name, window])) as Record<
      WindowName,
      WindowCounts
    >,
    attempts: 4,
    amount: 80,
    amountSquares: 2_000,
    firstAt: 10 * DAY,
    lastAt: 99 * DAY,
    lastAmount: 20,
    highestAmount: 40,
    highestAmountOfWeek: 30,
    lastGoodAt: 90 * DAY,
    firstBadAt: 50 * DAY,
    lastBadAt: 60 * DAY,
    lastLocation: { latitude: 20, longitude: 30 },
    outcomes: { '7d': outcomes, '30d': outcomes, all: outcomes },
  };
  const category: CategoryHistory = { attempts: 4, ...outcomes };
  return {
    entities: Object.fromEntries(ENTITY_KINDS.map(kind => [kind, entity])) as Record<
      EntityKind,
      EntityHistory
    >,
    categories: Object.fromEntries(
      SIGNAL_FIELDS.filter(field => field.category === true).map(({ name }) => [name, category]),
    ),
    deviceKnown: true,
  };
}

function scores() {
  return (['rules', 'velocity', 'device'] as const).map(part => ({ part, score: 10, reasons: [] }));
}
