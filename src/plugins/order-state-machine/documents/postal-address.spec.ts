import type { Order } from '@vendure/core';
import { EffectRefusedError } from '../errors';
import { parcelAddressLines, postalAddress } from './postal-address';

const order = (shippingAddress: Order['shippingAddress'], firstName = '') =>
  ({ shippingAddress, customer: { firstName, lastName: '' } }) as unknown as Order;

const full = {
  fullName: ' Ada Byron ',
  company: 'Engines Ltd',
  streetLine1: '1 Way',
  streetLine2: '',
  postalCode: 'N1',
  city: 'London',
  province: 'Greater London',
  countryCode: 'gb',
  phoneNumber: '+44 1',
};

describe('postalAddress', () => {
  it('is tidy', () => {
    expect(postalAddress(order(full))).toEqual({
      ...full,
      fullName: 'Ada Byron',
      streetLine2: undefined,
      countryCode: 'GB',
    });
  });

  it('takes the customer’s name where the address has none', () => {
    expect(postalAddress(order({ ...full, fullName: undefined }, 'Ada')).fullName).toBe('Ada');
  });

  it.each(['streetLine1', 'countryCode'])('is refused without %s', field => {
    expect(() => postalAddress(order({ ...full, [field]: ' ' }))).toThrow(EffectRefusedError);
  });
});

describe('parcelAddressLines', () => {
  it('ends with the country in capitals', () => {
    expect(parcelAddressLines(postalAddress(order(full)))).toEqual([
      'Ada Byron',
      'Engines Ltd',
      '1 Way',
      'N1 London',
      'Greater London',
      'UNITED KINGDOM',
    ]);
  });

  it('keeps a code that is no country’s', () => {
    expect(parcelAddressLines({ ...postalAddress(order(full)), countryCode: 'X1' }).at(-1)).toBe('X1');
  });
});
