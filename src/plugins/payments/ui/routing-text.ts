import { amountText } from './amounts';
import type { Conditions, MethodType, Named, Reason, Refusal, Rule } from './routing.query';

export const METHOD_NAMES: Record<MethodType, string> = {
  card: 'Card',
  digital_wallet: 'Digital wallet',
  bank_transfer: 'Bank transfer',
};

/** What ids stand for, as far as the person may know. */
export interface Names {
  groups: readonly Named[];
  channels: readonly Named[];
}

/** What a rule asks for, one text for each condition. */
export function conditionTexts(when: Conditions, names: Names): string[] {
  const { currencies, minAmount, maxAmount, amountCurrency, countries, methodTypes } = when;
  const { cardBrands, customerGroupIds, channelIds } = when;
  const some = (what: string, values: readonly string[] | null) =>
    values === null || values.length === 0 ? [] : [`${what} ${values.join(' or ')}`];
  return [
    ...some('Currency', currencies),
    ...amountTexts(minAmount, maxAmount, amountCurrency),
    ...some('Billed to', countries),
    ...some('Paid by', methodTypes?.map(type => METHOD_NAMES[type].toLowerCase()) ?? null),
    ...some('Card of', cardBrands),
    ...some('Customer in', customerGroupIds?.map(id => nameOf(id, names.groups)) ?? null),
    ...some('Channel', channelIds?.map(id => nameOf(id, names.channels)) ?? null),
  ];
}

/** Such as `stripe 70 %, mollie 30 %`. */
export function targetsText(to: Rule['to']): string {
  const whole = to.reduce((sum, { weight }) => sum + weight, 0);
  return sharesText(to.map(({ provider, weight }) => ({ provider, share: weight / whole })));
}

export function sharesText(shares: ReadonlyArray<{ provider: string; share: number }>): string {
  if (shares.length === 1) return shares[0]?.provider ?? '';
  return shares.map(({ provider, share }) => `${provider} ${percent(share)}`).join(', ');
}

/** Why a rule does or does not take the payment. */
export function reasonText({ outcome, refusedBy, unknownFact }: Reason): string {
  switch (outcome) {
    case 'taken':
      return 'Takes this payment.';
    case 'shadowed':
      return 'Would take it, but a rule above does.';
    case 'refused':
      return unknownFact && refusedBy !== null
        ? `Asks for ${FACTS[refusedBy]}, which is not known of this payment.`
        : REFUSALS[refusedBy ?? 'providers'];
  }
}

const REFUSALS: Record<Refusal, string> = {
  disabled: 'Is turned off.',
  providers: 'None of its providers can do this way to pay.',
  currencies: 'Is for other currencies.',
  amountCurrency: 'Its amounts are in another currency.',
  minAmount: 'Is for greater amounts.',
  maxAmount: 'Is for smaller amounts.',
  countries: 'Is for other countries.',
  methodTypes: 'Is for other ways to pay.',
  cardBrands: 'Is for other cards.',
  customerGroupIds: 'Is for other customers.',
  channelIds: 'Is for other channels.',
};

const FACTS: Record<Refusal, string> = {
  disabled: '',
  providers: '',
  currencies: 'the currency',
  amountCurrency: 'the currency',
  minAmount: 'the amount',
  maxAmount: 'the amount',
  countries: 'the country of the billing address',
  methodTypes: 'the way to pay',
  cardBrands: 'the brand of the card',
  customerGroupIds: 'the customer’s groups',
  channelIds: 'the channel',
};

function amountTexts(min: number | null, max: number | null, currency: string | null): string[] {
  if (min === null && max === null) return [];
  const unit = currency ?? '';
  if (min === null) return [`Up to ${amountText(max)} ${unit}`];
  if (max === null) return [`From ${amountText(min)} ${unit}`];
  return [`${amountText(min)} to ${amountText(max)} ${unit}`];
}

function nameOf(id: string, named: readonly Named[]): string {
  return named.find(each => each.id === id)?.name ?? `#${id}`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(1)).toLocaleString()} %`;
}
