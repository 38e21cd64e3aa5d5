import * as fc from 'fast-check';
import {
  MAX_NOTE,
  MAX_PROVIDERS,
  MAX_RULES,
  MAX_WEIGHT,
  parseNote,
  parseRules,
  problemsOf,
  type RoutingProblem,
  type RoutingSurroundings,
} from './routing-problems';
import { arbitraryRules, PROVIDERS } from './routing.fixture';

const shop: RoutingSurroundings = {
  providers: PROVIDERS.all,
  currencies: new Set(['EUR', 'USD']),
  countries: new Set(['DE', 'AT', 'US']),
  channelIds: new Set(['1', '2', '3']),
  customerGroupIds: new Set(['1', '2', '3']),
};

const rule = (more: object = {}) => ({
  id: 'a',
  name: 'A rule',
  enabled: true,
  when: {},
  to: [{ provider: 'mollie', weight: 1 }],
  failover: [],
  ...more,
});

const summary = (problems: readonly RoutingProblem[]) =>
  problems.map(({ path, code, severity }) =>
    severity === 'error' ? `${path}: ${code}` : `${path}: (${code})`,
  );

/** What staff would be told of these rules. */
const told = (rules: unknown): string[] => {
  const form = parseRules(rules);
  return summary('problems' in form ? form.problems : problemsOf(form.value, shop));
};

describe('the form of a table', () => {
  it.each<[string, unknown, string]>([
    ['no list', 'rules', 'rules: malformed'],
    ['no rule', [null], 'rules.0: malformed'],
    ['no id', [rule({ id: '' })], 'rules.0.id: rule-id'],
    ['an id with other signs', [rule({ id: 'a b' })], 'rules.0.id: rule-id'],
    ['no name', [rule({ name: '  ' })], 'rules.0.name: rule-name'],
    ['a long name', [rule({ name: 'x'.repeat(101) })], 'rules.0.name: rule-name'],
    ['a name that cannot be stored', [rule({ name: 'a\u0000b' })], 'rules.0.name: malformed'],
    ['no providers', [rule({ to: [] })], 'rules.0.to: targets-empty'],
    [
      'a weight of nothing',
      [rule({ to: [{ provider: 'mollie', weight: 0 }] })],
      'rules.0.to.0.weight: weight',
    ],
    [
      'a weight below it',
      [rule({ to: [{ provider: 'mollie', weight: -1 }] })],
      'rules.0.to.0.weight: weight',
    ],
    ['half a weight', [rule({ to: [{ provider: 'mollie', weight: 0.5 }] })], 'rules.0.to.0.weight: weight'],
    [
      'a huge weight',
      [rule({ to: [{ provider: 'mollie', weight: MAX_WEIGHT + 1 }] })],
      'rules.0.to.0.weight: weight',
    ],
    ['an empty condition', [rule({ when: { countries: [] } })], 'rules.0.when.countries: condition-empty'],
    [
      'a long condition',
      [rule({ when: { countries: Array.from({ length: 301 }, () => 'DE') } })],
      'rules.0.when.countries: condition-too-long',
    ],
    ['half a cent', [rule({ when: { minAmount: 0.5 } })], 'rules.0.when.minAmount: amount'],
    ['less than nothing', [rule({ when: { maxAmount: -1 } })], 'rules.0.when.maxAmount: amount'],
    ['endless money', [rule({ when: { maxAmount: Infinity } })], 'rules.0.when.maxAmount: amount'],
    [
      'money that is no exact number',
      [rule({ when: { maxAmount: 2 ** 53 } })],
      'rules.0.when.maxAmount: amount',
    ],
    [
      'another way to pay',
      [rule({ when: { methodTypes: ['cash'] } })],
      'rules.0.when.methodTypes.0: method-type',
    ],
    [
      'too many providers',
      [rule({ failover: Array.from({ length: MAX_PROVIDERS + 1 }, () => 'mollie') })],
      'rules.0.failover: too-many-providers',
    ],
    ['too many rules', Array.from({ length: MAX_RULES + 1 }, () => rule()), 'rules: too-many-rules'],
  ])('has %s', (_what, rules, expected) => {
    expect(told(rules)).toEqual([expected]);
  });

  it('is made proper: codes in their case, nothing where nothing was given', () => {
    const given = rule({
      name: ' Cards ',
      when: {
        currencies: ['eur'],
        countries: [' de '],
        cardBrands: ['VISA'],
        channelIds: [7],
        customerGroupIds: null,
        minAmount: null,
      },
      extra: 1,
    });
    expect(parseRules([given])).toEqual({
      value: [
        rule({
          name: 'Cards',
          when: { currencies: ['EUR'], countries: ['DE'], cardBrands: ['visa'], channelIds: ['7'] },
        }),
      ],
    });
  });

  it('names every problem of every rule', () => {
    expect(told([rule({ name: '' }), rule({ to: [], when: { minAmount: -1 } })])).toEqual([
      'rules.0.name: rule-name',
      'rules.1.when.minAmount: amount',
      'rules.1.to: targets-empty',
    ]);
  });

  it('is judged whatever comes', () => {
    fc.assert(
      fc.property(fc.jsonValue(), input => {
        for (const rules of [input, [input], [{ ...rule(), when: input }], [{ ...rule(), to: [input] }]]) {
          expect(told(rules).every(text => /^rules\S*: \(?[a-z-]+\)?$/.test(text))).toBe(true);
        }
      }),
      { seed: 11, numRuns: 300 },
    );
  });

  it('of a table that was stored is the same again', () => {
    fc.assert(
      fc.property(arbitraryRules, rules => {
        const stored = JSON.parse(JSON.stringify(rules)) as unknown;
        expect(JSON.stringify(parseRules(stored))).toBe(
          JSON.stringify({ value: (parseRules(rules) as { value: unknown }).value }),
        );
        expect(parseRules(stored)).toEqual({ value: stored });
      }),
      { seed: 12, numRuns: 300 },
    );
  });
});

