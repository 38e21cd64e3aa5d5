import {
  ENTITY_KINDS,
  WINDOWS,
  type CategoryHistory,
  type EntityHistory,
  type EntityKind,
  type History,
  type KnownOutcomes,
  type Part,
  type PartScore,
  type Transaction,
  type WindowName,
} from '../types';
import { fieldOf } from './fields';
import { distanceKm } from './signals/distance';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NAMES = Object.keys(WINDOWS) as WindowName[];
/** Windows whose mean amount is compared with what was before them. */
const TREND_WINDOWS = ['24h', '7d', '30d'] as const;
const OUTCOME_SPANS = ['7d', '30d', 'all'] as const;
/** Others are counted in these only: five windows of each pair would be features without end. */
const DISTINCT_WINDOWS: readonly WindowName[] = ['24h', '7d', '30d'];
/** Bad rates start from here: the weight of the assumption, and the rate assumed. */
const ASSUMED = 2;
const ASSUMED_RATE = 0.02;
/** Signals without a description, of which there may be any number. */
const MAX_OTHER_SIGNALS = 200;

/** What is not known, or is no number, is left out. */
type Put = (name: string, value: number | null | undefined) => void;

/**
 * What the model sees of an attempt: numbers by name, from whatever is known. What is not known is left out. Only the
 * past, as `history` has it, takes part: nothing here reads a clock or keeps anything.
 */
export function extractFeatures(
  transaction: Transaction,
  history: History,
  scores: readonly PartScore[],
): Record<string, number> {
  const features: Record<string, number> = {};
  const put: Put = (name, value) => {
    if (value !== null && value !== undefined && Number.isFinite(value)) features[name] = value;
  };
  ofItself(transaction, put);
  for (const kind of ENTITY_KINDS) {
    const entity = history.entities[kind];
    if (entity) ofEntity(transaction, entity, ENTITY_FEATURES[kind], put);
  }
  for (const name in history.categories) {
    ofCategory(history.categories[name] as CategoryHistory, categoryFeatures(name), put);
  }
  if (history.deviceKnown !== undefined) put('device.known', Number(history.deviceKnown));
  for (const { part, score } of scores) {
    const name = SCORE_FEATURES[part];
    if (name !== undefined) put(name, score);
  }
  return features;
}

/** The features that say what the other parts gave. */
const SCORE_FEATURES: Readonly<Partial<Record<Part, string>>> = {
  rules: 'score.rules',
  velocity: 'score.velocity',
  device: 'score.device',
};

function ofItself({ at, amount, signals }: Transaction, put: Put): void {
  const hour = (((at % DAY) + DAY) % DAY) / HOUR;
  const weekday = (((Math.floor(at / DAY) + 4) % 7) + 7) % 7;
  put('time.hour', hour);
  put('time.night', Number(hour < 6));
  put('time.weekday', weekday);
  put('time.weekend', Number(weekday === 0 || weekday === 6));
  put('amount', amount);
  // Sums that somebody chose, such as 100.00 or 49.99.
  if (amount !== null) put('amount.cents', Math.round(Math.abs(amount) * 100) % 100);
  let others = 0;
  for (const name in signals) {
    const value = signals[name];
    if (typeof value === 'string' || value === undefined) continue;
    // Counted already: from the history, as the amount.
    if (name.startsWith('velocity.') || name === 'order.amount') continue;
    if (!fieldOf(name) && ++others > MAX_OTHER_SIGNALS) continue;
    put(signalFeature(name), Number(value));
  }
}

function ofEntity(
  { at, amount, signals }: Transaction,
  entity: EntityHistory,
  names: EntityFeatures,
  put: Put,
): void {
  NAMES.forEach((window, index) => {
    const counts = entity.windows[window];
    const own = names.windows[index] as WindowFeatures;
    put(own.attempts, counts.attempts);
    put(own.failures, counts.failures);
    if (counts.attempts > 0) {
      const mean = counts.amount / counts.attempts;
      put(own.meanAmount, mean);
      put(own.failureRate, counts.failures / counts.attempts);
      if (amount !== null && mean > 0) put(own.amountRatio, amount / mean);
    }
    put(own.amount, counts.amount);
    for (const [other, name] of own.distinct) put(name, counts.distinct[other]);
  });
  put(names.attempts, entity.attempts);
  if (entity.attempts > 0) {
    const mean = entity.amount / entity.attempts;
    const spread = Math.sqrt(Math.max(0, entity.amountSquares / entity.attempts - mean * mean));
    put(names.meanAmount, mean);
    put(names.spread, spread);
    if (amount !== null && mean > 0) put(names.amountRatio, amount / mean);
    if (amount !== null && entity.attempts > 2 && spread > 0) put(names.deviation, (amount - mean) / spread);
    // Against what was usual before the window: its own fraud of late must not hide in the mean.
    for (const window of TREND_WINDOWS) {
      const counts = entity.windows[window];
      const before = entity.attempts - counts.attempts;
      const usual = before > 0 ? (entity.amount - counts.amount) / before : 0;
      if (usual <= 0) continue;
      if (counts.attempts > 0) put(names.amountTrend[window], counts.amount / counts.attempts / usual);
      if (amount !== null) put(names.amountRatioBefore[window], amount / usual);
      if (window === '7d' && entity.highestAmountOfWeek !== null)
        put(names.highestTrend, entity.highestAmountOfWeek / usual);
    }
    const month = entity.windows['30d'];
    if (month.attempts > 0) put(names.burst, entity.windows['24h'].attempts / month.attempts);
  }
  if (entity.firstAt !== null) put(names.age, (at - entity.firstAt) / HOUR);
  if (entity.lastAt !== null) put(names.sinceLast, (at - entity.lastAt) / HOUR);
  if (amount !== null && entity.lastAmount !== null && entity.lastAmount > 0) {
    put(names.lastAmountRatio, amount / entity.lastAmount);
  }
  if (amount !== null && entity.highestAmount !== null && entity.highestAmount > 0) {
    put(names.highestAmountRatio, amount / entity.highestAmount);
  }
  // Since when nobody has said that all is well; and how long fraud has been going on, and how long ago it was.
  if (entity.lastGoodAt !== null) put(names.sinceGood, (at - entity.lastGoodAt) / HOUR);
  if (entity.firstBadAt !== null) put(names.sinceFirstBad, (at - entity.firstBadAt) / HOUR);
  if (entity.lastBadAt !== null) put(names.sinceBad, (at - entity.lastBadAt) / HOUR);
  for (const span of OUTCOME_SPANS) ofOutcomes(entity.outcomes[span], names.outcomes[span], put);
  const { 'place.latitude': latitude, 'place.longitude': longitude } = signals;
  if (entity.lastLocation && typeof latitude === 'number' && typeof longitude === 'number') {
    const distance = distanceKm(entity.lastLocation, { latitude, longitude });
    put(names.distance, distance);
    // A minute at least: two clocks are never the same.
    if (entity.lastAt !== null) put(names.speed, distance / Math.max((at - entity.lastAt) / HOUR, 1 / 60));
  }
}

