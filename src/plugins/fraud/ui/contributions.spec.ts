import fc from 'fast-check';
import { barsOf } from './contributions';
import type { Contribution } from './review.query';

const contribution = (part: string, score: number, code = 'rule:a'): Contribution => ({
  part,
  code,
  name: null,
  score,
  facts: null,
});

describe('bars of contributions', () => {
  it('follow each other and end at the score', () => {
    const { bars, sum, exact } = barsOf(
      [contribution('velocity', 40.5), contribution('rules', 9.25), contribution('device', 0.25)],
      50,
    );
    expect(bars.map(({ from, width }) => [from, width])).toEqual([
      [0, 0.405],
      [0.405, 0.0925],
      [0.4975, 0.0025],
    ]);
    expect({ sum, exact }).toEqual({ sum: 50, exact: true });
  });

  it('say when they do not add up', () => {
    expect(barsOf([contribution('rules', 10)], 10.0001)).toMatchObject({ sum: 10, exact: false });
    expect(barsOf([], 0)).toEqual({ bars: [], sum: 0, exact: true });
  });

  it('add up exactly, however small the parts are', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 30 }), units => {
        const whole = units.reduce((total, each) => total + each, 0);
        const { exact, bars } = barsOf(
          units.map(each => contribution('model', each / 10_000)),
          whole / 10_000,
        );
        expect(exact).toBe(true);
        bars.forEach((bar, index) => {
          const before = bars[index - 1];
          expect(bar.from).toBeCloseTo(before === undefined ? 0 : before.from + before.width, 10);
        });
      }),
    );
  });
});
