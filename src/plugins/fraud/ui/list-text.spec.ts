import { MAX_LINES, changeText, nameProblem, uploadProblem, valueLines } from './list-text';

it('counts lines with values, whatever ends them', () => {
  expect(valueLines('a\r\nb\n\n  # note\n \nc')).toBe(3);
  expect(valueLines('')).toBe(0);
});

it('takes as many lines as the API, and no more', () => {
  const lines = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`).join('\n');
  expect(uploadProblem(lines(MAX_LINES))).toBeUndefined();
  expect(uploadProblem(lines(MAX_LINES + 1))).toContain('100,001');
  expect(uploadProblem('# nothing\n\n')).toContain('at least one');
});

it('says what became of them', () => {
  const change = {
    __typename: 'FraudListChange' as const,
    present: 0,
    duplicates: 0,
    removed: 0,
    refused: 0,
    problems: [],
  };
  expect(changeText({ ...change, added: 1 })).toBe('1 value added');
  expect(changeText({ ...change, added: 2000, present: 3, duplicates: 1, removed: 4, refused: 5 })).toBe(
    '2,000 values added, 3 there already, 1 more than once, 4 taken out, 5 not taken',
  );
});

it.each([
  ['bad-bins', true],
  [' vip_2 ', true],
  ['', false],
  ['Große', false],
  ['x'.repeat(65), false],
])('takes the name %j: %p', (name, fits) => {
  expect(nameProblem(name) === undefined).toBe(fits);
});