describe('what a note may be', () => {
  it('is a short text, or nothing', () => {
    expect([null, undefined, ' ', ' why '].map(parseNote)).toEqual([
      { value: undefined },
      { value: undefined },
      { value: undefined },
      { value: 'why' },
    ]);
    expect(parseNote('x'.repeat(MAX_NOTE + 1))).toMatchObject({
      problems: [{ path: 'note', code: 'note-too-long', variables: { max: MAX_NOTE } }],
    });
  });
});

describe('rules in a shop', () => {
  it.each<[string, object[], string[]]>([
    ['nothing is wrong with them', [rule({ when: { currencies: ['EUR'], countries: ['DE'] } })], []],
    ['ids must differ', [rule({ enabled: false }), rule()], ['rules.1.id: duplicate-id']],
    [
      'providers must exist',
      [rule({ to: [{ provider: 'paypal', weight: 1 }], failover: ['braintree'] })],
      ['rules.0.to.0.provider: unknown-provider', 'rules.0.failover.0: unknown-provider'],
    ],
    [
      'providers stand once in each list',
      [
        rule({
          to: [
            { provider: 'mollie', weight: 1 },
            { provider: 'mollie', weight: 2 },
          ],
          failover: ['mollie', 'stripe', 'stripe'],
        }),
      ],
      ['rules.0.to.1.provider: duplicate-provider', 'rules.0.failover.2: duplicate-provider'],
    ],
    [
      'a provider is of no use for what it cannot do',
      [rule({ when: { methodTypes: ['bank_transfer'] }, failover: ['stripe'] })],
      ['rules.0.failover.0: (provider-cannot)'],
    ],
    [
      'codes must exist',
      [
        rule({
          when: { currencies: ['EUR', 'XXY'], countries: ['ZZ'], channelIds: ['9'], customerGroupIds: ['8'] },
        }),
      ],
      [
        'rules.0.when.currencies.1: unknown-currency',
        'rules.0.when.countries.0: unknown-country',
        'rules.0.when.customerGroupIds.0: unknown-customer-group',
        'rules.0.when.channelIds.0: unknown-channel',
      ],
    ],
    [
      'an amount is of a currency that exists',
      [rule({ when: { minAmount: 1, amountCurrency: 'XXY' } })],
      ['rules.0.when.amountCurrency: unknown-currency'],
    ],
    [
      'an amount is of some currency',
      [rule({ when: { minAmount: 1 } })],
      ['rules.0.when.amountCurrency: amount-without-currency'],
    ],
    [
      'a currency of amounts needs one',
      [rule({ when: { amountCurrency: 'EUR' } })],
      ['rules.0.when.amountCurrency: currency-without-amount'],
    ],
    [
      'the least is not above the greatest',
      [rule({ when: { minAmount: 2, maxAmount: 1, amountCurrency: 'EUR' } })],
      ['rules.0.when.maxAmount: min-above-max'],
    ],
    [
      'a range of one value is one',
      [rule({ when: { minAmount: 2, maxAmount: 2, amountCurrency: 'EUR' } })],
      [],
    ],
    [
      'the currency of the amount is among those of the rule',
      [rule({ when: { minAmount: 1, amountCurrency: 'EUR', currencies: ['USD'] } })],
      ['rules.0.when.amountCurrency: currencies-conflict'],
    ],
    [
      'nothing comes after a rule for everything',
      [rule(), rule({ id: 'b', when: { currencies: ['EUR'] } }), rule({ id: 'c', enabled: false })],
      ['rules.1: (unreachable)'],
    ],
  ])('%s', (_law, rules, expected) => {
    expect(told(rules)).toEqual(expected);
  });

  it('of the same shop have no errors but providers that it does not have', () => {
    fc.assert(
      fc.property(arbitraryRules, rules => {
        const problems = problemsOf(rules, shop).filter(({ severity }) => severity === 'error');
        const expected = ['unknown-provider', 'currencies-conflict', 'min-above-max'];
        expect(problems.filter(({ code }) => !expected.includes(code))).toEqual([]);
      }),
      { seed: 13, numRuns: 300 },
    );
  });
});
