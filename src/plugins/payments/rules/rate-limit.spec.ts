import fc from 'fast-check';
import { RateLimiter } from './rate-limit';

describe('the rate limit', () => {
  it('never allows more than the burst and what has filled up since, and never less', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.integer({ min: 0, max: 2_000 }), { minLength: 1, maxLength: 200 }),
        (burst, perSecond, pauses) => {
          const limiter = new RateLimiter({ burst, perSecond, senders: 10 });
          let now = 0;
          let allowed = 0;
          for (const pause of pauses) {
            now += pause;
            if (limiter.allows('a', now)) allowed += 1;
          }
          expect(allowed).toBeLessThanOrEqual(burst + Math.ceil((now / 1000) * perSecond));
          expect(allowed).toBeGreaterThanOrEqual(Math.min(burst, pauses.length));
        },
      ),
    );
  });

  it('lets senders alone who send little', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 1, senders: 10 });
    expect([limiter.allows('a', 0), limiter.allows('a', 0), limiter.allows('b', 0)]).toEqual([
      true,
      false,
      true,
    ]);
    expect(limiter.allows('a', 1_000)).toBe(true);
  });

  it('remembers no more senders than it may, those who came last', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 0.001, senders: 2 });
    for (const sender of ['a', 'b', 'a', 'c']) limiter.allows(sender, 0);
    expect(limiter.allows('a', 0)).toBe(false);
    expect(limiter.allows('b', 0)).toBe(true);
  });

  it('is not confused by a clock that goes back', () => {
    const limiter = new RateLimiter({ burst: 1, perSecond: 1, senders: 2 });
    limiter.allows('a', 5_000);
    expect(limiter.allows('a', 0)).toBe(false);
  });
});
