import fc from 'fast-check';
import { findCardData, hasCardNumber, SCAN_LIMITS } from './card-number';
import { isIssued, passesLuhn } from './card-ranges';

/** Published test numbers, one or more of each network. */
const TEST_CARDS = [
  '4242424242424242',
  '4000056655665556',
  '4222222222222',
  '5555555555554444',
  '2223003122003222',
  '5105105105105100',
  '378282246310005',
  '371449635398431',
  '6011111111111117',
  '6011000990139424',
  '3056930009020004',
  '30569309025904',
  '36227206271667',
  '6555900000604105',
  '3566002020360505',
  '6200000000000005',
  '6205500000000000004',
  '6759649826438453',
  '2201382000000013',
];

function checkDigit(start: string): string {
  return '0123456789'.split('').find(digit => passesLuhn(start + digit)) as string;
}

const digits = (length: number) => fc.stringMatching(new RegExp(`^\\d{${length}}$`));

/** Cards of several networks with random account numbers. */
const card = fc
  .constantFrom(
    ['4', 16],
    ['4', 19],
    ['51', 16],
    ['2500', 16],
    ['37', 15],
    ['6011', 16],
    ['3530', 16],
    ['62', 17],
  )
  .chain(([prefix, length]) =>
    digits(Number(length) - String(prefix).length - 1).map(rest => {
      const start = String(prefix) + rest;
      return start + checkDigit(start);
    }),
  );

const json = fc.jsonValue({ maxDepth: 3 }).filter(value => findCardData(value, 'x') === undefined);

describe('finding card numbers', () => {
  it.each(TEST_CARDS)('finds the test card %s', number => {
    expect(hasCardNumber(number)).toBe(true);
    expect(findCardData({ token: `my card is ${number}, thanks` }, 'metadata')).toEqual({
      kind: 'card_number',
      path: 'metadata.token',
    });
  });

  it('finds any card number anywhere in a JSON value, also as a name, and never tells its digits', () => {
    const place = fc.constantFrom<(number: string, value: unknown) => unknown>(
      number => number,
      (number, value) => ({ value, deep: [{ card: [number] }] }),
      (number, value) => ({ [number]: value }),
      (number, value) => ({ [`card ${number}`]: { value } }),
      (number, value) => [value, { text: `pay with ${number}.` }],
      (number, value) => ({ value, text: JSON.stringify({ number }) }),
    );
    fc.assert(
      fc.property(card, json, place, (number, value, put) => {
        const found = findCardData(put(number, value), 'metadata');
        expect(found?.kind).toBe('card_number');
        expect(found?.path).not.toMatch(/\d/);
      }),
    );
  });

  it('finds it split at any places, by any signs', () => {
    const separator = fc.constantFrom(
      ' ',
      '-',
      '.',
      '/',
      '_',
      ' - ',
      '\u00a0',
      '\u2013',
      '\u2009',
      '\n',
      ',',
      '*',
      '::',
    );
    fc.assert(
      fc.property(card, fc.array(fc.tuple(fc.nat(18), separator), { maxLength: 6 }), (number, cuts) => {
        const between = new Map(cuts);
        const text = number
          .split('')
          .map((digit, index) => digit + (index < number.length - 1 ? (between.get(index) ?? '') : ''))
          .join('');
        // A date or a decimal may come out by chance; then it is not a way to write a card number either.
        fc.pre(!/\d{4}-\d\d-\d\d|\d\.\d{9}/.test(text));
        expect(hasCardNumber(`<${text}>`)).toBe(true);
      }),
    );
  });

  it.each([
    ['digit by digit', '4 2 4 2 4 2 4 2 4 2 4 2 4 2 4 2'],
    ['Arabic-Indic digits', '٤٢٤٢٤٢٤٢٤٢٤٢٤٢٤٢'],
    ['Devanagari digits', '४२४२ ४२४२ ४२४२ ४२४२'],
    ['full-width digits', '４２４２４２４２４２４２４２４２'],
    ['mathematical digits', '𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐𝟒𝟐'],
    ['circled digits', '④②④②④②④②④②④②④②④②'],
    ['signs that nobody sees', '4242\u200b4242\u200b\u200b\u200b\u200b42424242'],
    ['percent encoding', '4242%204242%204242%204242'],
    ['letters before it', 'card4242424242424242'],
    ['letters behind it', '4242424242424242exp'],
    ['a magnetic stripe', '%B4242424242424242^DOE/J^2512101?'],
    ['a number behind it', '4242424242424242 123'],
    ['a number before it', '17 4242 4242 4242 4242'],
    ['a query', 'pan=4242424242424242&cvc=123'],
    ['a plus before it', '+4242424242424242'],
  ])('finds %s', (_, text) => {
    expect(hasCardNumber(text)).toBe(true);
  });

  it('finds numbers that are no text', () => {
    expect(findCardData({ a: [4242424242424242] }, 'm')).toEqual({ kind: 'card_number', path: 'm.a[]' });
    expect(findCardData({ a: -4242424242424242 }, 'm')?.kind).toBe('card_number');
    // Too large to be exact: its check digit is lost.
    expect(findCardData(JSON.parse('{"a":6205500000000000004}'), 'm')?.kind).toBe('card_number');
  });

  it.each([
    ['a wrong check digit', '4242424242424241'],
    ['a longer run', '14242424242424242424242'],
    ['twenty digits', '00340434161094021501'],
    ['a time in ms', '1764000000007'],
    ['a time in µs', '1764000000000003'],
    ['a time in ns', '1764000000000000008'],
    ['a telephone number', '+49 151 23456789'],
    ['a long telephone number', '+4915123456784'],
    ['two telephone numbers', '+49 421 12345678 / +49 421 12345670'],
    ['an e-mail address', 'jo.4242@example.com'],
    ['a date', '2026-11-23T13:31:56.123456Z'],
    ['two dates', '2026-11-23 13:31:56 - 2026-11-23 13:35:10'],
    ['an IBAN in print', 'DE89 3704 0044 0532 0130 00'],
    ['a masked card', '424242******4242'],
    ['a masked card in groups', '4242 42** **** 4242'],
    ['a decimal', '5.123456789012349'],
    ['a decimal below one', '0.4242424242424242'],
    ['addresses', '44.123.123.12, 52.1.20.3'],
    ['an order', 'ORD-4242424242'],
    ['a parcel', '1Z999AA10123456784'],
    ['a Stripe id', 'pi_3MtwBwLkdIwHu7ix28a3tqPa_secret_YrKJUKribcBjcG8HVhfZluoGH'],
    ['a Mollie id', 'tr_WDqYK6vllg'],
    ['a UUID', '42424242-4242-4242-8242-424242424242'],
    ['a hash', 'a3f4242424242424242b7c0ffee12345678'],
  ])('takes no %s for one', (_, text) => {
    expect(hasCardNumber(text)).toBe(false);
  });

  it('takes no barcode and no telephone number for one in a field that says so, but a longer number', () => {
    const value = { token: 'x', ean: '4006381333931', phoneNumber: '4915123456784' };
    expect(findCardData(value, 'm')).toBeUndefined();
    expect(findCardData({ phoneNumber: '4242424242424242' }, 'm')?.kind).toBe('card_number');
  });

  it('refuses nothing of random ids and hashes', () => {
    fc.assert(fc.property(fc.uuid(), id => !hasCardNumber(id)));
    fc.assert(fc.property(fc.stringMatching(/^[a-z]{2}_[0-9A-Za-z]{24}$/), id => !hasCardNumber(id)));
  });

  it('takes a number only where all rules agree', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,25}$/), text => {
        const is = text.length >= 13 && text.length <= 19 && isIssued(text, true) && passesLuhn(text);
        expect(hasCardNumber(text)).toBe(is);
      }),
    );
  });
});

