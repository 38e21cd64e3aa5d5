import * as fc from 'fast-check';
import { laterPages, searchWords } from './catalogue';

describe('laterPages', () => {
  it('takes every page of a small catalogue', () => {
    expect(laterPages(40)).toEqual([]);
    expect(laterPages(100)).toEqual([]);
    expect(laterPages(250)).toEqual([100, 200]);
  });

  it('spreads ten pages over a large one', () => {
    expect(laterPages(10_000)).toEqual([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000, 9000]);
  });

  it('never overlaps, and begins no page after the end', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), total => {
        const starts = [0, ...laterPages(total)];
        expect(starts.length).toBeLessThanOrEqual(10);
        for (let i = 1; i < starts.length; i++) {
          expect(starts[i]! - starts[i - 1]!).toBeGreaterThanOrEqual(100);
          expect(starts[i]!).toBeLessThan(total);
        }
      }),
    );
  });
});

describe('searchWords', () => {
  it('leaves out numbers and short words', () => {
    expect(searchWords('Für Elise 13 inch Laptop')).toEqual(['Elise', 'inch', 'Laptop']);
  });

  it('takes the whole name when it has none', () => {
    expect(searchWords('4K TV')).toEqual(['4K TV']);
  });
});
