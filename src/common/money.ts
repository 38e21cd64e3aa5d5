/**
 * An amount as a reader of that language expects it. How many decimals are shown is the currency's matter (none for yen).
 *
 * @param amount the amount times ten to the `precision`. The platform keeps two places for every currency, also for
 *   those that have no smaller unit: 5,000 yen are 500000
 * @param language such as `en` or `de_AT`
 */
export function formatMoney(amount: number, currencyCode: string, language: string, precision = 2): string {
  return new Intl.NumberFormat(language.replace('_', '-'), {
    style: 'currency',
    currency: currencyCode,
  }).format(amount / 10 ** precision);
}
