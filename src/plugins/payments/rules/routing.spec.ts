import * as fc from 'fast-check';
import {
  planRoute,
  splitByHash,
  type PaymentFacts,
  type RoutableProviders,
  type RoutingConditions,
  type RoutingRule,
} from './routing';
import { arbitraryFacts, arbitraryRules, PROVIDERS } from './routing.fixture';

const facts: PaymentFacts = {
  orderId: '7',
  amount: 5_000,
  currency: 'EUR',
  country: 'DE',
  methodType: 'card',
  cardBrand: 'visa',
  customerGroupIds: ['3'],
  channelId: '1',
};

let rules = 0;
const rule = (when: RoutingConditions, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id: `r${(rules += 1)}`,
  name: 'A rule',
  enabled: true,
  when,
  to: [{ provider: 'mollie', weight: 1 }],
  failover: [],
  ...more,
});
const plan = (
  table: readonly RoutingRule[],
  of: Partial<PaymentFacts> = {},
  providers: RoutableProviders = PROVIDERS,
) => planRoute({ version: 4, rules: table }, { ...facts, ...of }, providers);
const takes = (when: RoutingConditions, of: Partial<PaymentFacts> = {}) =>
  plan([rule(when)], of).ruleId !== null;

describe('a rule', () => {
  it.each<[string, RoutingConditions, Partial<PaymentFacts>]>([
    ['the currency', { currencies: ['USD', 'EUR'] }, { currency: 'GBP' }],
    ['the country', { countries: ['DE', 'AT'] }, { country: 'FR' }],
    ['the method type', { methodTypes: ['card'] }, { methodType: 'digital_wallet' }],
    ['the card brand', { cardBrands: ['visa'] }, { cardBrand: 'amex' }],
    ['the customer group', { customerGroupIds: ['2', '3'] }, { customerGroupIds: ['4'] }],
    ['being in any group', { customerGroupIds: ['3'] }, { customerGroupIds: [] }],
    ['the channel', { channelIds: ['1'] }, { channelId: '2' }],
    ['the least amount', { minAmount: 5_000, amountCurrency: 'EUR' }, { amount: 4_999 }],
    ['the greatest amount', { maxAmount: 5_000, amountCurrency: 'EUR' }, { amount: 5_001 }],
    ["the amount's currency", { minAmount: 1, amountCurrency: 'EUR' }, { currency: 'USD' }],
  ])('asks for %s', (_what, when, other) => {
    expect(takes(when)).toBe(true);
    expect(takes(when, other)).toBe(false);
  });

  it('asks for all of its conditions', () => {
    const when: RoutingConditions = { currencies: ['EUR'], countries: ['DE'], methodTypes: ['card'] };
    expect(takes(when)).toBe(true);
    expect(takes(when, { currency: 'USD' })).toBe(false);
    expect(takes(when, { country: 'US' })).toBe(false);
    expect(takes(when, { methodType: 'bank_transfer' })).toBe(false);
  });

  it('takes an amount of nothing, which is not an unknown one', () => {
    expect(takes({ minAmount: 0, amountCurrency: 'EUR' }, { amount: 0 })).toBe(true);
  });

  it.each<[RoutingConditions, keyof PaymentFacts]>([
    [{ currencies: ['EUR'] }, 'currency'],
    [{ countries: ['DE'] }, 'country'],
    [{ methodTypes: ['card'] }, 'methodType'],
    [{ cardBrands: ['visa'] }, 'cardBrand'],
    [{ customerGroupIds: ['3'] }, 'customerGroupIds'],
    [{ channelIds: ['1'] }, 'channelId'],
    [{ minAmount: 0, amountCurrency: 'EUR' }, 'amount'],
    [{ maxAmount: 9_999_999, amountCurrency: 'EUR' }, 'amount'],
  ])('that asks for what is not known does not hold: %j', (when, fact) => {
    const { reasons } = plan([rule(when)], { [fact]: null });
    expect(reasons).toMatchObject([{ outcome: 'refused', unknownFact: true }]);
    expect(plan([rule(when)]).reasons).toMatchObject([{ outcome: 'taken', unknownFact: false }]);
  });
});

