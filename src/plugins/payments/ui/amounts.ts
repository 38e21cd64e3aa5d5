/** Amounts as people read and type them. The platform counts hundredths of every currency's main unit. */

const PLACES = 2;
const UNITS = 10 ** PLACES;

/** Minor units; null for nothing, undefined for what is no amount. */
export function typedAmount(text: string): number | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return null;
  const match = /^(\d{1,12})(?:[.,](\d{1,2}))?$/.exec(trimmed);
  if (match === null) return undefined;
  return Number(`${match[1]}${(match[2] ?? '').padEnd(PLACES, '0')}`);
}

/** As it is typed: `12.50`. */
export function amountText(minor: number | null): string {
  return minor === null ? '' : (minor / UNITS).toFixed(PLACES);
}

/** With the currency, as the reader's language writes it: `€12.50`; `¥5,000` for 500,000. Never rounded. */
export function moneyText(minor: number, currency: string): string {
  const places = minor % smallestUnit(currency) === 0 ? {} : { maximumFractionDigits: PLACES };
  return (minor / UNITS).toLocaleString(undefined, { style: 'currency', currency, ...places });
}

/** As `moneyText`; a dash for what is not known. */
export function moneyOrDash(minor: number | null, currency: string): string {
  return minor === null ? '–' : moneyText(minor, currency);
}

/** An amount that somebody typed, of which there are `most`; or why it cannot be. */
export function amountUpTo(
  text: string,
  most: number,
  currency: string,
): { amount: number } | { problem: string } {
  const amount = typedAmount(text);
  const unit = smallestUnit(currency);
  if (amount === undefined || amount === null || amount === 0 || amount % unit !== 0) {
    return { problem: `Give an amount such as ${unit === 1 ? '12.50' : '1250'}.` };
  }
  return amount > most ? { problem: `There are ${moneyText(most, currency)} left at most.` } : { amount };
}

/** What is moved at least, in hundredths: 100 for yen, which have no other coins. */
function smallestUnit(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return 10 ** Math.max(0, PLACES - (format.resolvedOptions().maximumFractionDigits ?? PLACES));
}
