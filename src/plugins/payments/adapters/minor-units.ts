/**
 * The port counts in the minor units of ISO 4217: 5,000 yen are 5000, 1.234 dinar are 1234. Providers have words of
 * their own for some currencies.
 */

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
 * Where Stripe's minor units are not ISO's: Iceland's crown and Uganda's shilling have two places there, which must be
 * zeros, and Madagascar's ariary none.
 */
const STRIPE_DECIMALS: Readonly<Record<string, number>> = { ISK: 2, UGX: 2, MGA: 0 };

const stripeFactor = (currency: string): number =>
  (STRIPE_DECIMALS[currency] ?? decimalsOf(currency)) - decimalsOf(currency);

/** @throws RangeError for an amount that Stripe has no number for */
export function toStripeAmount(amount: number, currency: string): number {
  return scaled(amount, stripeFactor(currency));
}

export function fromStripeAmount(amount: number, currency: string): number {
  return scaled(amount, -stripeFactor(currency.toUpperCase()));
}

/** Of an amount that Stripe has reckoned, such as its fee: it may be a part of our smallest unit. */
export function roundedFromStripe(amount: number, currency: string): number {
  return Math.round(amount / 10 ** stripeFactor(currency.toUpperCase()));
}

/** As Mollie writes amounts: `10.00`, `5000` for yen. */
export function toDecimal(amount: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(whole(amount)).padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** @throws RangeError for what is no amount of the currency */
export function fromDecimal(value: string, currency: string): number {
  const decimals = decimalsOf(currency);
  const match = /^(\d+)(?:\.(\d+))?$/.exec(value);
  const fraction = match?.[2] ?? '';
  if (match === null || fraction.slice(decimals).replace(/0/g, '') !== '') {
    throw new RangeError('not an amount of this currency');
  }
  return whole(Number(`${match[1]}${fraction.slice(0, decimals).padEnd(decimals, '0')}`));
}

function scaled(amount: number, places: number): number {
  return whole(places < 0 ? amount / 10 ** -places : amount * 10 ** places);
}

function whole(amount: number): number {
  if (!Number.isSafeInteger(amount) || amount < 0) throw new RangeError('not a whole amount of minor units');
  return amount;
}
