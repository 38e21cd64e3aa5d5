import { knownFeatures } from './known-features';

describe('the features of the shop', () => {
  it('are those of entities, categories, signals and the other parts', () => {
    const known = knownFeatures();
    for (const name of [
      'amount',
      'card.attempts.24h',
      'ip.distinct_card.7d',
      'email.badRate.all',
      'device.ageHours',
      'category.email.domain.badRate.all',
      'signal.email.disposable',
      'score.velocity',
      'device.known',
    ]) {
      expect(known).toContain(name);
    }
    expect(known.size).toBeGreaterThan(300);
  });

  it('are no others', () => {
    expect(knownFeatures().has('V17')).toBe(false);
  });
});
