import * as fc from 'fast-check';
import { decide } from './risk';

const decisions = ['allow', 'challenge', 'review', 'block'] as const;

it('blocks above 0.8, whatever the check decided', () => {
  for (const decision of decisions) {
    expect(decide({ score: 0.8, decision })).toBe(decision);
    expect(decide({ score: 0.800001, decision })).toBe('block');
  }
});

it('never lets a score pass that is none', () => {
  fc.assert(
    fc.property(fc.double(), fc.constantFrom(...decisions), (score, decision) => {
      const known = score >= 0 && score <= 0.8;
      expect(decide({ score, decision })).toBe(known ? decision : 'block');
    }),
  );
});
