import * as fc from 'fast-check';
import { checkDigit, isTrackingNumber, spacedTrackingNumber, trackingNumberFor } from './tracking-number';

describe('checkDigit', () => {
  // The example of GS1's own calculator, for an SSCC.
  it('is GS1’s', () => {
    expect(checkDigit('37610425002123456')).toBe('9');
  });
});

describe('trackingNumberFor', () => {
  it('is the same for the same key and another for another', () => {
    expect(trackingNumberFor('a')).toBe(trackingNumberFor('a'));
    const numbers = new Set(Array.from({ length: 2_000 }, (_, index) => trackingNumberFor(`key-${index}`)));
    expect(numbers.size).toBe(2_000);
  });

  it('has 18 digits that check', () => {
    fc.assert(fc.property(fc.string(), key => isTrackingNumber(trackingNumberFor(key))));
  });

  it('a mistyped digit, and two swapped ones, are noticed', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(17), fc.integer({ min: 1, max: 9 }), (key, place, change) => {
        const number = trackingNumberFor(key);
        const wrong = (Number(number[place]) + change) % 10;
        expect(isTrackingNumber(`${number.slice(0, place)}${wrong}${number.slice(place + 1)}`)).toBe(false);
      }),
    );
    fc.assert(
      fc.property(fc.string(), fc.nat(16), (key, place) => {
        const number = trackingNumberFor(key);
        const [a, b] = [Number(number[place]), Number(number[place + 1])];
        // The one swap that weights of 3 and 1 cannot tell: digits that differ by 5.
        fc.pre(Math.abs(a - b) % 5 !== 0);
        const swapped = `${number.slice(0, place)}${b}${a}${number.slice(place + 2)}`;
        expect(isTrackingNumber(swapped)).toBe(false);
      }),
    );
  });
});

it('spacedTrackingNumber groups by four', () => {
  expect(spacedTrackingNumber('123456789012345678')).toBe('1234 5678 9012 3456 78');
});
