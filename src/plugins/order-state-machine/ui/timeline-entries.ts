import type { Effect, Hold, Paper, Parcel, PickList, Step, TimelineOrder } from './timeline.query';

export type Entry =
  | { kind: 'step'; key: string; at: string; step: Step }
  | { kind: 'effect'; key: string; at: string; effect: Effect; takenBackBy: Effect | undefined }
  | { kind: 'hold'; key: string; at: string; hold: Hold }
  | { kind: 'pick-list'; key: string; at: string; list: PickList }
  | { kind: 'parcel'; key: string; at: string; parcel: Parcel }
  | { kind: 'paper'; key: string; at: string; paper: Paper };

/** Which entries are seen. */
export type Shown = 'all' | 'attention' | 'steps' | 'effects' | 'stock' | 'parcels';

const KINDS: Record<Exclude<Shown, 'all' | 'attention'>, ReadonlyArray<Entry['kind']>> = {
  steps: ['step'],
  effects: ['effect'],
  stock: ['hold', 'pick-list'],
  parcels: ['parcel', 'paper'],
};

/**
 * What a step brings about is written in the step's transaction and bears the time at which that began: a moment before
 * the step itself. That far apart (ms), what came of it is put behind the step.
 */
const SAME_MOMENT_MS = 1_000;

/** All that happened to an order, the first first. What takes an effect back is not listed by itself but with it. */
export function timelineEntries(
  order: Pick<
    TimelineOrder,
    'statusHistory' | 'effects' | 'stockHolds' | 'pickLists' | 'fulfillments' | 'documents'
  >,
): Entry[] {
  const ids = new Set(order.effects.map(({ id }) => id));
  const listed = order.effects.filter(
    ({ compensatesId }) => compensatesId === null || !ids.has(compensatesId),
  );
  const entries: Entry[] = [
    ...order.statusHistory.map((step, index): Entry => ({
      kind: 'step',
      key: `step-${index}`,
      at: step.timestamp,
      step,
    })),
    ...order.stockHolds.map((hold): Entry => ({
      kind: 'hold',
      key: `hold-${hold.id}`,
      at: hold.createdAt,
      hold,
    })),
    ...order.pickLists.map((list): Entry => ({
      kind: 'pick-list',
      key: `pick-list-${list.id}`,
      at: list.createdAt,
      list,
    })),
    ...listed.map((effect): Entry => ({
      kind: 'effect',
      key: `effect-${effect.id}`,
      at: effect.createdAt,
      effect,
      takenBackBy: order.effects.find(({ compensatesId }) => compensatesId === effect.id),
    })),
    ...(order.fulfillments ?? []).map((parcel): Entry => ({
      kind: 'parcel',
      key: `parcel-${parcel.id}`,
      at: parcel.createdAt,
      parcel,
    })),
    ...order.documents.map((paper): Entry => ({
      kind: 'paper',
      key: `paper-${paper.id}`,
      at: paper.createdAt,
      paper,
    })),
  ];
  const steps = order.statusHistory.map(({ timestamp }) => Date.parse(timestamp));
  return entries
    .map((entry, index) => ({ entry, index, time: sortTime(entry, steps) }))
    .sort((a, b) => a.time - b.time || a.index - b.index)
    .map(({ entry }) => entry);
}

function sortTime(entry: Entry, steps: readonly number[]): number {
  const time = Date.parse(entry.at);
  // A paper is made after the step, by an effect.
  if (entry.kind === 'step' || entry.kind === 'paper') return time;
  return steps.find(step => step >= time && step - time <= SAME_MOMENT_MS) ?? time;
}

/** Staff have to decide: it failed, or nobody knows whether it happened. */
export function needsAttention({ effect, takenBackBy }: Extract<Entry, { kind: 'effect' }>): boolean {
  return effect.canRetry || takenBackBy?.canRetry === true;
}

export function entriesShown(
  entries: readonly Entry[],
  { shown, newestFirst }: { shown: Shown; newestFirst: boolean },
): Entry[] {
  const fit = entries.filter(entry => {
    if (shown === 'all') return true;
    if (shown === 'attention') return entry.kind === 'effect' && needsAttention(entry);
    return KINDS[shown].includes(entry.kind);
  });
  return newestFirst ? fit.reverse() : fit;
}

/** Whether something is about to change by itself soon. What waits for a time of its own is not. */
export function isUnderWay(effects: readonly Effect[]): boolean {
  return effects.some(
    ({ state, dueAt }) =>
      state === 'requested' || state === 'running' || (state === 'waiting' && dueAt === null),
  );
}