describe('fields that are named after what is on a card', () => {
  it.each(['cvc', 'CVV', 'card_cvc', 'securityCode', 'security-code', 'cvv2'])(
    'refuses digits in %s',
    name => {
      for (const value of ['123', '1234', 123, '１２３']) {
        expect(findCardData({ card: { [name]: value } }, 'm')?.kind).toBe('security_code');
      }
      for (const value of ['pass', '', null, true, { check: 'pass' }, '12', 'unchecked']) {
        expect(findCardData({ card: { [name]: value } }, 'm')).toBeUndefined();
      }
    },
  );

  it('refuses a mistyped number in cardNumber, and lets the last four digits through', () => {
    expect(findCardData({ cardNumber: '4242 4242 4242 4241' }, 'm')?.kind).toBe('card_number');
    expect(findCardData({ pan: 4242424242424241 }, 'm')?.kind).toBe('card_number');
    expect(findCardData({ cardNumber: '4242', last4: '4242', pan: 'ABCDE1234F' }, 'm')).toBeUndefined();
  });

  it('shows no digits of names', () => {
    const found = findCardData({ 4242: { 'a 42': { cvc: '123' } } }, 'm');
    expect(found).toEqual({ kind: 'security_code', path: 'm.####.a_##.cvc' });
  });
});

describe('values without end', () => {
  const nested = (depth: number) => {
    let value: unknown = 'x';
    for (let level = 0; level < depth; level += 1) value = [value];
    return value;
  };

  it('refuses what is nested too deeply, however deep', () => {
    expect(findCardData(nested(SCAN_LIMITS.depth), 'm')).toBeUndefined();
    expect(findCardData(nested(SCAN_LIMITS.depth + 1), 'm')).toEqual({ kind: 'too_large', path: 'm' });
    expect(findCardData(nested(100_000), 'm')?.kind).toBe('too_large');
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    expect(findCardData(circle, 'm')?.kind).toBe('too_large');
  });

  it('refuses what is too much', () => {
    expect(findCardData(Array(SCAN_LIMITS.values).fill(1), 'm')?.kind).toBe('too_large');
    expect(findCardData('x'.repeat(SCAN_LIMITS.characters + 1), 'm')?.kind).toBe('too_large');
    expect(findCardData('4 '.repeat(SCAN_LIMITS.numbers + 1), 'm')?.kind).toBe('too_large');
    expect(findCardData({ ['x'.repeat(SCAN_LIMITS.characters + 1)]: 1 }, 'm')?.kind).toBe('too_large');
  });

  it.each([
    ['digits', '4'],
    ['single digits', '4 '],
    ['pluses', '+4 '],
    ['decimals', '1.'],
    ['letters and digits', 'a4'],
    ['dates', '2026-11-'],
    ['percents', '%3'],
    ['long groups in words', '4242424242424242a'],
    ['scripts', '٤'],
  ])('looks through the longest text of %s in a time that its length bounds', (_, part) => {
    const text = part.repeat(Math.floor(SCAN_LIMITS.characters / part.length));
    const before = performance.now();
    findCardData(text, 'm');
    expect(performance.now() - before).toBeLessThan(2_000);
  });
});
