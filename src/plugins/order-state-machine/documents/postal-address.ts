import type { Order } from '@vendure/core';
import { EffectRefusedError } from '../errors';
import type { PostalAddress } from '../types';

/** The address to which an order goes. @throws EffectRefusedError when it is not enough to send a parcel */
export function postalAddress(order: Pick<Order, 'shippingAddress' | 'customer'>): PostalAddress {
  const { shippingAddress: address, customer } = order;
  const text = (value: string | undefined | null) => {
    const trimmed = value?.trim() ?? '';
    return trimmed === '' ? undefined : trimmed;
  };
  const fullName =
    text(address.fullName) ??
    text(`${customer?.firstName ?? ''} ${customer?.lastName ?? ''}`) ??
    text(address.company);
  const streetLine1 = text(address.streetLine1);
  const city = text(address.city);
  const countryCode = text(address.countryCode);
  if (fullName === undefined || streetLine1 === undefined || countryCode === undefined) {
    throw new EffectRefusedError('The shipping address has no name, street or country.');
  }
  return {
    fullName,
    company: text(address.company),
    streetLine1,
    streetLine2: text(address.streetLine2),
    city: city ?? '',
    province: text(address.province),
    postalCode: text(address.postalCode) ?? '',
    countryCode: countryCode.toUpperCase(),
    phoneNumber: text(address.phoneNumber),
  };
}

const regionNames = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });

/** As it is written on a parcel: the country last, in capitals, in English, as the postal union wants it. */
export function parcelAddressLines(address: PostalAddress): string[] {
  const country = /^[A-Z]{2}$/.test(address.countryCode) ? regionNames.of(address.countryCode) : undefined;
  return [
    address.fullName,
    address.company === address.fullName ? undefined : address.company,
    address.streetLine1,
    address.streetLine2,
    [address.postalCode, address.city].filter(part => part !== '').join(' '),
    address.province,
    (country ?? address.countryCode).toUpperCase(),
  ].filter((line): line is string => line !== undefined && line !== '');
}
