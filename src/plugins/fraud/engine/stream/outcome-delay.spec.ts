import { delayToAssume, type KnownOutcome } from './outcome-delay';

const DAY = 86_400_000;
const days = (count: number, knownAt: (at: number) => number): KnownOutcome[] =>
  Array.from({ length: count * 10 }, (_, index) => ({
    at: (index * DAY) / 10,
    knownAt: knownAt(index / 10) * DAY,
  }));

describe('the delay to assume of outcomes', () => {
  it('is none where they came in good time, or not at all', () => {
    expect(delayToAssume([])).toBeNull();
    expect(delayToAssume(days(60, at => at + 7))).toBeNull();
  });

  it('is that of the quickest where all came at once, a week at least', () => {
    expect((delayToAssume(days(80, () => 80)) ?? 0) / DAY).toBeCloseTo(7, 0);
    expect((delayToAssume(days(80, () => 90)) ?? 0) / DAY).toBeCloseTo(14, 0);
  });

  it('leaves enough of a short time to learn from', () => {
    expect((delayToAssume(days(8, () => 15)) ?? 0) / DAY).toBeCloseTo(2, 0);
    expect((delayToAssume(days(8, () => 8)) ?? 0) / DAY).toBeCloseTo(1, 0);
  });
});
