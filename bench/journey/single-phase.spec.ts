import * as fc from 'fast-check';
import { walk } from './single-phase';

describe('walk', () => {
  it('visits every index once before any again, wherever it begins', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.nat(1000), (size, seed) => {
        const visited = new Set(Array.from({ length: size }, (_, i) => walk(size, seed, i)));
        expect(visited.size).toBe(size);
        expect(Math.max(...visited)).toBe(size - 1);
      }),
    );
  });

  it('takes the same way for the same seed', () => {
    expect([0, 1, 2, 3].map(i => walk(10, 1, i))).toEqual([1, 8, 5, 2]);
  });
});
