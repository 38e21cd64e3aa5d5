import fc from 'fast-check';
import {
  assigneeOf,
  closingOf,
  isInBetween,
  isTaken,
  nextTryMs,
  stepsToApprove,
  stepsToReject,
  wantsReview,
  type CaseSurroundings,
  type LastDecision,
  type PaidAttempt,
} from './review';

const authorized: PaidAttempt = {
  kind: 'authorize',
  status: 'authorized',
  disposition: 'applied',
  risk: null,
};
const said = (recommendation: LastDecision['recommendation'], decision: LastDecision['decision']) => ({
  recommendation,
  decision,
});

describe('which payments are looked at', () => {
  it('those that payments keep reserved for staff, also where nothing could be scored', () => {
    expect(wantsReview({ ...authorized, risk: 'review' }, undefined)).toBe(true);
    expect(wantsReview({ ...authorized, risk: 'review' }, said('approve', 'allow'))).toBe(true);
  });

  it('not those that were allowed once the card was known, whatever was said before', () => {
    expect(wantsReview({ ...authorized, risk: 'allow' }, said('review', 'review'))).toBe(false);
  });

  it('those that were taken at once although a review was wanted', () => {
    const taken = { ...authorized, status: 'succeeded' };
    expect(wantsReview(taken, said('review', 'allow'))).toBe(true);
    expect(wantsReview(taken, said('decline', 'allow'))).toBe(true);
    expect(wantsReview(taken, said('approve', 'allow'))).toBe(false);
    expect(wantsReview(taken, undefined)).toBe(false);
  });

  it.each([
    { status: 'failed' },
    { status: 'cancelled' },
    { status: 'pending' },
    { disposition: 'stranded' },
    { disposition: 'returned' },
    { kind: 'capture' },
  ])('none without money: %j', change => {
    expect(wantsReview({ ...authorized, risk: 'review', ...change }, undefined)).toBe(false);
  });
});

describe('who works on a case', () => {
  const now = new Date('2026-03-04T10:00:00Z');
  const until = (ms: number) => new Date(now.getTime() + ms);

  it('whoever took it, until the time is over', () => {
    expect(assigneeOf({ assigneeId: 7, assignedUntil: until(1) }, now)).toBe(7);
    expect(assigneeOf({ assigneeId: 7, assignedUntil: until(0) }, now)).toBeNull();
    expect(assigneeOf({ assigneeId: null, assignedUntil: null }, now)).toBeNull();
  });

  it('keeps others away, not themselves', () => {
    const mine = { assigneeId: 7, assignedUntil: until(1) };
    expect(isTaken(mine, 8, now)).toBe(true);
    expect(isTaken(mine, null, now)).toBe(true);
    expect(isTaken(mine, '7', now)).toBe(false);
    expect(isTaken(mine, 8, until(1))).toBe(false);
  });
});

describe('when an open case has nothing left to decide', () => {
  const open: CaseSurroundings = {
    captured: false,
    attempt: { status: 'authorized', disposition: 'applied' },
    paymentState: 'Authorized',
    orderState: 'PaymentAuthorized',
  };

  it('not as long as the money is held', () => {
    expect(closingOf(open)).toBeUndefined();
    expect(closingOf({ ...open, captured: true, paymentState: 'Settled' })).toBeUndefined();
  });

  it.each<[Partial<CaseSurroundings>, string]>([
    [{ orderState: 'Cancelled' }, 'order_cancelled'],
    [{ orderState: 'Refunded', captured: true, paymentState: 'Settled' }, 'order_cancelled'],
    [{ paymentState: 'Cancelled' }, 'payment_gone'],
    [{ paymentState: 'Declined' }, 'payment_gone'],
    [{ attempt: null }, 'payment_gone'],
    [{ attempt: { status: 'cancelled', disposition: 'applied' } }, 'payment_gone'],
    [{ attempt: { status: 'authorized', disposition: 'stranded' } }, 'payment_gone'],
    [{ paymentState: 'Settled' }, 'payment_captured'],
  ])('%j: %s', (change, because) => {
    expect(closingOf({ ...open, ...change })).toBe(because);
  });
});

describe('what a decision does with the money', () => {
  const payment = { id: 1, state: 'Authorized', amount: 1000, refunded: 0 };

  it('an approval takes what is reserved, once', () => {
    expect(stepsToApprove(payment)).toEqual([{ kind: 'capture', paymentId: 1 }]);
    expect(stepsToApprove({ ...payment, state: 'Settled' })).toEqual([]);
    expect(stepsToApprove({ ...payment, state: 'Cancelled' })).toBeUndefined();
    expect(stepsToApprove(undefined)).toBeUndefined();
  });

  it('a rejection leaves nothing, and gives nothing twice', () => {
    const payments = fc.array(
      fc.record({
        id: fc.nat(),
        state: fc.constantFrom('Authorized', 'Settled', 'Cancelled', 'Declined', 'Error'),
        amount: fc.integer({ min: 1, max: 1_000_000 }),
        refunded: fc.nat(1_000_000),
      }),
    );
    fc.assert(
      fc.property(payments, held => {
        const sound = held.map((one, id) => ({ ...one, id, refunded: Math.min(one.refunded, one.amount) }));
        const after = sound.map(one => ({ ...one }));
        for (const step of stepsToReject(sound)) {
          const one = after[step.paymentId as number]!;
          if (step.kind === 'void') one.state = 'Cancelled';
          else if (step.kind === 'refund') one.refunded += step.amount;
        }
        for (const one of after) {
          expect(one.state).not.toBe('Authorized');
          if (one.state === 'Settled') expect(one.refunded).toBe(one.amount);
        }
        expect(stepsToReject(after)).toEqual([]);
      }),
    );
  });
});

describe('going on by itself', () => {
  it('where the provider may still answer', () => {
    expect(isInBetween('PAYMENT_IN_PROGRESS_ERROR')).toBe(true);
    expect(isInBetween('PAYMENT_OUTCOME_UNKNOWN_ERROR')).toBe(true);
    expect(isInBetween('SETTLE_PAYMENT_ERROR')).toBe(false);
  });

  it('soon, then ever less often, at least four times an hour', () => {
    const waits = [1, 2, 3, 4, 5, 6, 7, 8, 100].map(nextTryMs);
    expect(waits[0]).toBe(15_000);
    expect([...waits].sort((a, b) => a - b)).toEqual(waits);
    expect(Math.max(...waits)).toBe(900_000);
  });
});
