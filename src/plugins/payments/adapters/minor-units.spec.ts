import * as fc from 'fast-check';
import { decimalsOf, fromDecimal, fromStripeAmount, toDecimal, toStripeAmount } from './minor-units';

const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KRW', 'KWD', 'ISK', 'UGX', 'CHF');

describe('minor units', () => {
  it('are those of ISO 4217', () => {
    expect(['EUR', 'JPY', 'KWD', 'ISK'].map(decimalsOf)).toEqual([2, 0, 3, 0]);
  });

  it('Stripe counts most currencies in the same units, and three in others', () => {
    expect(toStripeAmount(1234, 'EUR')).toBe(1234);
    expect(toStripeAmount(5000, 'JPY')).toBe(5000);
    expect(toStripeAmount(5000, 'ISK')).toBe(500_000);
    expect(toStripeAmount(5000, 'UGX')).toBe(500_000);
    expect(toStripeAmount(500_000, 'MGA')).toBe(5000);
    expect(() => toStripeAmount(123, 'MGA')).toThrow(RangeError);
  });

  it('Mollie gets decimals', () => {
    expect(toDecimal(5, 'EUR')).toBe('0.05');
    expect(toDecimal(1000, 'EUR')).toBe('10.00');
    expect(toDecimal(5000, 'JPY')).toBe('5000');
    expect(toDecimal(1, 'KWD')).toBe('0.001');
    expect(fromDecimal('5000.00', 'JPY')).toBe(5000);
    expect(fromDecimal('10', 'EUR')).toBe(1000);
    for (const wrong of ['10.001', '-1.00', '1e3', '', '1,00', ' 1.00']) {
      expect(() => fromDecimal(wrong, 'EUR')).toThrow(RangeError);
    }
  });

  it('come back as they went', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 12 }), currency, (amount, code) => {
        expect(fromStripeAmount(toStripeAmount(amount, code), code.toLowerCase())).toBe(amount);
        expect(fromDecimal(toDecimal(amount, code), code)).toBe(amount);
      }),
    );
  });

  it('refuses what is no whole amount', () => {
    for (const wrong of [1.5, -1, Number.NaN, 2 ** 60]) {
      expect(() => toStripeAmount(wrong, 'EUR')).toThrow(RangeError);
      expect(() => toDecimal(wrong, 'EUR')).toThrow(RangeError);
    }
  });
});
