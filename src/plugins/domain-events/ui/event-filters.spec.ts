import * as fc from 'fast-check';
import {
  NO_FILTER,
  PAGE_SIZE,
  deliveryOptions,
  eventOptions,
  replayInput,
  replayProblem,
  toInstant,
  toLocalInput,
  type ReplayForm,
} from './event-filters';

const TEN = '2026-03-01T10:00:00';
const ELEVEN = '2026-03-01T11:00:00';

describe('times', () => {
  it('are instants of the local time, or nothing', () => {
    expect(toInstant(TEN)).toBe(new Date(2026, 2, 1, 10).toISOString());
    expect(toInstant('')).toBeUndefined();
    expect(toInstant('2026-13-45T99:00')).toBeUndefined();
  });

  it('come back as they were, to the second', () => {
    const seconds = fc.integer({ min: 0, max: 4_000_000_000 });
    fc.assert(
      fc.property(seconds, time => {
        const date = new Date(time * 1000);
        // An hour that a clock change repeats has one local name for two instants.
        expect(toLocalInput(new Date(toInstant(toLocalInput(date)) as string))).toBe(toLocalInput(date));
      }),
    );
  });
});

describe('eventOptions', () => {
  it('asks for everything when nothing is filled in', () => {
    expect(eventOptions(NO_FILTER, 50)).toEqual({ skip: 50, take: PAGE_SIZE, filter: {} });
  });

  it('asks for what is filled in, without the blanks around it', () => {
    const filter = { ...NO_FILTER, eventType: ' OrderPlaced ', aggregateType: 'Order', aggregateId: '12' };
    expect(eventOptions(filter, 0).filter).toEqual({
      eventType: { eq: 'OrderPlaced' },
      aggregateType: { eq: 'Order' },
      aggregateId: { eq: '12' },
    });
  });

  it('takes a time range that is open at either end', () => {
    const start = toInstant(TEN);
    const end = toInstant(ELEVEN);
    const filterOf = (from: string, to: string) => eventOptions({ ...NO_FILTER, from, to }, 0).filter;
    expect(filterOf(TEN, '')).toEqual({ timestamp: { after: start } });
    expect(filterOf('', ELEVEN)).toEqual({ timestamp: { before: end } });
    expect(filterOf(TEN, ELEVEN)).toEqual({ timestamp: { between: { start, end } } });
  });
});

it('deliveryOptions asks for a handler and a state, or for all', () => {
  expect(deliveryOptions({ handler: '', state: '' }, 0).filter).toEqual({});
  expect(deliveryOptions({ handler: 'a.b', state: 'dead' }, 0).filter).toEqual({
    handler: { eq: 'a.b' },
    state: { eq: 'dead' },
  });
});

describe('a replay', () => {
  const form: ReplayForm = {
    from: TEN,
    to: ELEVEN,
    eventTypes: ['OrderPlaced'],
    aggregateType: '',
    aggregateId: '',
  };

  it.each([
    [{}, undefined],
    [{ from: '' }, /both times/],
    [{ to: TEN }, /before the second/],
    [{ eventTypes: [] }, /at least one type/],
    [{ aggregateId: '12' }, /fill in “About”/],
    [{ aggregateId: '12', aggregateType: 'Order' }, undefined],
  ])('with %j is asked for, or the problem is told', (change, problem) => {
    const found = replayProblem({ ...form, ...change });
    if (problem === undefined) expect(found).toBeUndefined();
    else expect(found).toMatch(problem);
  });

  it('leaves out what is not filled in', () => {
    expect(replayInput('a.b', form)).toEqual({
      handler: 'a.b',
      from: toInstant(TEN),
      to: toInstant(ELEVEN),
      eventTypes: ['OrderPlaced'],
      aggregateType: undefined,
      aggregateId: undefined,
    });
  });
});
