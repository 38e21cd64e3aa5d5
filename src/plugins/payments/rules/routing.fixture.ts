import * as fc from 'fast-check';
import { METHOD_TYPES } from '../types';
import type { PaymentFacts, RoutableProviders, RoutingRule } from './routing';

/** Tables and payments for the specs: few different values, so that rules meet payments and each other. */

export const PROVIDERS: RoutableProviders = {
  all: [
    { code: 'stripe', methodTypes: ['card', 'digital_wallet'] },
    { code: 'mollie', methodTypes: METHOD_TYPES },
    { code: 'dummy', methodTypes: ['card'] },
  ],
  first: 'stripe',
};

const CURRENCIES = ['EUR', 'USD'];
const COUNTRIES = ['DE', 'AT', 'US'];
const BRANDS = ['visa', 'amex'];
const IDS = ['1', '2', '3'];
const CODES = ['stripe', 'mollie', 'dummy', 'gone'];

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 });
const some = <T>(values: readonly T[]) => maybe(fc.subarray<T>([...values], { minLength: 1 }));

const amountRange = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc.record({
    amountCurrency: fc.constantFrom(...CURRENCIES),
    minAmount: fc.constantFrom(0, 10, 20),
    maxAmount: maybe(fc.constantFrom(20, 30)),
  }),
);

const arbitraryRule: fc.Arbitrary<Omit<RoutingRule, 'id'>> = fc.record({
  name: fc.constant('A rule'),
  enabled: fc.boolean(),
  when: fc
    .tuple(
      fc.record({
        currencies: some(CURRENCIES),
        countries: some(COUNTRIES),
        methodTypes: some(METHOD_TYPES),
        cardBrands: some(BRANDS),
        customerGroupIds: some(IDS),
        channelIds: some(IDS),
      }),
      amountRange,
      // Most rules of real shops ask for little.
      fc.boolean(),
    )
    .map(([conditions, amounts, simple]) =>
      simple ? { currencies: conditions.currencies } : { ...conditions, ...amounts },
    ),
  to: fc.uniqueArray(
    fc.record({ provider: fc.constantFrom(...CODES), weight: fc.integer({ min: 1, max: 100 }) }),
    { minLength: 1, maxLength: 3, selector: ({ provider }) => provider },
  ),
  failover: fc.subarray(CODES),
});

export const arbitraryRules: fc.Arbitrary<RoutingRule[]> = fc
  .array(arbitraryRule, { maxLength: 6 })
  .map(rules => rules.map((rule, index) => ({ ...rule, id: `rule-${index}` })));

const known = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 6 });

export const arbitraryFacts: fc.Arbitrary<PaymentFacts> = fc.record({
  orderId: known(fc.string()),
  amount: known(fc.integer({ min: 0, max: 40 })),
  currency: known(fc.constantFrom(...CURRENCIES)),
  country: known(fc.constantFrom(...COUNTRIES)),
  methodType: known(fc.constantFrom(...METHOD_TYPES)),
  cardBrand: known(fc.constantFrom(...BRANDS)),
  customerGroupIds: known(fc.subarray(IDS)),
  channelId: known(fc.constantFrom(...IDS)),
});
