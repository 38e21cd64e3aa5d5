import * as fc from 'fast-check';
import { Random } from './random';

const draw = (random: Random, count: number) => Array.from({ length: count }, () => random.float());

describe('Random', () => {
  it('gives the same numbers for the same seed, and others for another', () => {
    expect(draw(Random.of(1), 50)).toEqual(draw(Random.of(1), 50));
    expect(draw(Random.of('1'), 50)).toEqual(draw(Random.of(1), 50));
    expect(draw(Random.of(1), 50)).not.toEqual(draw(Random.of(2), 50));
  });

  it('gives pinned numbers, so that a change of the generator cannot go unnoticed', () => {
    const random = Random.of(1);
    expect([random.int(0, 999_999), random.int(0, 999_999), random.int(0, 999_999)]).toEqual([
      855_039, 874_628, 59415,
    ]);
  });

  it('forks by name alone, whatever was drawn before', () => {
    const fresh = Random.of(7);
    const used = Random.of(7);
    draw(used, 1000);
    expect(draw(used.fork('customers', 3), 20)).toEqual(draw(fresh.fork('customers', 3), 20));
    expect(draw(fresh.fork('customers', 3), 20)).not.toEqual(draw(fresh.fork('customers', 4), 20));
  });

  it('spreads evenly, also across neighbouring streams', () => {
    const root = Random.of(3);
    const firsts = Array.from({ length: 20_000 }, (_, i) => root.fork('item', i).float());
    const mean = firsts.reduce((sum, value) => sum + value, 0) / firsts.length;
    expect(mean).toBeGreaterThan(0.49);
    expect(mean).toBeLessThan(0.51);
    const deciles = new Array<number>(10).fill(0);
    for (const value of firsts) deciles[Math.floor(value * 10)]! += 1;
    for (const count of deciles) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  it('keeps whole numbers within their bounds and reaches both', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: -50, max: 50 }), fc.nat(20), (seed, min, span) => {
        const random = Random.of(seed);
        for (let i = 0; i < 20; i++) {
          const value = random.int(min, min + span);
          expect(Number.isInteger(value) && value >= min && value <= min + span).toBe(true);
        }
      }),
    );
    const dice = Random.of('dice');
    expect(new Set(Array.from({ length: 200 }, () => dice.int(1, 6))).size).toBe(6);
  });

  it('samples different items', () => {
    fc.assert(
      fc.property(fc.integer(), fc.uniqueArray(fc.integer()), fc.nat(20), (seed, items, count) => {
        const sample = Random.of(seed).sample(items, count);
        expect(new Set(sample).size).toBe(Math.min(count, items.length));
        expect(sample.every(item => items.includes(item))).toBe(true);
      }),
    );
  });

  it('never picks a weight of zero', () => {
    const random = Random.of(5);
    for (let i = 0; i < 500; i++) expect([1, 3]).toContain(random.weighted([0, 1, 0, 2, 0]));
  });

  it('draws normal numbers with mean 0 and deviation 1', () => {
    const random = Random.of(9);
    const values = Array.from({ length: 20_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(variance - 1)).toBeLessThan(0.05);
  });
});
