import fc from 'fast-check';
import { RETRY_BACKOFF, delayBeforeRetry } from './backoff';

const randomness = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('the delay before a retry', () => {
  it('doubles from one second to five minutes', () => {
    const longest = (tries: number) => delayBeforeRetry(tries, () => 1);
    expect([1, 2, 3, 4].map(longest)).toEqual([1_000, 2_000, 4_000, 8_000]);
    expect(longest(9)).toBe(256_000);
    expect(longest(10)).toBe(300_000);
  });

  it('is spread over its upper half', () => {
    expect(delayBeforeRetry(3, () => 0)).toBe(2_000);
    expect(delayBeforeRetry(3, () => 0.5)).toBe(3_000);
  });

  it('is never below half of its base nor above its cap, whatever the count of tries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -5, max: 10_000 }), randomness, (tries, random) => {
        const delay = delayBeforeRetry(tries, () => random);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(RETRY_BACKOFF.baseMs / 2);
        expect(delay).toBeLessThanOrEqual(RETRY_BACKOFF.capMs);
      }),
    );
  });

  it('never shrinks from one try to the next', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), randomness, randomness, (tries, first, second) => {
        // The upper half of one delay ends where that of the next begins, until the cap cuts the next one.
        expect(delayBeforeRetry(tries + 1, () => second)).toBeGreaterThanOrEqual(
          delayBeforeRetry(tries, () => (tries < 9 ? first : Math.min(first, second))),
        );
      }),
    );
  });
});
