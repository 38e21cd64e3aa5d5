import { failureReason } from './failure-reason';

describe('the reason why the compiler failed', () => {
  it('is its errors, without colours and without what came before', () => {
    const log = [
      'Running node ng.js build',
      '▲ [WARNING] react is not ESM',
      '\u001b[31m✘ [ERROR]\u001b[0m TS2304: Cannot find name "foo".',
      '    src/extensions/system/system-page.tsx:3:1',
    ].join('\n');
    expect(failureReason(log)).toBe(
      '✘ [ERROR] TS2304: Cannot find name "foo".\n    src/extensions/system/system-page.tsx:3:1',
    );
  });

  it('is the end of the output when no error is named', () => {
    const log = Array.from({ length: 30 }, (_, index) => `line ${index}`).join('\n\n');
    expect(failureReason(log).split('\n')).toEqual(Array.from({ length: 15 }, (_, i) => `line ${i + 15}`));
  });

  it('is bounded', () => {
    const log = ['[ERROR] first', ...Array.from({ length: 5000 }, () => 'more')].join('\n');
    expect(failureReason(log).split('\n')).toHaveLength(40);
  });

  it('is said even when there is no output', () => {
    expect(failureReason('\n')).toMatch(/without a message/);
  });
});
