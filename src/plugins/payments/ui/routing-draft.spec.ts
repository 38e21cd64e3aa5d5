import { draftOf, emptyRule, moved, problemAt, problemsOfRule, ruleInput, ruleOf } from './routing-draft';
import type { Rule } from './routing.query';

const rule: Rule = {
  id: 'a',
  name: 'Cards of Europe',
  enabled: true,
  when: {
    currencies: ['EUR', 'CHF'],
    minAmount: 1_250,
    maxAmount: null,
    amountCurrency: 'EUR',
    countries: ['DE'],
    methodTypes: ['card'],
    cardBrands: null,
    customerGroupIds: ['3'],
    channelIds: null,
  },
  to: [{ provider: 'stripe', weight: 70 }],
  failover: ['mollie'],
};
const provider = { code: 'stripe', isDefault: true, methodTypes: [] };

describe('a rule that is edited', () => {
  it('comes back as it was', () => {
    expect(ruleOf(draftOf(rule))).toEqual({ rule });
  });

  it('asks for nothing where nothing is typed', () => {
    const result = ruleOf({ ...emptyRule('n', [provider]), name: ' New ' });
    expect(result).toEqual({
      rule: {
        id: 'n',
        name: 'New',
        enabled: true,
        when: {
          currencies: null,
          minAmount: null,
          maxAmount: null,
          amountCurrency: null,
          countries: null,
          methodTypes: null,
          cardBrands: null,
          customerGroupIds: null,
          channelIds: null,
        },
        to: [{ provider: 'stripe', weight: 1 }],
        failover: [],
      },
    });
  });

  it('takes lists however they are parted', () => {
    const result = ruleOf({ ...draftOf(rule), countries: 'DE;AT , ch\nFR' });
    expect(result).toMatchObject({ rule: { when: { countries: ['DE', 'AT', 'ch', 'FR'] } } });
  });

  it('says at each field what is missing', () => {
    const draft = { ...draftOf(rule), name: ' ', minAmount: 'a lot', amountCurrency: '', maxAmount: '3' };
    expect(ruleOf({ ...draft, to: [{ provider: 'stripe', weight: '0' }] })).toEqual({
      problems: {
        name: 'Give the rule a name.',
        'when.minAmount': 'Give an amount such as 12.50, or nothing.',
        'when.amountCurrency': 'Say in which currency the amounts are.',
        'to.0.weight': 'Give a whole number from 1.',
      },
    });
    expect(ruleOf({ ...draftOf(rule), to: [] })).toMatchObject({ problems: { to: /./ } });
  });

  it('is sent without what an answer carries besides', () => {
    const answered = { ...rule, __typename: 'PaymentRoutingRule', when: { ...rule.when, __typename: 'C' } };
    expect(ruleInput(answered)).toEqual(rule);
  });
});

it('moves a rule, and not beyond the ends', () => {
  expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c']);
  expect(moved(['a', 'b', 'c'], 2, -2)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'b', 'c']);
});

it('finds what is wrong with a rule, and with each field', () => {
  const problem = (path: string, message: string) => ({ path, message, severity: 'error' as const });
  const problems = [
    problem('rules.1', 'as a whole'),
    problem('rules.1.when.countries.0', 'first'),
    problem('rules.1.when.countries.3', 'fourth'),
    problem('rules.10.name', 'another rule'),
  ];
  const ofRule = problemsOfRule(problems, 1);
  expect(ofRule.map(({ path }) => path)).toEqual(['', 'when.countries.0', 'when.countries.3']);
  expect(problemAt(ofRule, 'when.countries')).toBe('first fourth');
  expect(problemAt(ofRule, 'when.currencies')).toBeUndefined();
});