function ofOutcomes({ good, bad }: KnownOutcomes, names: OutcomeFeatures, put: Put): void {
  put(names.known, good + bad);
  put(names.bad, bad);
  put(names.badRate, (bad + ASSUMED * ASSUMED_RATE) / (good + bad + ASSUMED));
}

function ofCategory(category: CategoryHistory, names: CategoryFeatures, put: Put): void {
  put(names.attempts, category.attempts);
  ofOutcomes(category, names.outcomes, put);
}

// ---- Names: made once, for a feature vector is made at every attempt -----------------------------------------------

interface OutcomeFeatures {
  readonly known: string;
  readonly bad: string;
  readonly badRate: string;
}

interface CategoryFeatures {
  readonly attempts: string;
  readonly outcomes: OutcomeFeatures;
}

function outcomeFeatures(of: string, span: string): OutcomeFeatures {
  return { known: `${of}.known.${span}`, bad: `${of}.bad.${span}`, badRate: `${of}.badRate.${span}` };
}

function windowFeatures(kind: EntityKind, window: WindowName) {
  const others = DISTINCT_WINDOWS.includes(window) ? ENTITY_KINDS.filter(other => other !== kind) : [];
  return {
    attempts: `${kind}.attempts.${window}`,
    failures: `${kind}.failures.${window}`,
    failureRate: `${kind}.failureRate.${window}`,
    amount: `${kind}.amount.${window}`,
    meanAmount: `${kind}.meanAmount.${window}`,
    amountRatio: `${kind}.amountRatio.${window}`,
    distinct: others.map(other => [other, `${kind}.distinct_${other}.${window}`] as const),
  };
}
type WindowFeatures = ReturnType<typeof windowFeatures>;

function entityFeatures(kind: EntityKind) {
  return {
    windows: NAMES.map(window => windowFeatures(kind, window)),
    attempts: `${kind}.attempts.all`,
    meanAmount: `${kind}.meanAmount.all`,
    amountRatio: `${kind}.amountRatio.all`,
    spread: `${kind}.amountSpread`,
    deviation: `${kind}.amountDeviation`,
    amountTrend: {
      '24h': `${kind}.amountTrend.24h`,
      '7d': `${kind}.amountTrend.7d`,
      '30d': `${kind}.amountTrend.30d`,
    },
    amountRatioBefore: {
      '24h': `${kind}.amountRatioBefore.24h`,
      '7d': `${kind}.amountRatioBefore.7d`,
      '30d': `${kind}.amountRatioBefore.30d`,
    },
    burst: `${kind}.burst`,
    age: `${kind}.ageHours`,
    sinceLast: `${kind}.hoursSinceLast`,
    lastAmountRatio: `${kind}.lastAmountRatio`,
    highestAmountRatio: `${kind}.highestAmountRatio`,
    highestTrend: `${kind}.highestTrend.7d`,
    sinceGood: `${kind}.hoursSinceGood`,
    sinceFirstBad: `${kind}.hoursSinceFirstBad`,
    sinceBad: `${kind}.hoursSinceBad`,
    distance: `${kind}.distanceKm`,
    speed: `${kind}.speedKmh`,
    outcomes: {
      '7d': outcomeFeatures(kind, '7d'),
      '30d': outcomeFeatures(kind, '30d'),
      all: outcomeFeatures(kind, 'all'),
    },
  };
}
type EntityFeatures = ReturnType<typeof entityFeatures>;

const ENTITY_FEATURES = Object.fromEntries(
  ENTITY_KINDS.map(kind => [kind, entityFeatures(kind)]),
) as Readonly<Record<EntityKind, EntityFeatures>>;

const signalNames = new Map<string, string>();
const categoryNames = new Map<string, CategoryFeatures>();
/** So that made-up names of signals do not fill the memory. */
const MAX_NAMES = 5_000;

function signalFeature(name: string): string {
  return remembered(signalNames, name, () => `signal.${name}`);
}

function categoryFeatures(name: string): CategoryFeatures {
  return remembered(categoryNames, name, () => ({
    attempts: `category.${name}.attempts`,
    outcomes: outcomeFeatures(`category.${name}`, 'all'),
  }));
}

function remembered<T>(names: Map<string, T>, name: string, make: () => T): T {
  let value = names.get(name);
  if (value === undefined) {
    value = make();
    if (names.size < MAX_NAMES) names.set(name, value);
  }
  return value;
}
