import * as fc from 'fast-check';
import {
  DELIVERY_STATES,
  about,
  attempts,
  canReplay,
  count,
  deliveryState,
  dryRunState,
  estimateText,
  handlerKind,
  health,
  outcome,
  span,
} from './event-text';

describe('the texts of the Events page', () => {
  it('has a word of its own for every state, so that no colour has to be told', () => {
    const words = DELIVERY_STATES.map(state => deliveryState(state).text);
    expect(new Set(words).size).toBe(7);
    expect(deliveryState('dead')).toEqual({ tone: 'error', text: 'Dead letter' });
  });

  it.each([
    [0.4, 'less than a second'],
    [1, '1 second'],
    [89, '89 seconds'],
    [90, '2 minutes'],
    [60 * 89, '89 minutes'],
    [60 * 90, '2 hours'],
    [3600 * 30, '30 hours'],
    [86_400 * 3, '3 days'],
  ])('writes %d s as %s', (seconds, text) => {
    expect(span(seconds)).toBe(text);
  });

  it('writes every span of a second or more with a number that is not 0', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e9, noNaN: true }), seconds => {
        expect(span(seconds)).toMatch(/^[1-9]/);
      }),
    );
  });

  it('counts in words', () => {
    expect([0, 1, 2].map(number => count(number, 'event'))).toEqual(['0 events', '1 event', '2 events']);
  });

  it('tells what something is about, and how often it was tried', () => {
    expect(about({ aggregateType: 'Order', aggregateId: '12' })).toBe('Order 12');
    expect(attempts({ attempts: 3, crashes: 0 })).toBe('3');
    expect(attempts({ attempts: 3, crashes: 1 })).toBe('3 (1 killed the worker)');
    expect(handlerKind({ kind: 'database', strict: true })).toBe('Database, strict');
    expect(handlerKind({ kind: 'effect', strict: false })).toBe('Effect outside');
  });

  describe('health', () => {
    const handler = (backlog: number, lagSeconds: number, deadLetters: number, name = 'a.b') => ({
      name,
      backlog,
      lagSeconds,
      deadLetters,
    });

    it('is good when nothing waits, also without any handler', () => {
      expect(health([])).toEqual([{ tone: 'success', text: 'Nothing waits' }]);
      expect(health([handler(0, 0, 0)])).toHaveLength(1);
    });

    it('sums the backlogs and takes the oldest', () => {
      expect(health([handler(2, 3, 0), handler(1, 12, 0)])).toEqual([
        { tone: 'neutral', text: '3 under way, the oldest for 12 seconds' },
      ]);
      expect(health([handler(1, 61, 0)])[0]?.tone).toBe('warning');
    });

    it('says whose the dead letters are, the most first', () => {
      const dead = [1, 5, 0, 2].map((deadLetters, index) => handler(0, 0, deadLetters, `h.${index}`));
      expect(health(dead)[1]).toEqual({ tone: 'error', text: '8 dead letters: h.1 5, h.3 2, h.0 1' });
      expect(health([...dead, handler(0, 0, 1, 'h.4')])[1]?.text).toMatch(/, 1 more$/);
    });
  });

  it('says how a dry run ended', () => {
    const run = { wouldRun: true, rehearsed: false, failure: null };
    expect(dryRunState(run).text).toBe('Would run');
    expect(dryRunState({ ...run, wouldRun: false }).text).toBe('Would not run');
    expect(dryRunState({ ...run, rehearsed: true }).text).toBe('Rehearsal went through');
    expect(dryRunState({ ...run, rehearsed: true, failure: 'x' })).toEqual({
      tone: 'error',
      text: 'Rehearsal failed',
    });
  });

  it('says what was done and what was refused', () => {
    const ids = (number: number) => Array.from({ length: number }, (_, id) => ({ id: String(id) }));
    expect(outcome('retried', { changed: ids(1), refused: [] })).toEqual({
      tone: 'success',
      text: '1 delivery retried',
    });
    const refused = [{ id: '9', code: 'NOT_DEAD', message: 'no' }];
    expect(outcome('discarded', { changed: ids(2), refused })).toEqual({
      tone: 'warning',
      text: '2 deliveries discarded, 1 refused',
    });
  });

  it('explains an estimate, and offers no replay of nothing or of too much', () => {
    const limit = 100;
    expect(estimateText({ events: 5, again: 2, first: 2, limit })).toBe(
      '5 events: 2 for a second time, 2 for the first time, 1 left as they are, because they are not finished.',
    );
    expect(estimateText({ events: 0, again: 0, first: 0, limit })).toBe('No events match.');
    expect(estimateText({ events: 101, again: 101, first: 0, limit })).toContain('More than 100 events');
    expect(canReplay({ events: 5, again: 2, first: 2, limit })).toBe(true);
    expect(canReplay({ events: 101, again: 101, first: 0, limit })).toBe(false);
    expect(canReplay({ events: 1, again: 0, first: 0, limit })).toBe(false);
  });
});
