import { formatMoney } from './money';

describe('formatMoney', () => {
  it.each([
    [123456, 'USD', 'en', '$1,234.56'],
    [123456, 'EUR', 'de', '1.234,56 €'],
    [500000, 'JPY', 'en', '¥5,000'],
    [500000, 'JPY', 'de', '5.000 ¥'],
    [-500, 'EUR', 'en', '-€5.00'],
    [0, 'CHF', 'de_CH', 'CHF 0.00'],
  ])('%d %s in %s: %s', (amount, currency, language, text) => {
    expect(formatMoney(amount, currency, language).replace(/\u00a0/g, ' ')).toBe(text);
  });

  it('knows shops with other precisions', () => {
    expect(formatMoney(5000, 'JPY', 'en', 0)).toBe('¥5,000');
    expect(formatMoney(12345, 'KWD', 'en', 3).replace(/\u00a0/g, ' ')).toBe('KWD 12.345');
  });
});
