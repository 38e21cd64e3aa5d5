import type { ModelFigures } from './figures';
import { judge } from './promotion';

const figures = (over: Partial<ModelFigures> = {}): ModelFigures => ({
  rows: 1000,
  frauds: 30,
  auc: 0.9,
  averagePrecision: 0.5,
  precision: 0.5,
  recall: 0.5,
  goodStopped: 10,
  approvalRate: 0.9,
  reviewRate: 0.05,
  declineRate: 0.05,
  ...over,
});

describe('a challenger is promoted by its figures', () => {
  it.each<[string, Partial<ModelFigures>, boolean]>([
    ['that are better by the margin', { averagePrecision: 0.511 }, true],
    ['that are better by less', { averagePrecision: 0.509 }, false],
    ['of 999 outcomes', { averagePrecision: 0.8, rows: 999 }, false],
    ['of 29 frauds', { averagePrecision: 0.8, frauds: 29 }, false],
    ['with a slightly lower AUC', { averagePrecision: 0.6, auc: 0.8985 }, true],
    ['with a lower AUC', { averagePrecision: 0.6, auc: 0.897 }, false],
    ['that stop more good orders for nothing', { averagePrecision: 0.6, goodStopped: 11 }, false],
    [
      'that stop more good orders and more fraud',
      { averagePrecision: 0.6, goodStopped: 11, recall: 0.6 },
      true,
    ],
    ['that cannot be told', { averagePrecision: null, auc: null }, false],
  ])('%s', (_, over, better) => {
    expect(judge(figures(), figures(over)).better).toBe(better);
  });

  it('says what is missing', () => {
    expect(judge(figures(), figures({ rows: 12, frauds: 1 })).verdict).toBe(
      'Too few known outcomes: 12 of 1000, of those 1 of 30 frauds.',
    );
  });
});
