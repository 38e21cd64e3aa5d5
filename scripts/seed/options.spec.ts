import { UserError } from '../start/user-error';
import { checkOptions, defaultOptions, parseOptions } from './options';

const NOW = Date.UTC(2026, 4, 17, 13, 30);
const MIDNIGHT = Date.UTC(2026, 4, 17);

describe('parseOptions', () => {
  it('fills in the sizes of the first run, and ends the history today', () => {
    expect(parseOptions([], NOW)).toEqual({
      products: 200,
      customers: 300,
      orders: 2_000,
      seed: 1,
      end: MIDNIGHT,
    });
  });

  it('reads sizes, seed and date', () => {
    const args = '--products 10 --customers 20 --orders 30 --seed 4 --end-date 2025-12-31'.split(' ');
    expect(parseOptions(args, NOW)).toEqual({
      products: 10,
      customers: 20,
      orders: 30,
      seed: '4',
      end: Date.UTC(2025, 11, 31),
    });
  });

  it.each([
    [['--products', '0'], /--products must be a whole number from 1 to 1000000, not 0/],
    [['--products', 'many'], /--products .* not "many"/],
    [['--orders', '1.5'], /--orders .* not "1.5"/],
    [['--orders=-5'], /--orders .* not "-5"/],
    [['--customers', '0'], /--customers must be at least 1/],
    [['--end-date', '2026-02-30'], /--end-date must be a date such as 2026-01-31, not "2026-02-30"/],
    [['--end-date', 'tomorrow'], /--end-date/],
    [['--prodcts', '5'], /--prodcts.*Usage: npm run seed/],
    [['--seed', 'a b'], /--seed must be a number or a word/],
    [['--seed'], /Usage: npm run seed/],
  ])('refuses %j with a line that says why', (args, message) => {
    const attempt = () => parseOptions(args, NOW);
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(message);
  });
});

describe('checkOptions', () => {
  it('takes a shop without customers and orders', () => {
    const options = { ...defaultOptions(NOW), customers: 0, orders: 0 };
    expect(checkOptions(options)).toBe(options);
  });

  it('refuses a date that is none', () => {
    expect(() => checkOptions({ ...defaultOptions(NOW), end: NaN })).toThrow(UserError);
  });
});
