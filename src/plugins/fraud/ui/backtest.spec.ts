import { changeText, comparedOf, matrixOf, periodOf } from './backtest';
import type { Cell, Figures } from './backtest.query';

const count = (attempts: number) => ({ attempts, amount: attempts * 100 });
const figures = (fields: Partial<Record<keyof Figures, number>>): Figures => {
  const all = [
    'approved',
    'reviewed',
    'declined',
    'fraudsCaught',
    'fraudsMissed',
    'goodLost',
    'goodReviewed',
  ];
  return Object.fromEntries(
    all.map(name => [name, count(fields[name as keyof Figures] ?? 0)]),
  ) as unknown as Figures;
};

it('fills the matrix where no pair occurred', () => {
  const cells: Cell[] = [
    { then: 'approve', now: 'approve', all: count(10), fraud: count(1), good: count(8) },
    { then: 'approve', now: 'decline', all: count(3), fraud: count(2), good: count(1) },
  ];
  const matrix = matrixOf(cells);
  expect(matrix.map(({ then, all }) => [then, all])).toEqual([
    ['approve', 13],
    ['review', 0],
    ['decline', 0],
  ]);
  expect(matrix[0]?.cells).toEqual([
    { now: 'approve', all: 10, fraud: 1, good: 8, same: true },
    { now: 'review', all: 0, fraud: 0, good: 0, same: false },
    { now: 'decline', all: 3, fraud: 2, good: 1, same: false },
  ]);
});

it('judges changes by what they are of', () => {
  const compared = comparedOf(
    figures({ fraudsCaught: 4, goodLost: 2, reviewed: 5 }),
    figures({ fraudsCaught: 6, goodLost: 3, reviewed: 9 }),
  );
  const of = (name: string) => compared.find(each => each.name.startsWith(name));
  expect(of('Frauds caught')).toMatchObject({ change: 2, better: true });
  expect(of('Good orders lost')).toMatchObject({ change: 1, better: false });
  expect(of('Reviewed')).toMatchObject({ change: 4, better: undefined });
  expect(of('Frauds missed')).toMatchObject({ change: 0, better: undefined });
});

it('writes changes with their sign', () => {
  expect([changeText(3), changeText(-1200), changeText(0)]).toEqual(['+3', '−1,200', 'same']);
});

it.each([
  ['30', '2026-02-01T00:00:00.000Z'],
  ['366', '2025-03-02T00:00:00.000Z'],
  ['367', undefined],
  ['0', undefined],
  ['-3', undefined],
  ['a month', undefined],
])('%s days up to March 3rd begin %s', (days, from) => {
  expect(periodOf(days, new Date('2026-03-03T00:00:00Z'))?.from).toBe(from);
});
