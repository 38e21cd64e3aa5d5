import type { FraudSettings } from '../../types';
import { problem, type Checked, type Problem } from './problems';

export interface Rate {
  readonly currency: string;
  readonly rate: number;
}

/** What is left out stays as it is. */
export type SettingsChange = {
  readonly [Name in Exclude<keyof FraudSettings, 'exchangeRates'>]?: FraudSettings[Name] | null;
} & { readonly exchangeRates?: readonly Rate[] | null };

const MAX_MAILS = 20;
const MAX_RATES = 200;
const MAX_DAYS = 365;
const MAX_HOURS = 720;
const MAX_AMOUNT = 1_000_000_000;
const MAIL = /^[^\s@<>,;]{1,64}@[^\s@<>,;]{1,189}$/;

/** What may be null: null is a value of it. */
const NULLABLE: readonly string[] = ['partWeights', 'dueWebhook'];

/** The settings with the change made, or what is wrong with it. */
export function parseSettings(now: FraudSettings, change: SettingsChange): Checked<FraudSettings> {
  const given = Object.fromEntries(
    Object.entries(change).filter(
      ([name, value]) => name in now && value !== undefined && (value !== null || NULLABLE.includes(name)),
    ),
  ) as Partial<FraudSettings>;
  const rates = change.exchangeRates ?? null;
  const problems: Problem[] = [];
  const check = (path: string, valid: boolean, code: string, variables: Problem['variables'] = {}) => {
    if (!valid) problems.push(problem(path, code, variables));
  };
  const next: FraudSettings = {
    ...now,
    ...given,
    exchangeRates: rates === null ? now.exchangeRates : ratesOf(rates),
  };
  check('failOpenBelow', isBetween(next.failOpenBelow, 0, MAX_AMOUNT), 'amount');
  check('maturityDays', isWhole(next.maturityDays, 1, MAX_DAYS), 'whole-number', { min: 1, max: MAX_DAYS });
  check('reviewHours', isWhole(next.reviewHours, 1, MAX_HOURS), 'whole-number', { min: 1, max: MAX_HOURS });
  for (const [part, weight] of Object.entries(next.partWeights ?? {})) {
    check(`partWeights.${part}`, isBetween(weight, 0, 1), 'part-weight');
  }
  check('dueMails', next.dueMails.length <= MAX_MAILS, 'too-many', { max: MAX_MAILS });
  next.dueMails.slice(0, MAX_MAILS).forEach((mail, index) => {
    check(`dueMails.${index}`, MAIL.test(mail), 'mail');
  });
  check('dueWebhook', next.dueWebhook === null || isWebAddress(next.dueWebhook), 'web-address');
  if (rates !== null) {
    check('exchangeRates', rates.length <= MAX_RATES, 'too-many', { max: MAX_RATES });
    rates.slice(0, MAX_RATES).forEach(({ currency, rate }, index) => {
      const path = `exchangeRates.${index}`;
      check(`${path}.currency`, /^[A-Z]{3}$/.test(currency), 'currency');
      check(`${path}.rate`, isBetween(rate, Number.MIN_VALUE, MAX_AMOUNT), 'rate');
      const first = rates.findIndex(other => other.currency === currency);
      check(`${path}.currency`, first === index, 'currency-twice', { currency });
    });
  }
  return problems.length === 0 ? { value: next, problems } : { problems };
}

function ratesOf(rates: readonly Rate[]): FraudSettings['exchangeRates'] {
  return Object.fromEntries(rates.map(({ currency, rate }) => [currency, rate]));
}

function isBetween(value: number, min: number, max: number): boolean {
  return Number.isFinite(value) && value >= min && value <= max;
}

function isWhole(value: number, min: number, max: number): boolean {
  return Number.isInteger(value) && isBetween(value, min, max);
}

function isWebAddress(text: string): boolean {
  if (text.length > 2_000 || !URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
