import fc from 'fast-check';
import { calibrationOf, figuresOf, rankingOf, type Scored } from './figures';

const row = (score: number, fraud: boolean): Scored => ({
  score,
  fraud,
  recommendation: score < 30 ? 'approve' : score < 70 ? 'review' : 'decline',
});
const rows = fc.array(fc.tuple(fc.integer({ min: 0, max: 10 }), fc.boolean()), { maxLength: 30 });

describe('the ranking', () => {
  it('has an AUC that is the part of pairs in the right order, ties half', () => {
    fc.assert(
      fc.property(rows, pairs => {
        const scored = pairs.map(([score, fraud]) => ({ score, fraud }));
        const bad = scored.filter(({ fraud }) => fraud);
        const good = scored.filter(({ fraud }) => !fraud);
        const right = bad.flatMap(a =>
          good.map(b => (a.score > b.score ? 1 : a.score === b.score ? 0.5 : 0)),
        );
        const expected =
          right.length === 0 ? null : right.reduce<number>((sum, one) => sum + one, 0) / right.length;
        const { auc } = rankingOf(scored);
        if (expected === null) expect(auc).toBeNull();
        else expect(auc).toBeCloseTo(expected, 12);
      }),
    );
  });

  it('has the average precision of a worked example', () => {
    // Precision at the frauds: 1/1, 2/3, 3/4 (two scores are equal: one step of a fraud and a good one would be 1/2).
    const { averagePrecision } = rankingOf([
      row(9, true),
      row(8, false),
      row(7, true),
      row(6, true),
      row(5, false),
    ]);
    expect(averagePrecision).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12);
    expect(rankingOf([row(9, true), row(9, false)])).toEqual({ auc: 0.5, averagePrecision: 0.5 });
  });

  it('does not depend on the order of the rows', () => {
    fc.assert(
      fc.property(rows, pairs => {
        const scored = pairs.map(([score, fraud]) => ({ score, fraud }));
        expect(rankingOf([...scored].reverse())).toEqual(rankingOf(scored));
      }),
    );
  });
});

describe('figures', () => {
  it('count what is stopped, by the bands', () => {
    expect(
      figuresOf([row(10, false), row(29, true), row(30, false), row(69, true), row(70, true)]),
    ).toMatchObject({
      rows: 5,
      frauds: 3,
      precision: 2 / 3,
      recall: 2 / 3,
      goodStopped: 1,
      approvalRate: 0.4,
      reviewRate: 0.4,
      declineRate: 0.2,
    });
  });

  it('say nothing of nothing', () => {
    expect(figuresOf([])).toEqual({
      rows: 0,
      frauds: 0,
      auc: null,
      averagePrecision: null,
      precision: null,
      recall: null,
      goodStopped: 0,
      approvalRate: null,
      reviewRate: null,
      declineRate: null,
    });
  });
});

describe('the calibration', () => {
  it('has each row in one bin, both ends of the scale too', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true })), probabilities => {
        const bins = calibrationOf(probabilities.map(probability => ({ probability, fraud: false })));
        expect(bins.reduce((sum, bin) => sum + bin.rows, 0)).toBe(probabilities.length);
      }),
    );
    expect(calibrationOf([{ probability: 1, fraud: true }])).toEqual([
      { from: 0.7, to: 1, rows: 1, expected: 1, observed: 1 },
    ]);
  });
});
