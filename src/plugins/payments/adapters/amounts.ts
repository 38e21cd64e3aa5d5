/**
 * The port counts as the platform does: in hundredths of a currency's main unit, whatever its own smallest unit is.
 * 5,000 yen are 500000, 1.23 dinar are 123. Providers count otherwise, each in its way.
 */
const PLATFORM_DECIMALS = 2;

/** ISO 4217. Not `Intl`: it knows how amounts are written, which is without decimals in more places. */
const DECIMALS: Readonly<Record<number, string>> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const OTHER_DECIMALS: ReadonlyMap<string, number> = new Map(
  Object.entries(DECIMALS).flatMap(([decimals, codes]) =>
    codes.split(' ').map(code => [code, Number(decimals)] as const),
  ),
);

/** How many decimals a currency has by ISO 4217. */
export function decimalsOf(currency: string): number {
  return OTHER_DECIMALS.get(currency) ?? 2;
}

/**
 * Where Stripe's units are not those of ISO 4217: Iceland's crown and Uganda's shilling have two places there, and
 * Madagascar's ariary none.
 */
const STRIPE_DECIMALS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

const stripePlaces = (currency: string): number =>
  (STRIPE_DECIMALS[currency] ?? decimalsOf(currency)) - PLATFORM_DECIMALS;

/** @throws AmountError where the provider has no number for it, such as half a yen */
export function toStripeAmount(amount: number, currency: string): number {
  return scaled(amount, stripePlaces(currency));
}

/** A part of our smallest unit, of which Stripe's thousandths of a dinar have some, is rounded. */
export function fromStripeAmount(amount: number, currency: string): number {
  return whole(Math.round(amount * 10 ** -stripePlaces(currency.toUpperCase())));
}

/**
 * As Mollie writes amounts: `10.00`, `5000` for yen.
 *
 * @throws AmountError
 */
export function toDecimal(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(scaled(amount, decimals - PLATFORM_DECIMALS)).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** @throws AmountError for what is no amount */
export function fromDecimal(value: string): number {
  const [, units, fraction = ''] = /^(\d+)(?:\.(\d{1,4}))?$/.exec(value) ?? [];
  if (units === undefined) throw new AmountError();
  return whole(Math.round(Number(`${units}${fraction.padEnd(4, '0')}`) / 10 ** (4 - PLATFORM_DECIMALS)));
}

/** @returns null where the provider has no such amount: known before anything is sent */
export function payable<T>(
  convert: (amount: number, currency: string) => T,
  { amount, currency }: { amount: number; currency: string },
): T | null {
  try {
    return convert(amount, currency);
  } catch {
    return null;
  }
}

/** An amount that cannot be paid in its currency, or is none. */
export class AmountError extends RangeError {
  constructor() {
    super('There is no such amount of this currency.');
    this.name = 'AmountError';
  }
}

function scaled(amount: number, places: number): number {
  return whole(places < 0 ? whole(amount) / 10 ** -places : whole(amount) * 10 ** places);
}

function whole(amount: number): number {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new AmountError();
  return amount;
}
