/** The platform counts hundredths of every currency's main unit. */
const PLACES = 2;
const UNITS = 10 ** PLACES;

/** As the reader's language writes it: `€12.50`; `¥5,000` for 500,000. Never rounded. */
export function moneyText(minor: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const smallest = 10 ** Math.max(0, PLACES - (format.resolvedOptions().maximumFractionDigits ?? PLACES));
  const places = minor % smallest === 0 ? {} : { maximumFractionDigits: PLACES };
  return (minor / UNITS).toLocaleString(undefined, { style: 'currency', currency, ...places });
}
