/** An address, as an order has it. */
export interface PostalAddress {
  readonly streetLine1?: string | null;
  readonly streetLine2?: string | null;
  readonly city?: string | null;
  readonly province?: string | null;
  readonly postalCode?: string | null;
  readonly countryCode?: string | null;
}

/**
 * One text for the ways in which an address is written: without accents, signs, case and spaces, so that "12, Rue de
 * l'Église" and "12 rue de l eglise" are the same. Names are left out: several people may live there, and the same one may
 * use several.
 *
 * @returns undefined without a street or a country: too many would share it
 */
export function normalizeAddress(address: PostalAddress | null | undefined): string | undefined {
  const [street, more, city, postalCode, country] = [
    `${address?.streetLine1 ?? ''}`,
    `${address?.streetLine2 ?? ''}`,
    `${address?.city ?? ''}`,
    `${address?.postalCode ?? ''}`,
    `${address?.countryCode ?? ''}`,
  ].map(plain);
  if (!street || !country) return undefined;
  return [`${street}${more}`, city, postalCode, country].join('|');
}

/** Whether two addresses are different places; undefined where one of them is not known. */
export function addressesDiffer(
  a: PostalAddress | null | undefined,
  b: PostalAddress | null | undefined,
): boolean | undefined {
  const [first, second] = [normalizeAddress(a), normalizeAddress(b)];
  return first === undefined || second === undefined ? undefined : first !== second;
}

/** ISO 3166-1 alpha-2, upper case; undefined for anything else. */
export function countryOf(address: PostalAddress | null | undefined): string | undefined {
  const code = address?.countryCode?.trim().toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(code) ? code : undefined;
}

const MAX_LINE = 300;

function plain(text: string): string {
  return text
    .slice(0, MAX_LINE)
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]/gu, '');
}
