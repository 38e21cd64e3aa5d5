import { hideDigits } from './hide-digits';

describe('hiding digits from the log', () => {
  it.each(['4242424242424242', '4242 4242-4242.4242', '٤٢٤٢ ٤٢٤٢ ٤٢٤٢ ٤٢٤٢', '378282246310005'])(
    'hides %s',
    number => {
      const text = hideDigits(`Variable "$input" got invalid value "${number}"; String cannot represent it`);
      expect(text).toBe('Variable "$input" got invalid value "[digits]"; String cannot represent it');
    },
  );

  it('leaves shorter numbers and words', () => {
    const text = 'ORD-4242424242 of 2026 at line 12, column 7';
    expect(hideDigits(text)).toBe(text);
  });
});
