import * as fc from 'fast-check';
import { reducedPrice, tidyPrice } from './prices';

const amount = fc.double({ min: 0, max: 1_000_000, noNaN: true });

describe('tidyPrice', () => {
  it.each([
    [0, 199],
    [1_234, 1_239],
    [2_000, 1_990],
    [2_490, 2_490],
    [5_555, 5_590],
    [10_000, 9_900],
    [54_900, 54_900],
    [94_321, 93_900],
    [123_456, 124_900],
  ])('%d becomes %d', (given, expected) => expect(tidyPrice(given)).toBe(expected));

  it('stays close to the amount, whole, and does not change what is tidy', () => {
    fc.assert(
      fc.property(amount, value => {
        const tidy = tidyPrice(value);
        expect(Number.isInteger(tidy)).toBe(true);
        expect(tidyPrice(tidy)).toBe(tidy);
        if (value > 500) expect(Math.abs(tidy - value) / value).toBeLessThan(0.06);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('reducedPrice', () => {
  it('is below the list price whenever it names one', () => {
    fc.assert(
      fc.property(amount, fc.double({ min: 0, max: 0.9, noNaN: true }), (value, reduction) => {
        const listPrice = tidyPrice(value);
        const result = reducedPrice(listPrice, reduction);
        if (result.listPrice === undefined) expect(result.price).toBe(listPrice);
        else expect(result.price).toBeLessThan(result.listPrice);
      }),
    );
  });
});
