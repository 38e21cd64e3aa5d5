import fc from 'fast-check';
import { entriesShown, isUnderWay, needsAttention, timelineEntries, type Entry } from './timeline-entries';
import type { Effect, Step, TimelineOrder } from './timeline.query';

const START = Date.parse('2026-01-01T10:00:00Z');
const at = (ms: number) => new Date(START + ms).toISOString();

const step = (ms: number, trigger = 'any'): Step => ({
  status: 'processing',
  timestamp: at(ms),
  trigger,
  actor: { kind: 'system', userId: null },
  notes: null,
});

const effect = (id: string, ms: number, fields: Partial<Effect> = {}): Effect => ({
  id,
  createdAt: at(ms),
  action: 'notify_warehouse',
  state: 'done',
  compensation: false,
  compensatesId: null,
  fulfillmentId: null,
  attempts: 1,
  dueAt: null,
  startedAt: null,
  finishedAt: null,
  result: null,
  error: null,
  reason: null,
  canRetry: false,
  canSkip: false,
  ...fields,
});

type Parts = Parameters<typeof timelineEntries>[0];
const order = (parts: Partial<Parts>): Parts => ({
  statusHistory: [],
  effects: [],
  stockHolds: [],
  pickLists: [],
  fulfillments: null,
  documents: [],
  ...parts,
});

const keys = (entries: readonly Entry[]) => entries.map(({ key }) => key);

describe('the timeline of an order', () => {
  const hold = (id: string, ms: number): TimelineOrder['stockHolds'][number] => ({
    id,
    createdAt: at(ms),
    orderLineId: '1',
    quantity: 1,
    expiresAt: at(ms),
    state: 'active',
    endedAt: null,
  });

  it('has everything in the order of its time', () => {
    const entries = timelineEntries(
      order({
        statusHistory: [step(0), step(60_000)],
        effects: [effect('1', 30_000), effect('2', 90_000)],
        stockHolds: [hold('1', 20_000)],
      }),
    );
    expect(keys(entries)).toEqual(['step-0', 'hold-1', 'effect-1', 'step-1', 'effect-2']);
  });

  it('puts what a step brings about behind the step, though it bears the time before it', () => {
    const entries = timelineEntries(
      order({ statusHistory: [step(0), step(5_000)], effects: [effect('1', 4_990)] }),
    );
    expect(keys(entries)).toEqual(['step-0', 'step-1', 'effect-1']);
  });

  it('lists what takes an effect back with the effect', () => {
    const back = effect('2', 50_000, { compensation: true, compensatesId: '1' });
    const entries = timelineEntries(order({ effects: [effect('1', 0), back] }));
    expect(entries).toMatchObject([{ key: 'effect-1', takenBackBy: { id: '2' } }]);
  });

  it('loses nothing: also not what takes back an effect that is not in the list', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(100_000), fc.option(fc.nat(9), { nil: null }))),
        fc.array(fc.nat(100_000)),
        (effects, steps) => {
          const listed = effects.map(([ms, of], index) =>
            effect(String(index), ms, { compensatesId: of === null || of >= index ? null : `gone-${of}` }),
          );
          const all = order({
            effects: listed,
            statusHistory: [...steps].sort((a, b) => a - b).map(ms => step(ms)),
          });
          const entries = timelineEntries(all);
          expect(entries).toHaveLength(listed.length + steps.length);
          expect(new Set(keys(entries)).size).toBe(entries.length);
          const times = entries.filter(({ kind }) => kind === 'step').map(entry => entry.at);
          expect(times).toEqual([...times].sort());
        },
      ),
    );
  });

  it('shows what is chosen, the newest first or last', () => {
    const entries = timelineEntries(
      order({
        statusHistory: [step(0)],
        effects: [effect('1', 2_000, { canRetry: true }), effect('2', 3_000)],
        stockHolds: [hold('1', 4_000)],
      }),
    );
    const shown = (choice: Parameters<typeof entriesShown>[1]['shown'], newestFirst = false) =>
      keys(entriesShown(entries, { shown: choice, newestFirst }));
    expect(shown('all', true)).toEqual(['hold-1', 'effect-2', 'effect-1', 'step-0']);
    expect(shown('attention')).toEqual(['effect-1']);
    expect(shown('steps')).toEqual(['step-0']);
    expect(shown('effects')).toEqual(['effect-1', 'effect-2']);
    expect(shown('stock')).toEqual(['hold-1']);
    expect(shown('parcels')).toEqual([]);
    // The list itself is not turned round.
    expect(keys(entries)[0]).toBe('step-0');
  });

  it('wants a decision also for what could not be taken back', () => {
    const back = effect('2', 1, { compensatesId: '1', canRetry: true });
    const [entry] = timelineEntries(order({ effects: [effect('1', 0), back] }));
    expect(entry?.kind === 'effect' && needsAttention(entry)).toBe(true);
  });

  it('knows whether something is about to change', () => {
    expect(isUnderWay([effect('1', 0)])).toBe(false);
    expect(isUnderWay([effect('1', 0, { state: 'requested' })])).toBe(true);
    expect(isUnderWay([effect('1', 0, { state: 'waiting' })])).toBe(true);
    expect(isUnderWay([effect('1', 0, { state: 'waiting', dueAt: at(1) })])).toBe(false);
  });
});
