import * as fc from 'fast-check';
import { median, percentile, timesBetter } from './stats';

const samples = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 200 });

describe('percentile', () => {
  it('gives known values', () => {
    expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
    expect(percentile([10], 0.99)).toBe(10);
    expect(percentile([0, 100], 0.95)).toBe(95);
    expect(median([3, 1, 2])).toBe(2);
  });

  it('lies between the least and the greatest, rises with the share and ignores the order', () => {
    fc.assert(
      fc.property(
        samples,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (values, a, b) => {
          const [low, high] = a <= b ? [a, b] : [b, a];
          const at = percentile(values, low);
          expect(at).toBeGreaterThanOrEqual(Math.min(...values));
          expect(percentile(values, high)).toBeLessThanOrEqual(Math.max(...values));
          expect(percentile(values, high)).toBeGreaterThanOrEqual(at - 1e-6);
          expect(percentile([...values].reverse(), low)).toBe(at);
        },
      ),
    );
  });

  it('leaves the samples as they were', () => {
    const values = [3, 1, 2];
    percentile(values, 0.5);
    expect(values).toEqual([3, 1, 2]);
  });

  it('refuses nothing and nonsense', () => {
    expect(() => percentile([], 0.5)).toThrow(RangeError);
    expect(() => percentile([1], 1.5)).toThrow(RangeError);
    expect(() => percentile([1], NaN)).toThrow(RangeError);
  });
});

describe('timesBetter', () => {
  it('is above 1 when Tradewind is better, either way', () => {
    expect(timesBetter(10, 20, 'more')).toBe(2);
    expect(timesBetter(10, 20, 'less')).toBe(0.5);
    expect(timesBetter(20, 10, 'less')).toBe(2);
  });

  it('is unknown when a figure is zero', () => {
    expect(timesBetter(0, 5, 'less')).toBeUndefined();
    expect(timesBetter(5, 0, 'less')).toBeUndefined();
    expect(timesBetter(0, 5, 'more')).toBeUndefined();
  });
});
