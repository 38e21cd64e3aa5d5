import * as fc from 'fast-check';
import { addressesDiffer, countryOf, normalizeAddress } from './address';

const HERE = { streetLine1: '12, Rue de l’Église', city: 'Paris', postalCode: '75 015', countryCode: 'FR' };

describe('an address', () => {
  it('is the same however it is written', () => {
    const again = {
      streetLine1: '12 rue DE L EGLISE',
      city: 'PARIS',
      postalCode: '75015',
      countryCode: 'fr',
    };
    expect(normalizeAddress(again)).toBe(normalizeAddress(HERE));
    expect(addressesDiffer(HERE, again)).toBe(false);
    expect(addressesDiffer(HERE, { ...HERE, streetLine1: '14 rue de l’Église' })).toBe(true);
  });

  it('keeps scripts other than Latin', () => {
    const tokyo = { streetLine1: '丸の内1-9-1', city: '東京', countryCode: 'JP' };
    expect(addressesDiffer(tokyo, { ...tokyo, streetLine1: '丸の内1-9-2' })).toBe(true);
  });

  it.each([
    undefined,
    null,
    {},
    { streetLine1: '1 Mill Lane' },
    { countryCode: 'GB' },
    { streetLine1: '--', countryCode: 'GB' },
  ])('is missing for %j', address => {
    expect(normalizeAddress(address)).toBeUndefined();
    expect(addressesDiffer(address, HERE)).toBeUndefined();
  });

  it('does not change by accents, signs and case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{1,40}$/), text => {
        const one = normalizeAddress({ streetLine1: text, countryCode: 'GB' });
        const noisy = [...text.toUpperCase()].join(' .');
        expect(normalizeAddress({ streetLine1: noisy, countryCode: ' gb' })).toBe(one);
      }),
    );
  });

  it.each([
    [' gb ', 'GB'],
    ['GBR', undefined],
    ['', undefined],
    [null, undefined],
  ])('with the country %j is in %s', (countryCode, country) => {
    expect(countryOf({ countryCode })).toBe(country);
  });
});
