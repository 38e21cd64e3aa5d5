import fc from 'fast-check';
import { labelled, runsOf, scale, ticks } from './chart-scale';

describe('the lines behind a chart', () => {
  it.each([
    [0, 97, [0, 20, 40, 60, 80, 100]],
    [-30, 97, [-50, 0, 50, 100]],
    [0, 1_250_000, [0, 500_000, 1_000_000, 1_500_000]],
    [-5, 0, [-5, -4, -3, -2, -1, 0]],
    [0, 0, [0]],
  ])('from %d to %d are %j', (least, greatest, expected) => {
    expect(ticks(least, greatest)).toEqual(expected);
  });

  it('hold every value, and zero, and are few', () => {
    const amount = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const marks = ticks(Math.min(a, b), Math.max(a, b));
        expect(marks).toContain(0);
        expect(Math.min(...marks)).toBeLessThanOrEqual(Math.min(a, b, 0));
        expect(Math.max(...marks)).toBeGreaterThanOrEqual(Math.max(a, b, 0));
        expect(marks.length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

it('puts the last line at the top and the first one at the bottom', () => {
  const y = scale([-50, 0, 50, 100], 300);
  expect([y(100), y(0), y(-50), y(25)]).toEqual([0, 200, 300, 150]);
  expect(scale([0], 300)(0)).toBe(300);
});

it('shows as many labels as there is room for', () => {
  const shown = (count: number, width: number) =>
    Array.from({ length: count }, (_, index) => index).filter(labelled(count, width, 60));
  expect(shown(5, 600)).toEqual([0, 1, 2, 3, 4]);
  expect(shown(30, 600)).toEqual([0, 3, 6, 9, 12, 15, 18, 21, 24, 27]);
  expect(shown(3, 20)).toEqual([0]);
});

it('breaks a line where nothing is known', () => {
  expect(runsOf([null, 1, 2, null, null, 3])).toEqual([
    [
      { at: 1, value: 1 },
      { at: 2, value: 2 },
    ],
    [{ at: 5, value: 3 }],
  ]);
  expect(runsOf([null])).toEqual([]);
});
