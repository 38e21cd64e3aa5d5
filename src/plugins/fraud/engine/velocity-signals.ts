import {
  ENTITY_KINDS,
  WINDOWS,
  type EntityKind,
  type History,
  type SignalValue,
  type Signals,
  type Transaction,
  type WindowName,
} from '../types';
import { VELOCITY_MEASURES, type VelocityMeasure } from './fields';

interface WindowNames {
  readonly window: WindowName;
  readonly measures: readonly (readonly [VelocityMeasure, string])[];
  readonly distinct: readonly (readonly [EntityKind, string])[];
}

/** The fields' names, made once: there are hundreds, and every scoring needs them. */
const NAMES = new Map<EntityKind, readonly WindowNames[]>(
  ENTITY_KINDS.map(kind => [
    kind,
    (Object.keys(WINDOWS) as WindowName[]).map(window => ({
      window,
      measures: VELOCITY_MEASURES.map(measure => [measure, `velocity.${kind}.${measure}.${window}`] as const),
      distinct: ENTITY_KINDS.filter(other => other !== kind).map(
        other => [other, `velocity.${kind}.distinct_${other}.${window}`] as const,
      ),
    })),
  ]),
);

/**
 * What was before, as signals (`velocity.card.failures.6h`). An entity that is not known has none; one that is known and
 * new has zeros. There are hundreds: they are put where they are needed, and not copied.
 */
function addVelocity(signals: Record<string, SignalValue>, { entities }: History): Signals {
  for (const kind of ENTITY_KINDS) {
    const history = entities[kind];
    if (history === undefined) continue;
    for (const { window, measures, distinct } of NAMES.get(kind) ?? []) {
      const counts = history.windows[window];
      for (const [measure, name] of measures) signals[name] = counts[measure];
      for (const [other, name] of distinct) {
        const count = counts.distinct[other];
        if (count !== undefined) signals[name] = count;
      }
    }
  }
  return signals;
}

/** Everything that rules are asked about. */
export function allSignals(transaction: Transaction, history: History): Signals {
  return addVelocity({ ...transaction.signals }, history);
}
