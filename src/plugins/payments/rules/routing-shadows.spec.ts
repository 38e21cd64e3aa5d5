import * as fc from 'fast-check';
import { METHOD_TYPES } from '../types';
import { CONDITIONS, planRoute, type RoutingConditions, type RoutingRule } from './routing';
import { shadows } from './routing-shadows';
import { arbitraryFacts, arbitraryRules, PROVIDERS } from './routing.fixture';

const rule = (when: RoutingConditions, more: Partial<RoutingRule> = {}): RoutingRule => ({
  id: 'a',
  name: 'A rule',
  enabled: true,
  when,
  to: [{ provider: 'mollie', weight: 1 }],
  failover: [],
  ...more,
});

describe('a rule that takes all that another one could', () => {
  const all = rule({});
  it.each<[string, RoutingConditions, RoutingConditions, boolean]>([
    ['without conditions', {}, { currencies: ['EUR'] }, true],
    ['with the same ones', { currencies: ['EUR'] }, { currencies: ['EUR'] }, true],
    ['with wider ones', { countries: ['DE', 'AT'] }, { countries: ['AT'], currencies: ['EUR'] }, true],
    ['with narrower ones', { countries: ['AT'] }, { countries: ['AT', 'DE'] }, false],
    ['with one more', { currencies: ['EUR'], countries: ['AT'] }, { currencies: ['EUR'] }, false],
    [
      'with a wider range',
      { minAmount: 10, amountCurrency: 'EUR' },
      { minAmount: 20, maxAmount: 30, amountCurrency: 'EUR' },
      true,
    ],
    [
      'with a range in another currency',
      { minAmount: 10, amountCurrency: 'EUR' },
      { minAmount: 20, amountCurrency: 'USD' },
      false,
    ],
    ['of the currency of the range', { currencies: ['EUR'] }, { minAmount: 20, amountCurrency: 'EUR' }, true],
  ])('%s', (_which, wide, narrow, expected) => {
    const mollie = { to: [{ provider: 'mollie', weight: 1 }] };
    expect(shadows(rule(wide, mollie), rule(narrow, mollie), PROVIDERS.all)).toBe(expected);
  });

  it('does not where its providers cannot do each method type', () => {
    const stripe = rule({}, { to: [{ provider: 'stripe', weight: 1 }] });
    expect(shadows(stripe, all, PROVIDERS.all)).toBe(false);
    expect(shadows(stripe, rule({ methodTypes: ['card'] }), PROVIDERS.all)).toBe(true);
    expect(shadows({ ...all, enabled: false }, all, PROVIDERS.all)).toBe(false);
  });

  it('is found among rules with every condition', () => {
    // A condition that is forgotten in the comparison would make rules look shadowed that are not.
    const each: Record<(typeof CONDITIONS)[number], RoutingConditions> = {
      currencies: { currencies: ['EUR'] },
      amountCurrency: { amountCurrency: 'EUR' },
      minAmount: { minAmount: 1 },
      maxAmount: { maxAmount: 1 },
      countries: { countries: ['DE'] },
      methodTypes: { methodTypes: [METHOD_TYPES[0]] },
      cardBrands: { cardBrands: ['visa'] },
      customerGroupIds: { customerGroupIds: ['1'] },
      channelIds: { channelIds: ['1'] },
    };
    for (const when of Object.values(each)) {
      expect(shadows(rule(when), all, PROVIDERS.all)).toBe(false);
      expect(shadows(rule({}), rule(when), PROVIDERS.all)).toBe(true);
    }
  });

  it('a rule that another one shadows is never taken', () => {
    let shadowed = 0;
    fc.assert(
      fc.property(arbitraryRules, arbitraryFacts, (table, of) => {
        const { ruleId } = planRoute({ version: 1, rules: table }, of, PROVIDERS);
        const at = table.findIndex(({ id }) => id === ruleId);
        const later = table[at];
        if (later === undefined) return;
        expect(table.slice(0, at).some(earlier => shadows(earlier, later, PROVIDERS.all))).toBe(false);
        if (table.some((other, index) => index > at && shadows(later, other, PROVIDERS.all))) shadowed += 1;
      }),
      { seed: 20_261, numRuns: 3_000 },
    );
    // Else the law would hold of nothing.
    expect(shadowed).toBeGreaterThan(50);
  });
});
