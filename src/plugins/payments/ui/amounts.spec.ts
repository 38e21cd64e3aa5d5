import fc from 'fast-check';
import { amountText, amountUpTo, moneyOrDash, moneyText, typedAmount } from './amounts';

it.each<[string, number | null | undefined]>([
  ['', null],
  ['12', 1_200],
  ['12.5', 1_250],
  ['12,50', 1_250],
  [' 0.01 ', 1],
  ['1.234', undefined],
  ['1,000.00', undefined],
  ['-1', undefined],
  ['ten', undefined],
])('reads the amount %j', (text, minor) => {
  expect(typedAmount(text)).toBe(minor);
});

it('reads what it has written', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 2 ** 31 }), minor => {
      expect(typedAmount(amountText(minor))).toBe(minor);
    }),
  );
});

const digits = (text: string) => text.replace(/[^\d.,-]/g, '').replace(/,/g, '');

it.each<[number, string, string]>([
  [1_250, 'EUR', '12.50'],
  [-1_250, 'EUR', '-12.50'],
  [123_456_789, 'USD', '1234567.89'],
  [500_000, 'JPY', '5000'],
  // A yen has no hundredths: that somebody has counted some must be seen.
  [500_050, 'JPY', '5000.5'],
  [1_234, 'BHD', '12.340'],
])('shows %d hundredths of %s as %s', (minor, currency, text) => {
  expect(digits(moneyText(minor, currency))).toBe(text);
});

it('shows a dash for what is not known, and nothing for nothing', () => {
  expect(moneyOrDash(null, 'EUR')).toBe('–');
  expect(digits(moneyOrDash(0, 'EUR'))).toBe('0.00');
});

describe('an amount of what is left', () => {
  it.each<[string, number, string, number]>([
    ['12.50', 1_250, 'EUR', 1_250],
    ['0,01', 1_250, 'EUR', 1],
    ['50', 5_000, 'JPY', 5_000],
  ])('may be %s of %d %s', (text, most, currency, amount) => {
    expect(amountUpTo(text, most, currency)).toEqual({ amount });
  });

  it.each<[string, number, string, RegExp]>([
    ['12.51', 1_250, 'EUR', /12\.50 left at most/],
    ['', 1_250, 'EUR', /such as 12\.50/],
    ['0', 1_250, 'EUR', /such as 12\.50/],
    ['-1', 1_250, 'EUR', /such as 12\.50/],
    ['all', 1_250, 'EUR', /such as 12\.50/],
    ['0.5', 5_000, 'JPY', /such as 1250/],
  ])('may not be %j of %d %s', (text, most, currency, problem) => {
    expect(amountUpTo(text, most, currency)).toEqual({
      problem: expect.stringMatching(problem) as string,
    });
  });
});
