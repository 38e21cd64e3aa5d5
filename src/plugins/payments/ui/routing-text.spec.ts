import { conditionTexts, reasonText, sharesText, targetsText } from './routing-text';
import type { Conditions, Reason } from './routing.query';

const nothing: Conditions = {
  currencies: null,
  minAmount: null,
  maxAmount: null,
  amountCurrency: null,
  countries: null,
  methodTypes: null,
  cardBrands: null,
  customerGroupIds: null,
  channelIds: null,
};
const names = { groups: [{ id: '3', name: 'Dealers' }], channels: [] };

describe('what a rule asks for', () => {
  it('is nothing, or each condition in words', () => {
    expect(conditionTexts(nothing, names)).toEqual([]);
    const all: Conditions = {
      currencies: ['EUR', 'CHF'],
      minAmount: 1_000,
      maxAmount: 250_050,
      amountCurrency: 'EUR',
      countries: ['DE'],
      methodTypes: ['card', 'digital_wallet'],
      cardBrands: ['visa'],
      customerGroupIds: ['3', '4'],
      channelIds: ['1'],
    };
    expect(conditionTexts(all, names)).toEqual([
      'Currency EUR or CHF',
      '10.00 to 2500.50 EUR',
      'Billed to DE',
      'Paid by card or digital wallet',
      'Card of visa',
      'Customer in Dealers or #4',
      'Channel #1',
    ]);
  });

  it.each([
    [{ minAmount: 100 }, 'From 1.00 EUR'],
    [{ maxAmount: 100 }, 'Up to 1.00 EUR'],
    [{ minAmount: 0 }, 'From 0.00 EUR'],
  ])('has open ranges: %j', (amounts, text) => {
    expect(conditionTexts({ ...nothing, ...amounts, amountCurrency: 'EUR' }, names)).toEqual([text]);
  });
});

it('says who gets how much', () => {
  expect(targetsText([{ provider: 'stripe', weight: 5 }])).toBe('stripe');
  expect(
    targetsText([
      { provider: 'stripe', weight: 2 },
      { provider: 'mollie', weight: 1 },
    ]),
  ).toBe('stripe 66.7 %, mollie 33.3 %');
  expect(sharesText([])).toBe('');
});

describe('why a rule does not take a payment', () => {
  const reason = (more: Partial<Reason>): Reason => ({
    ruleId: 'a',
    ruleName: 'A',
    outcome: 'refused',
    refusedBy: null,
    unknownFact: false,
    ...more,
  });
  it.each([
    [{ outcome: 'taken' as const }, 'Takes this payment.'],
    [{ outcome: 'shadowed' as const }, 'Would take it, but a rule above does.'],
    [{ refusedBy: 'disabled' as const }, 'Is turned off.'],
    [{ refusedBy: 'countries' as const }, 'Is for other countries.'],
    [
      { refusedBy: 'cardBrands' as const, unknownFact: true },
      'Asks for the brand of the card, which is not known of this payment.',
    ],
  ])('%j', (more, text) => {
    expect(reasonText(reason(more))).toBe(text);
  });
});