describe('the plan', () => {
  it('is the first rule that holds, and says what became of each', () => {
    const table = [
      rule({}, { enabled: false, name: 'off' }),
      rule({ currencies: ['USD'] }, { name: 'dollars' }),
      rule({ countries: ['DE'] }, { name: 'Germany' }),
      rule({}, { name: 'all' }),
    ];
    const found = plan(table);
    expect(found).toMatchObject({ ruleId: table[2]?.id, ruleName: 'Germany', tableVersion: 4 });
    expect(found.reasons.map(({ ruleName, outcome, refusedBy }) => [ruleName, outcome, refusedBy])).toEqual([
      ['off', 'refused', 'disabled'],
      ['dollars', 'refused', 'currencies'],
      ['Germany', 'taken', null],
      ['all', 'shadowed', null],
    ]);
  });

  it('fails over in the order of the rule, and tries nobody twice', () => {
    const to = [{ provider: 'stripe', weight: 1 }];
    expect(plan([rule({}, { to, failover: ['stripe', 'mollie', 'dummy'] })]).providers).toEqual([
      'stripe',
      'mollie',
      'dummy',
    ]);
  });

  it('passes over providers that the shop does not have, or that cannot do the method type', () => {
    const to = [
      { provider: 'gone', weight: 9 },
      { provider: 'mollie', weight: 1 },
    ];
    const table = [rule({}, { to, failover: ['away', 'stripe'] })];
    expect(plan(table).providers).toEqual(['mollie', 'stripe']);
    expect(plan(table).shares).toEqual([{ provider: 'mollie', share: 1 }]);
    // Stripe does no bank transfers here.
    expect(plan(table, { methodType: 'bank_transfer' }).providers).toEqual(['mollie']);
  });

  it('goes on to the next rule where none of the providers can', () => {
    const table = [rule({}, { to: [{ provider: 'stripe', weight: 1 }] }), rule({})];
    const found = plan(table, { methodType: 'bank_transfer' });
    expect(found.reasons).toMatchObject([{ refusedBy: 'providers' }, { outcome: 'taken' }]);
    expect(found.providers).toEqual(['mollie']);
  });

  it('begins with a provider of the failover where the first choices cannot', () => {
    const table = [rule({}, { to: [{ provider: 'stripe', weight: 1 }], failover: ['mollie'] })];
    expect(plan(table, { methodType: 'bank_transfer' }).providers).toEqual(['mollie']);
  });

  it('is the default provider where no rule holds, or another one that can', () => {
    expect(plan([])).toMatchObject({ ruleId: null, ruleName: null, providers: ['stripe'] });
    expect(plan([], { methodType: 'bank_transfer' }).providers).toEqual(['mollie']);
    expect(plan([], { methodType: null }).providers).toEqual(['stripe']);
  });

  it('names nobody in a shop where nobody can', () => {
    const stripeOnly = { all: PROVIDERS.all.slice(0, 1), first: 'stripe' };
    expect(plan([], { methodType: 'bank_transfer' }, stripeOnly).providers).toEqual([]);
    expect(plan([rule({})], {}, { all: [], first: undefined }).providers).toEqual([]);
  });
});

