import * as fc from 'fast-check';
import { PARTS, type Part, type Reason, type WeighedPart } from '../types';
import { bandOf, combine, dealOut, isAboveCeiling } from './combine';

const weighed = (part: Part, score: number | null, weight = 1, reasons: Reason[] = []): WeighedPart => ({
  part,
  score,
  reasons,
  weight,
});

const anyReason = fc.record({
  code: fc.string(),
  points: fc.double({ min: -100, max: 100, noNaN: true }),
  facts: fc.constant({}),
});
const anyScore = fc.option(
  fc.oneof(fc.double({ min: 0, max: 100, noNaN: true }), fc.constantFrom(0, 100, 1e-9, 99.999999)),
);
const anyParts = fc.tuple(
  ...PARTS.map(part =>
    fc
      .tuple(anyScore, fc.double({ min: 0, max: 1, noNaN: true }), fc.array(anyReason, { maxLength: 6 }))
      .map(([score, weight, reasons]) => weighed(part, score, weight, reasons)),
  ),
);

const total = (parts: readonly WeighedPart[]) =>
  combine(parts).contributions.reduce((sum, { units }) => sum + units, 0);

describe('combine', () => {
  it('has contributions that add up to the score exactly, whatever the parts say', () => {
    fc.assert(
      fc.property(anyParts, parts => {
        const { units } = combine(parts);
        expect(Number.isInteger(units)).toBe(true);
        expect(units).toBeGreaterThanOrEqual(0);
        expect(units).toBeLessThanOrEqual(1_000_000);
        expect(total(parts)).toBe(units);
      }),
      { numRuns: 2_000 },
    );
  });

  it('never falls when a part rises', () => {
    fc.assert(
      fc.property(
        anyParts,
        fc.nat({ max: PARTS.length - 1 }),
        fc.double({ min: 0, max: 100, noNaN: true }),
        (parts, index, more) => {
          const higher = parts.map((part, at) =>
            at === index ? { ...part, score: Math.min(100, (part.score ?? 0) + more) } : part,
          );
          expect(combine(higher).units).toBeGreaterThanOrEqual(combine(parts).units);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('is the score of a part that is alone', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000 }), fc.constantFrom(...PARTS), (units, part) => {
        const parts = PARTS.map(name =>
          name === part ? weighed(name, units / 10_000) : weighed(name, name === 'model' ? null : 0),
        );
        expect(combine(parts).units).toBe(units);
      }),
    );
  });

  it.each([
    [[30, 30], 510_000],
    [[10, 20, 30], 496_000],
    [[100, 50], 1_000_000],
    [[0, 0, 0], 0],
    [[null, null], 0],
  ])('makes of %j %d units', (scores, units) => {
    expect(combine(scores.map((score, index) => weighed(PARTS[index] as Part, score))).units).toBe(units);
  });

  it('counts a part by its weight', () => {
    expect(combine([weighed('rules', 40, 0.5)]).units).toBe(200_000);
    expect(combine([weighed('rules', 40, 0)]).units).toBe(0);
  });

  it("shares by the logarithm between parts, and by points between a part's reasons", () => {
    const reason = (code: string, points: number) => ({ code, points, facts: {} });
    const { units, contributions } = combine([
      weighed('rules', 30, 1, [reason('a', 10), reason('b', 20)]),
      weighed('velocity', 30, 1, [reason('c', 30)]),
    ]);
    expect(units).toBe(510_000);
    expect(contributions.map(({ code, units: share }) => [code, share])).toEqual([
      ['a', 85_000],
      ['b', 170_000],
      ['c', 255_000],
    ]);
  });

  it('gives a part that is sure nearly all of it, and the others something', () => {
    const shares = combine([weighed('rules', 100), weighed('device', 50)]).contributions;
    expect(shares.map(({ part }) => part)).toEqual(['rules', 'device']);
    expect(shares[0]?.units).toBe(952_225);
  });

  it('shows reasons that speak against fraud', () => {
    const { contributions } = combine([
      weighed('model', 40, 1, [
        { code: 'x', points: 60, facts: {} },
        { code: 'y', points: -20, facts: {} },
      ]),
    ]);
    expect(contributions.map(({ units }) => units)).toEqual([600_000, -200_000]);
  });

  it('speaks for a part without reasons', () => {
    expect(combine([weighed('model', 40)]).contributions).toEqual([
      { part: 'model', code: 'model', units: 400_000, facts: {} },
    ]);
  });
});

describe('bandOf', () => {
  it.each([
    [0, 'approve'],
    [299_999, 'approve'],
    [300_000, 'review'],
    [699_999, 'review'],
    [700_000, 'decline'],
    [1_000_000, 'decline'],
  ])('of %d units is %s', (units, band) => {
    expect(bandOf(units)).toBe(band);
  });

  it('has its ceiling above 80 points', () => {
    expect(isAboveCeiling(800_000)).toBe(false);
    expect(isAboveCeiling(800_001)).toBe(true);
  });
});

describe('dealOut', () => {
  it('deals out all of it in whole numbers, nobody more than one from their exact share', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 1_000_000 }),
        fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 12 }),
        (all, weights) => {
          const sum = weights.reduce((s, weight) => s + weight, 0);
          fc.pre(sum > 1e-6);
          const shares = dealOut(all, weights);
          expect(shares.reduce((s, share) => s + share, 0)).toBe(all);
          shares.forEach((share, index) => {
            expect(Math.abs(share - (all * (weights[index] ?? 0)) / sum)).toBeLessThanOrEqual(1.0001);
          });
        },
      ),
    );
  });
});
