import type { KnownOutcomes, Signals } from '../types';
import { deviceScore } from './device-score';
import { reputationOf } from './reputation';
import { entityHistory, historyOf } from './scoring.fixture';

const device = (all: KnownOutcomes) => ({
  device: entityHistory({}, { outcomes: { '7d': all, '30d': all, all } }),
});
const scoreOf = (signals: Signals, known?: boolean, outcomes: KnownOutcomes = { good: 1, bad: 0 }) =>
  deviceScore(signals, {
    ...historyOf(known === undefined ? {} : device(outcomes)),
    ...(known === undefined ? {} : { deviceKnown: known }),
  });

describe('deviceScore', () => {
  it.each([
    ['a known device', {}, true, { good: 1, bad: 0 }, 0],
    ['an unknown one', {}, false, { good: 0, bad: 0 }, 20],
    ['a bad reputation', {}, true, { good: 1, bad: 1 }, 50],
    ['a suspicious one', {}, true, { good: 9, bad: 1 }, 25],
    ['spoofing', { 'device.spoofed': true }, true, { good: 1, bad: 0 }, 30],
    ['1000 km to the billing address', { 'ip.billingDistanceKm': 1_000 }, true, { good: 1, bad: 0 }, 0],
    ['more than that', { 'ip.billingDistanceKm': 1_000.1 }, true, { good: 1, bad: 0 }, 15],
  ] as const)('gives for %s its points', (_name, signals, known, outcomes, points) => {
    expect(scoreOf(signals, known, outcomes).score).toBe(points);
  });

  it('is at most 100', () => {
    const all = { 'device.spoofed': true, 'ip.billingDistanceKm': 9_000 };
    const result = scoreOf(all, false, { good: 0, bad: 5 });
    expect(result.reasons.reduce((sum, { points }) => sum + points, 0)).toBe(115);
    expect(result.score).toBe(100);
  });

  it('does not take a device that was not sent for an unknown one', () => {
    expect(scoreOf({ 'ip.billingDistanceKm': 2_000 }).reasons.map(({ code }) => code)).toEqual([
      'device.far_from_billing',
    ]);
    expect(scoreOf({})).toEqual({
      part: 'device',
      score: null,
      reasons: [],
      missing: 'nothing known of the device',
    });
  });
});

describe('reputationOf', () => {
  it.each([
    [0, 0, 'unknown'],
    [1, 0, 'good'],
    [0, 1, 'bad'],
    [1, 1, 'bad'],
    [2, 1, 'suspicious'],
    [19, 1, 'suspicious'],
    [20, 1, 'good'],
    [38, 2, 'suspicious'],
  ] as const)('of %d good ones and %d frauds is %s', (good, bad, reputation) => {
    expect(reputationOf({ good, bad })).toBe(reputation);
  });
});
