import fc from 'fast-check';
import { isExhausted, retryCeiling, retryDelay } from './retry-delay';

const policy = fc.record({
  attempts: fc.integer({ min: 1, max: 50 }),
  baseMs: fc.integer({ min: 1, max: 60_000 }),
  maxMs: fc.integer({ min: 1, max: 3_600_000 }),
});
const attempt = fc.integer({ min: 1, max: 2_000 });
const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

describe('retryDelay', () => {
  it('doubles its ceiling up to the longest wait', () => {
    const example = { attempts: 10, baseMs: 1_000, maxMs: 10_000 };
    expect([1, 2, 3, 4, 5, 6].map(n => retryCeiling(example, n))).toEqual([
      1_000, 2_000, 4_000, 8_000, 10_000, 10_000,
    ]);
    expect(retryDelay(example, 3, 0.5)).toBe(2_000);
  });

  it('stays between zero and the ceiling, however many attempts', () => {
    fc.assert(
      fc.property(policy, attempt, random, (p, n, r) => {
        const delay = retryDelay(p, n, r);
        expect(Number.isInteger(delay)).toBe(true);
        expect(delay).toBeGreaterThanOrEqual(0);
        expect(delay).toBeLessThanOrEqual(p.maxMs);
        expect(delay).toBeLessThanOrEqual(retryCeiling(p, n));
      }),
    );
  });

  it('never lowers its ceiling', () => {
    fc.assert(
      fc.property(policy, attempt, (p, n) => {
        expect(retryCeiling(p, n + 1)).toBeGreaterThanOrEqual(retryCeiling(p, n));
      }),
    );
  });

  it('spreads over the whole range', () => {
    fc.assert(
      fc.property(policy, attempt, random, random, (p, n, a, b) => {
        fc.pre(a < b);
        expect(retryDelay(p, n, a)).toBeLessThanOrEqual(retryDelay(p, n, b));
      }),
    );
  });

  it('ends after the policy’s attempts', () => {
    const three = { attempts: 3, baseMs: 1, maxMs: 1 };
    expect([1, 2, 3, 4].map(n => isExhausted(three, n))).toEqual([false, false, true, true]);
  });
});
