import { byPsi, driftDays, psiLines, psiText, weekLines } from './drift';
import type { DriftDay, Measure, Week } from './drift.query';

const feature = (name: string, psi: number | null) => ({ name, psi, level: 'stable' as const });
const day = (date: string, score: number | null, features: DriftDay['features']): DriftDay => ({
  id: date,
  day: date,
  level: 'stable',
  approvalRate: null,
  reviewRate: null,
  declineRate: null,
  score: feature('score', score),
  features,
});

describe('the lines of the PSI', () => {
  it('are the score and what moved most on the last day', () => {
    const lines = psiLines(
      [
        day('2026-03-01', 0.05, [feature('a', 0.4)]),
        day('2026-03-02', null, [feature('a', 0.1), feature('b', 0.3), feature('c', null)]),
      ],
      3,
    );
    expect(lines).toEqual([
      { name: 'Score', values: [0.05, null] },
      { name: 'b', values: [null, 0.3] },
      { name: 'a', values: [0.4, 0.1] },
    ]);
  });

  it('are none before the first report', () => {
    expect(psiLines([], 4)).toEqual([]);
  });
});

it('has no part of nothing', () => {
  const week = { week: '2026-03-02', decisions: 0, approved: 0, precision: null, recall: 0.5 } as Week;
  expect(weekLines([week, { ...week, decisions: 8, approved: 6 }])).toEqual({
    labels: ['2026-03-02', '2026-03-02'],
    approval: [null, 0.75],
    precision: [null, null],
    recall: [0.5, 0.5],
  });
});

it('sorts what moved most first, and writes it', () => {
  const measure = (psi: number | null) => ({ ...feature('x', psi), bins: [] }) as Measure;
  expect(byPsi([measure(null), measure(0.1), measure(0.3)]).map(({ psi }) => psi)).toEqual([0.3, 0.1, null]);
  expect([psiText(0.25), psiText(null)]).toEqual(['0.250', '–']);
});

it('ends the days today', () => {
  expect(driftDays(30, new Date('2026-03-01T23:59:00Z'))).toEqual({ from: '2026-01-31', to: '2026-03-01' });
});
