import { readLines } from './read-lines';

describe('lines of a list', () => {
  it('takes each value once, and passes over what is empty or a remark', () => {
    const read = readLines('tor', ['# exit nodes', '203.0.113.7', '', ' 203.0.113.7 ', '198.51.100.0/24']);
    expect(read).toEqual({
      values: ['203.0.113.7', '198.51.100.0/24'],
      duplicates: 1,
      refused: 0,
      problems: [],
    });
  });

  it('tells of lines that cannot be taken, and takes the others', () => {
    const { values, refused, problems } = readLines('tor', ['nowhere\u0007', '203.0.113.7']);
    expect(values).toEqual(['203.0.113.7']);
    expect(refused).toBe(1);
    expect(problems).toMatchObject([{ line: 1, value: 'nowhere\ufffd' }]);
  });

  it('shows the first hundred of 100,000 bad lines, and counts them all', () => {
    const { refused, problems } = readLines(
      'hosting',
      Array.from({ length: 100_000 }, (_, index) => `not an address ${index}`),
    );
    expect(refused).toBe(100_000);
    expect(problems).toHaveLength(100);
    expect(problems[99]?.line).toBe(100);
  });
});
