import { OPEN_CASES, queueVariables, stillThere, typedScore } from './queue-filters';

it('asks for what is filled in', () => {
  expect(queueVariables(OPEN_CASES, 50)).toEqual({
    queue: 'open',
    options: { filter: {}, skip: 50, take: 25 },
  });
  expect(queueVariables({ queue: 'due', orderCode: ' AB12 ', minScore: '62,5' }, 0)).toMatchObject({
    queue: 'due',
    options: { filter: { orderCode: { contains: 'AB12' }, score: { gte: 62.5 } } },
  });
  expect(queueVariables({ ...OPEN_CASES, minScore: 'high' }, 0)).toMatchObject({ options: { filter: {} } });
});

it.each([
  ['', null],
  ['70', 70],
  ['70.5', 70.5],
  ['100', 100],
  ['101', undefined],
  ['-1', undefined],
  ['many', undefined],
])('reads the score %j as %p', (text, score) => {
  expect(typedScore(text)).toBe(score);
});

it('forgets chosen cases that are gone', () => {
  expect([...stillThere(new Set(['1', '2', '9']), ['2', '3', '1'])]).toEqual(['2', '1']);
});
