import type { FraudSettings, History, Lists, SignalValue, Signals } from '../../types';
import { isIpListed } from './listed';

const DAY_MS = 86_400_000;
const MINOR = 100;

/** What the database knows of the customer. */
export interface Account {
  readonly guest: boolean;
  /** When the account was made. */
  readonly since: number | null;
  /** Sums in minor units of their currency. */
  readonly orders: readonly { readonly currency: string; readonly count: number; readonly sum: number }[];
}

export interface LateEvidence {
  readonly at: number;
  /** Minor units of the order's currency. */
  readonly amount: number;
  readonly currency: string;
  readonly baseCurrency: string;
  readonly ip: string | undefined;
  readonly account: Account | null;
  readonly history: History;
  readonly lists: Lists;
  readonly settings: Pick<FraudSettings, 'exchangeRates'>;
}

/** Main units of the base currency; undefined for a currency without a rate. */
export function inBaseCurrency(
  minor: number,
  currency: string,
  baseCurrency: string,
  { exchangeRates }: Pick<FraudSettings, 'exchangeRates'>,
): number | undefined {
  const rate =
    currency === baseCurrency
      ? 1
      : Object.hasOwn(exchangeRates, currency)
        ? exchangeRates[currency]
        : undefined;
  return rate === undefined ? undefined : Math.round(minor * rate) / MINOR;
}

/** What is known only with the settings, the lists and what was before. */
export function lateSignals(evidence: LateEvidence): Signals {
  const { at, amount, currency, baseCurrency, ip, account, history, lists, settings } = evidence;
  const signals: Record<string, SignalValue> = {};
  const put = (name: string, value: SignalValue | undefined) => {
    if (value !== undefined) signals[name] = value;
  };
  put('order.amount', inBaseCurrency(amount, currency, baseCurrency, settings));
  if (account !== null) {
    put('customer.guest', account.guest);
    if (account.since !== null) put('customer.accountAgeDays', daysBetween(account.since, at));
    put(
      'customer.orders',
      account.orders.reduce((sum, { count }) => sum + count, 0),
    );
    const sums = account.orders.map(order =>
      inBaseCurrency(order.sum, order.currency, baseCurrency, settings),
    );
    if (!sums.includes(undefined))
      put(
        'customer.spent',
        sums.reduce<number>((sum, part) => sum + (part ?? 0), 0),
      );
  }
  const email = history.entities.email;
  if (email !== undefined) put('email.ageDays', email.firstAt === null ? 0 : daysBetween(email.firstAt, at));
  if (ip !== undefined) {
    for (const list of ['hosting', 'tor', 'proxy'] as const) put(`ip.${list}`, isIpListed(lists, list, ip));
  }
  return signals;
}

/** The clocks of a database and of a server may differ: nothing is older than now. */
function daysBetween(from: number, to: number): number {
  return Math.max(0, Math.floor((to - from) / DAY_MS));
}
