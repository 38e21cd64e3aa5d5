import * as fc from 'fast-check';
import { copyLine, timestamp } from './copy-text';

describe('copyLine', () => {
  it('writes each kind of value', () => {
    expect(copyLine([1, 'a', true, false, null, undefined, 2.5])).toBe('1\ta\tt\tf\t\\N\t\\N\t2.5\n');
  });

  it('tells the text \\N from NULL', () => {
    expect(copyLine(['\\N'])).toBe('\\\\N\n');
  });

  it('is one line with as many fields as values, from which the texts can be read back', () => {
    const read = (field: string) =>
      field.replace(/\\(.)/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char);
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1 }), texts => {
        const line = copyLine(texts);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(line.slice(0, -1).split('\t').map(read)).toEqual(texts);
      }),
    );
  });
});

describe('timestamp', () => {
  it('is in local time, to the millisecond', () => {
    const date = new Date(2026, 2, 9, 7, 5, 3, 42);
    expect(timestamp(date.getTime())).toBe('2026-03-09 07:05:03.042');
    expect(timestamp(date.getTime() + 0.4)).toBe('2026-03-09 07:05:03.042');
  });
});
