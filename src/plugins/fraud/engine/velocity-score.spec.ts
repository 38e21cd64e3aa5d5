import type { WindowCounts } from '../types';
import { entityHistory, historyOf } from './scoring.fixture';
import { velocityScore } from './velocity-score';

const scoreOf = (day: Partial<WindowCounts>, sixHours: Partial<WindowCounts> = {}) =>
  velocityScore(historyOf({ customer: entityHistory({ '24h': day, '6h': sixHours }) })).score;

describe('velocityScore', () => {
  it.each([
    [{ attempts: 5 }, 0],
    [{ attempts: 6 }, 15],
    [{ attempts: 10 }, 15],
    [{ attempts: 11 }, 30],
    [{ amount: 5_000 }, 0],
    [{ amount: 5_000.01 }, 25],
    [{ attempts: 6, amount: 6_000 }, 40],
  ])('gives for %j in 24 hours %d points', (day, points) => {
    expect(scoreOf(day)).toBe(points);
  });

  it.each([
    [3, 0],
    [4, 40],
  ])('gives for %d failures in 6 hours %d points', (failures, points) => {
    expect(scoreOf({}, { failures })).toBe(points);
  });

  it('adds all of them up', () => {
    expect(scoreOf({ attempts: 11, amount: 9_000 }, { failures: 4 })).toBe(95);
  });

  it('counts failures of 6 hours only, and attempts of 24 hours only', () => {
    const customer = entityHistory({ '24h': { failures: 9 }, '7d': { attempts: 50, amount: 90_000 } });
    expect(velocityScore(historyOf({ customer })).score).toBe(0);
  });

  it('is of the customer, else of the e-mail address, else of the card', () => {
    const busy = entityHistory({ '24h': { attempts: 11 } });
    const quiet = entityHistory();
    expect(velocityScore(historyOf({ customer: quiet, email: busy, card: busy })).score).toBe(0);
    expect(velocityScore(historyOf({ email: busy, card: quiet })).score).toBe(30);
    expect(velocityScore(historyOf({ card: busy, ip: quiet })).score).toBe(30);
    expect(velocityScore(historyOf({ card: busy })).reasons[0]?.facts).toEqual({
      payer: 'card',
      count: 11,
      limit: 10,
    });
  });

  it('is missing where nobody knows who pays', () => {
    const { score, missing } = velocityScore(historyOf({ ip: entityHistory({ '24h': { attempts: 99 } }) }));
    expect(score).toBeNull();
    expect(missing).toBe('no payer known');
  });
});
