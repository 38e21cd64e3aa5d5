import * as fc from 'fast-check';
import { AmountError, decimalsOf, fromDecimal, fromStripeAmount, toDecimal, toStripeAmount } from './amounts';

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KRW', 'KWD', 'ISK', 'UGX', 'MGA', 'CHF', 'CLF');

describe('amounts', () => {
  it('have the decimals of ISO 4217', () => {
    expect(['EUR', 'JPY', 'KWD', 'ISK', 'MGA', 'CLF'].map(decimalsOf)).toEqual([2, 0, 3, 0, 2, 4]);
  });

  it('of the platform are hundredths, of Stripe what the currency has', () => {
    expect(toStripeAmount(1234, 'EUR')).toBe(1234);
    expect(toStripeAmount(500_000, 'JPY')).toBe(5000);
    expect(toStripeAmount(123, 'KWD')).toBe(1230);
    expect(toStripeAmount(500_000, 'ISK')).toBe(500_000);
    expect(toStripeAmount(500_000, 'UGX')).toBe(500_000);
    expect(toStripeAmount(500_000, 'MGA')).toBe(5000);
    expect(fromStripeAmount(5000, 'jpy')).toBe(500_000);
    // A fee of 1.005 dinar.
    expect(fromStripeAmount(1005, 'kwd')).toBe(101);
  });

  it('of Mollie have decimals', () => {
    expect(toDecimal(5, 'EUR')).toBe('0.05');
    expect(toDecimal(1000, 'EUR')).toBe('10.00');
    expect(toDecimal(500_000, 'JPY')).toBe('5000');
    expect(toDecimal(1, 'KWD')).toBe('0.010');
    expect(fromDecimal('5000')).toBe(500_000);
    expect(fromDecimal('10.5')).toBe(1050);
    for (const wrong of ['-1.00', '1e3', '', '1,00', ' 1.00', '.5', '1.', '1.00000']) {
      expect(() => fromDecimal(wrong)).toThrow(AmountError);
    }
  });

  it('half a yen cannot be paid, and is not rounded', () => {
    expect(() => toStripeAmount(150, 'JPY')).toThrow(AmountError);
    expect(() => toDecimal(150, 'JPY')).toThrow(AmountError);
  });

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 10 }), currency, (units, code) => {
        const amount = units * 100;
        expect(fromStripeAmount(toStripeAmount(amount, code), code.toLowerCase())).toBe(amount);
        expect(fromDecimal(toDecimal(amount, code))).toBe(amount);
      }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 ** 12 }),
        fc.constantFrom('EUR', 'KWD', 'ISK'),
        (amount, code) => {
          expect(fromStripeAmount(toStripeAmount(amount, code), code)).toBe(amount);
        },
      ),
    );
  });

  it('are whole, and never negative', () => {
    for (const wrong of [1.5, -1, Number.NaN, 2 ** 60]) {
      expect(() => toStripeAmount(wrong, 'EUR')).toThrow(AmountError);
      expect(() => toDecimal(wrong, 'EUR')).toThrow(AmountError);
    }
  });
});
