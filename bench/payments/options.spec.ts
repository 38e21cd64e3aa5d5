import { parsePaymentsOptions, PAYMENTS_USAGE } from './options';

describe('the options of the benchmark of payments', () => {
  it('have defaults, and names in the usage', () => {
    expect(parsePaymentsOptions([])).toEqual({
      payments: 60,
      parallel: 8,
      shoppers: 100,
      port: 3390,
      pgPort: 54_390,
    });
    expect(PAYMENTS_USAGE).toContain('--shoppers N');
  });

  it('are read', () => {
    expect(parsePaymentsOptions(['--shoppers', '20', '--pg-port', '3161'])).toMatchObject({
      shoppers: 20,
      pgPort: 3161,
    });
  });

  it.each([
    ['--shoppers', '1'],
    ['--payments', '9.5'],
    ['--speed', '3'],
  ])('%s %s is refused', (...args) => {
    expect(() => parsePaymentsOptions(args)).toThrow(args[0]);
  });
});
