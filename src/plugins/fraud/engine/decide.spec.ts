import type { Override, Recommendation } from '../types';
import { failLimit, toldAfter, toldBefore, withFailures } from './decide';

const score = (recommendation: Recommendation, kind?: Override['kind']) => ({
  recommendation,
  override: kind === undefined ? null : { kind, source: 'x' },
});
const limits = { failOpenBelow: 100, failClosed: 'block' as const };

describe('what payments are told before an authorization', () => {
  it.each([
    ['approve', false, 'allow'],
    ['review', false, 'review'],
    ['review', true, 'challenge'],
    ['decline', true, 'block'],
  ] as const)('%s, with 3-D Secure for medium risks %s: %s', (recommendation, challengeMediumRisk, told) => {
    expect(toldBefore(score(recommendation), { challengeMediumRisk })).toBe(told);
  });

  it('leaves what a rule wants reviewed to people', () => {
    expect(toldBefore(score('review', 'review_rule'), { challengeMediumRisk: true })).toBe('review');
  });
});

describe('what payments are told after it', () => {
  const after = (
    found: ReturnType<typeof score>,
    before?: Parameters<typeof toldAfter>[1]['before'],
    threeDSecure: string | null = null,
  ) => toldAfter(found, { before, threeDSecure });

  it('is the more careful of both looks', () => {
    expect(after(score('approve'), 'allow')).toBe('allow');
    expect(after(score('approve'))).toBe('allow');
    expect(after(score('approve'), 'review')).toBe('review');
    expect(after(score('review'), 'allow')).toBe('review');
    expect(after(score('decline'), 'allow')).toBe('block');
  });

  it('lets through whoever passed 3-D Secure for a medium risk, and nobody else', () => {
    expect(after(score('review'), 'challenge', 'authenticated')).toBe('allow');
    expect(after(score('approve'), 'challenge', 'attempted')).toBe('review');
    expect(after(score('review'), 'review', 'authenticated')).toBe('review');
    expect(after(score('review', 'review_rule'), 'challenge', 'authenticated')).toBe('review');
    expect(after(score('decline'), 'challenge', 'authenticated')).toBe('block');
  });

  it('follows a list that allows the card', () => {
    expect(after(score('approve', 'allow_list'), 'review')).toBe('allow');
  });
});

describe('where parts have failed', () => {
  it('the others decide below the limit, and staff from it on', () => {
    expect(withFailures('allow', ['velocity'], 99.99, limits)).toBe('allow');
    expect(withFailures('allow', ['velocity'], 100, limits)).toBe('review');
    expect(withFailures('challenge', ['velocity'], null, limits)).toBe('review');
    expect(withFailures('block', ['velocity'], 500, limits)).toBe('block');
    expect(withFailures('allow', [], 500, limits)).toBe('allow');
  });

  it('and nothing could be scored, the amount decides', () => {
    expect(failLimit(99.99, limits)).toBe('allow');
    expect(failLimit(100, limits)).toBe('block');
    expect(failLimit(100, { ...limits, failClosed: 'review' })).toBe('review');
    expect(failLimit(null, limits)).toBe('block');
  });
});