describe('the split', () => {
  const to = [
    { provider: 'stripe', weight: 70 },
    { provider: 'mollie', weight: 25 },
    { provider: 'dummy', weight: 5 },
  ];
  const half = rule({}, { to, id: 'split' });
  const firstOf = (orderId: string | null, point?: number) =>
    planRoute(
      { version: 1, rules: [half] },
      { ...facts, orderId },
      PROVIDERS,
      point === undefined ? splitByHash : () => point,
    ).providers[0];

  it('is the same for every attempt at an order', () => {
    const orders = Array.from({ length: 50 }, (_, index) => String(index));
    expect(orders.map(id => firstOf(id))).toEqual(orders.map(id => firstOf(id)));
    // Across releases: an order that waits for its second attempt stays where it was.
    expect([splitByHash('split:1'), splitByHash('split:2')].map(point => point.toFixed(6))).toEqual([
      '0.898818',
      '0.002204',
    ]);
  });

  it.each([
    [0, 'stripe'],
    [0.699, 'stripe'],
    [0.7, 'mollie'],
    [0.949, 'mollie'],
    [0.951, 'dummy'],
    [0.999999, 'dummy'],
  ])('gives the point %d to %s', (point, provider) => {
    expect(firstOf('1', point)).toBe(provider);
  });

  it('names the likeliest where no order is known', () => {
    expect(firstOf(null)).toBe('stripe');
  });

  it.each(['', 'ORD-', '00000000-0000-4000-8000-'])(
    'has the proportions of the weights, whatever the ids look like (%j)',
    prefix => {
      const orders = 20_000;
      const counts = new Map<string, number>();
      for (let order = 0; order < orders; order += 1) {
        const provider = firstOf(`${prefix}${order}`) ?? '';
        counts.set(provider, (counts.get(provider) ?? 0) + 1);
      }
      for (const { provider, weight } of to) {
        const part = weight / 100;
        // Four standard deviations of the binomial distribution.
        const tolerance = 4 * Math.sqrt(orders * part * (1 - part));
        expect(Math.abs((counts.get(provider) ?? 0) - orders * part)).toBeLessThan(tolerance);
      }
    },
  );

  it('is another one for another rule', () => {
    const orders = Array.from({ length: 200 }, (_, index) => index);
    const differs = orders.filter(id => splitByHash(`a:${id}`) < 0.5 !== splitByHash(`b:${id}`) < 0.5);
    expect(differs.length).toBeGreaterThan(60);
  });
});

describe('for any table and any payment', () => {
  const check = (law: (table: RoutingRule[], of: PaymentFacts) => void) =>
    fc.assert(fc.property(arbitraryRules, arbitraryFacts, law), { seed: 20_260, numRuns: 1_000 });

  it('each provider is there once, is configured, and can do the method type', () => {
    check((table, of) => {
      const { providers } = plan(table, of);
      expect(new Set(providers).size).toBe(providers.length);
      for (const code of providers) {
        const types = PROVIDERS.all.find(provider => provider.code === code)?.methodTypes;
        expect(types).toBeDefined();
        if (of.methodType !== null) expect(types).toContain(of.methodType);
      }
    });
  });

  it('the shares are one whole, and the first choice has one of them', () => {
    check((table, of) => {
      const { shares, providers, reasons } = plan(table, of);
      if (shares.length === 0) return;
      expect(shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1);
      expect(shares.map(({ provider }) => provider)).toContain(providers[0]);
      expect(reasons.filter(({ outcome }) => outcome === 'taken').length).toBeLessThanOrEqual(1);
    });
  });

  it('what comes after the rule, and what is turned off, changes nothing', () => {
    check((table, of) => {
      const whole = plan(table, of);
      const at = table.findIndex(({ id }) => id === whole.ruleId);
      const same = [
        ...(at < 0 ? [] : [plan(table.slice(0, at + 1), of)]),
        plan(
          table.filter(({ enabled }) => enabled),
          of,
        ),
      ];
      for (const other of same)
        expect(other).toMatchObject({ ruleId: whole.ruleId, providers: whole.providers });
    });
  });

  it('knowing less never makes a rule hold', () => {
    check((table, of) => {
      const known = plan(table, of).reasons;
      for (const fact of ['amount', 'currency', 'country', 'cardBrand', 'customerGroupIds', 'channelId']) {
        const less = plan(table, { ...of, [fact]: null }).reasons;
        known.forEach(({ outcome }, index) => {
          if (outcome === 'refused') expect(less[index]?.outcome).toBe('refused');
        });
      }
    });
  });
});
