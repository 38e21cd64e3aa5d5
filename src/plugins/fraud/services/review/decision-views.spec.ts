import fc from 'fast-check';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { decisionView, placesView } from './decision-views';

const decision = (units: readonly number[]) =>
  new FraudDecision({
    units: units.reduce((sum, share) => sum + share, 0),
    currency: 'EUR',
    parts: [],
    contributions: units.map((share, index) => ({
      part: 'model' as const,
      code: `model:feature-${index}`,
      units: share,
      facts: {},
    })),
    signals: { 'ip.country': 'GB', 'email.digits': 3 },
    rules: [{ ruleId: '7', shadow: true, weight: 10, action: null }],
    override: { kind: 'review_rule', source: '7' },
    challengers: [],
    missing: [],
  });

describe('a decision as staff see it', () => {
  it('has contributions that add up to its score, the largest first', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50_000), { maxLength: 20 }), units => {
        const { score, contributions } = decisionView(decision(units), new Map());
        const shares = contributions.map(contribution => contribution.score);
        const inUnits = shares.map(share => Math.round(share * 10_000));
        expect(inUnits.reduce((sum, share) => sum + share, 0)).toBe(Math.round(score * 10_000));
        expect([...shares].sort((a, b) => b - a)).toEqual(shares);
      }),
    );
  });

  it('says what signals mean, and what rules are called', () => {
    const view = decisionView(decision([1]), new Map([['7', 'Large orders']]));
    expect(view.signals).toEqual([
      { name: 'email.digits', value: 3, description: 'Digits before the @' },
      { name: 'ip.country', value: 'GB', description: expect.stringContaining('ISO 3166-1') as string },
    ]);
    expect(view.rules).toMatchObject([{ id: '7', name: 'Large orders', shadow: true }]);
    expect(view.override).toMatchObject({ kind: 'review_rule', name: 'Large orders' });
    expect(decisionView(decision([1]), new Map()).rules[0]?.name).toBeNull();
  });

  it('is on the map only where something is known', () => {
    expect(placesView({})).toEqual({ ip: null, billing: null, shipping: null, distanceKm: null });
    expect(
      placesView({
        'ip.latitude': 51.5,
        'ip.longitude': -0.1,
        'ip.country': 'GB',
        'order.billingCountry': 'AT',
        'ip.billingDistanceKm': 1_200,
      }),
    ).toEqual({
      ip: { latitude: 51.5, longitude: -0.1, country: 'GB' },
      billing: { latitude: null, longitude: null, country: 'AT' },
      shipping: null,
      distanceKm: 1_200,
    });
  });
});
