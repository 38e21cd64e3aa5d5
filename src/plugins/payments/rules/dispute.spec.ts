import * as fc from 'fast-check';
import type { ProviderDispute } from '../types';
import { disputeOf, mergeDispute, type KnownDispute } from './dispute';

const told = (
  status: ProviderDispute['status'],
  day: number,
  more: Partial<ProviderDispute> = {},
): KnownDispute =>
  disputeOf(
    {
      disputeId: 'dp_1',
      amount: 1000,
      currency: 'EUR',
      reason: 'fraudulent',
      status,
      respondBy: null,
      ...more,
    },
    new Date(Date.UTC(2026, 0, day)),
  );

describe('messages about a dispute', () => {
  it('a closed one is not opened again by a message that comes late', () => {
    const closed = mergeDispute(told('lost', 9), told('needs_response', 1));
    expect(closed).toMatchObject({
      status: 'lost',
      openedAt: new Date('2026-01-01T00:00:00Z'),
      closedAt: new Date('2026-01-09T00:00:00Z'),
    });
    expect(mergeDispute(closed, told('needs_response', 20)).status).toBe('lost');
  });

  it('a bank may decide again: the later word holds', () => {
    expect(mergeDispute(told('lost', 9), told('won', 12))).toMatchObject({
      status: 'won',
      closedAt: new Date('2026-01-12T00:00:00Z'),
    });
  });

  it('the newer one says by when to answer', () => {
    const respondBy = new Date('2026-02-01T00:00:00Z');
    const merged = mergeDispute(told('needs_response', 2, { respondBy }), told('needs_response', 1));
    expect(merged.respondBy).toEqual(respondBy);
  });

  const anyTold = fc
    .tuple(
      fc.constantFrom<ProviderDispute['status']>('needs_response', 'under_review', 'won', 'lost'),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom(100, 200),
    )
    .map(([status, day, amount]) => told(status, day, { amount }));

  it('may come in any order, and twice', () => {
    fc.assert(
      fc.property(
        fc.array(anyTold, { minLength: 1, maxLength: 6 }),
        fc.infiniteStream(fc.nat()),
        (all, random) => {
          const shuffled = [...all, ...all]
            .map(message => [random.next().value as number, message] as const)
            .sort(([a], [b]) => a - b)
            .map(([, message]) => message);
          expect(shuffled.reduce(mergeDispute)).toEqual(all.reduce(mergeDispute));
        },
      ),
    );
  });
});
