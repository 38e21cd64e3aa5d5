import type { InputProblem } from './problem';

/** Longer than any line of a real address. */
export const MAX_LINE = 255;

const LINES = [
  'fullName',
  'company',
  'streetLine1',
  'streetLine2',
  'city',
  'province',
  'postalCode',
  'phoneNumber',
] as const;

/** The texts of an address, as far as they are given. */
export type AddressTexts = { [line in (typeof LINES)[number]]?: string | null };

/** Control characters other than tabs and line ends, which a paste may bring along. */
const CONTROL = /[^\P{Cc}\t\r\n]/u;

export function isBlank(text: string | null | undefined): boolean {
  return text === undefined || text === null || text.trim() === '';
}

/** What is wrong with a new address, or with the changed lines of one. */
export function findAddressProblem(address: AddressTexts): InputProblem | undefined {
  if (address.streetLine1 !== undefined && isBlank(address.streetLine1)) {
    return { key: 'error.address-street-missing' };
  }
  for (const field of LINES) {
    const text = address[field] ?? '';
    if (text.length > MAX_LINE) return { key: 'error.text-too-long', variables: { field, max: MAX_LINE } };
    if (CONTROL.test(text)) return { key: 'error.text-with-control-characters', variables: { field } };
  }
  return undefined;
}

/** Whether a parcel can be sent there: a street, and a country. Other lines differ from country to country. */
export function isDeliverable(address: { streetLine1?: string; countryCode?: string } | undefined): boolean {
  return !isBlank(address?.streetLine1) && !isBlank(address?.countryCode);
}
