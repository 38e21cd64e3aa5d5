import { describeFailure } from './describe-failure';

describe('describeFailure', () => {
  it('keeps the kind, the message and where it came from', () => {
    const text = describeFailure(new TypeError('no such order'));
    expect(text).toMatch(/^TypeError: no such order\n\s+at .*describe-failure\.spec/);
  });

  it.each([
    ['a string', 'boom', 'Thrown: boom'],
    ['an object', { code: 7 }, 'Thrown: {"code":7}'],
    ['nothing', undefined, 'Thrown: undefined'],
  ])('takes %s that was thrown', (_what, thrown, expected) => {
    expect(describeFailure(thrown)).toBe(expected);
  });

  it('takes an object that is no JSON', () => {
    const circular: Record<string, unknown> = {};
    circular.self = circular;
    expect(describeFailure(circular)).toBe('Thrown: [object Object]');
  });

  it('is bounded', () => {
    expect(describeFailure('x'.repeat(10_000))).toHaveLength(2_000);
  });
});
