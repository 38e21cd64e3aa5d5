import fc from 'fast-check';
import { levelOf, psiOf, PSI_ROWS, worstOf } from './drift';

const numbers = (count: number, value: (index: number) => number) =>
  Float64Array.from({ length: count }, (_, index) => value(index));
const sample = fc.array(
  fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(NaN), fc.constant(0)),
  {
    minLength: PSI_ROWS,
    maxLength: PSI_ROWS + 50,
  },
);

describe('the population stability index', () => {
  it('is 0 for the same distribution, in any order', () => {
    fc.assert(
      fc.property(sample, values => {
        const { psi, level } = psiOf(
          'x',
          Float64Array.from(values),
          Float64Array.from([...values].reverse()),
        );
        expect(psi).toBeCloseTo(0, 12);
        expect(level).toBe('stable');
      }),
    );
  });

  it('is never negative, and has shares that make 1 on both sides', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const { psi, bins } = psiOf('x', Float64Array.from(a), Float64Array.from(b));
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(bins.reduce((sum, bin) => sum + bin.reference, 0)).toBeCloseTo(1, 9);
        expect(bins.reduce((sum, bin) => sum + bin.current, 0)).toBeCloseTo(1, 9);
      }),
    );
  });

  it('has the value of a worked example', () => {
    // Two values: 50/50 becomes 80/20. (0.8-0.5)ln(1.6) + (0.2-0.5)ln(0.4)
    const before = numbers(1000, index => index % 2);
    const now = numbers(1000, index => (index % 5 === 0 ? 1 : 0));
    const { psi, level, bins } = psiOf('x', before, now);
    expect(psi).toBeCloseTo(0.3 * Math.log(1.6) - 0.3 * Math.log(0.4), 12);
    expect(level).toBe('drifted');
    expect(bins).toEqual([
      { label: '< 1', reference: 0.5, current: 0.8 },
      { label: '>= 1', reference: 0.5, current: 0.2 },
      { label: 'missing', reference: 0, current: 0 },
    ]);
  });

  it('has ten bins of equal size where values differ', () => {
    const { bins } = psiOf(
      'x',
      numbers(1000, index => index),
      numbers(1000, index => index),
    );
    expect(bins.map(({ reference }) => reference)).toEqual([...Array<number>(10).fill(0.1), 0]);
    expect(bins[1]?.label).toBe('100 - 200');
  });

  it('sees a value that is missing more often', () => {
    const before = numbers(1000, index => (index % 10 === 0 ? NaN : index));
    const now = numbers(1000, index => (index % 2 === 0 ? NaN : index));
    expect(psiOf('x', before, now).level).toBe('drifted');
  });

  it('sees what is rare in the reference and frequent now', () => {
    const before = numbers(1000, index => (index < 3 ? 5 : 0));
    const now = numbers(1000, index => (index < 500 ? 5 : 0));
    expect(psiOf('x', before, now).level).toBe('drifted');
  });

  it('says nothing of few rows', () => {
    const few = numbers(PSI_ROWS - 1, index => index);
    const many = numbers(PSI_ROWS, index => index);
    expect(psiOf('x', few, many)).toMatchObject({ psi: null, level: 'too_few' });
    expect(psiOf('x', many, few)).toMatchObject({ psi: null, level: 'too_few' });
    expect(psiOf('x', many, many).level).toBe('stable');
  });

  it.each([
    [0.0999, 'stable'],
    [0.1, 'moved'],
    [0.25, 'moved'],
    [0.2501, 'drifted'],
  ] as const)('reads %p as %s', (psi, level) => {
    expect(levelOf(psi)).toBe(level);
  });

  it('takes the worst of several', () => {
    expect(worstOf(['stable', 'drifted', 'too_few'])).toBe('drifted');
    expect(worstOf(['too_few', 'stable'])).toBe('stable');
    expect(worstOf([])).toBe('too_few');
  });
});
