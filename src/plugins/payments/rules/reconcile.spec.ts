import * as fc from 'fast-check';
import type { ProviderRefund, ProviderTransaction } from '../types';
import {
  actionsFor,
  compare,
  compareAgainMs,
  corrected,
  correctionsFor,
  givenUp,
  noSide,
  sameSides,
  sideOfBooks,
  sideOfProvider,
  type BookedRefund,
  type Books,
} from './reconcile';

const BOOKS: Books = {
  status: 'succeeded',
  amount: 1000,
  currency: 'EUR',
  captured: 1000,
  fees: null,
  disputed: false,
  transactionId: 'pi_1',
  refunds: [],
  stranded: false,
  orderCancelled: false,
  expiring: false,
  overdue: false,
  paymentState: 'Settled',
};

const AUTHORIZED: Books = { ...BOOKS, status: 'authorized', captured: 0, paymentState: 'Authorized' };

const THEIRS: ProviderTransaction = {
  transactionId: 'pi_1',
  reference: 'a',
  status: 'succeeded',
  currency: 'EUR',
  amount: 1000,
  capturable: 0,
  captured: 1000,
  refunded: 0,
  fees: null,
  failure: null,
  instrument: null,
  refunds: [],
  disputed: false,
};

const RESERVED: ProviderTransaction = { ...THEIRS, status: 'authorized', captured: 0, capturable: 1000 };

const booked = (amount: number, more: Partial<BookedRefund> = {}): BookedRefund => ({
  reference: 'r1',
  transactionId: 're_1',
  amount,
  status: 'succeeded',
  ...more,
});

const refundAt = (amount: number, more: Partial<ProviderRefund> = {}): ProviderRefund => ({
  refundId: 're_1',
  reference: 'r1',
  amount,
  status: 'succeeded',
  ...more,
});

const withRefunds = (...refunds: ProviderRefund[]): ProviderTransaction => ({
  ...THEIRS,
  refunds,
  refunded: refunds
    .filter(({ status }) => status !== 'failed')
    .reduce((total, { amount }) => total + amount, 0),
});

describe('comparing both sides of a payment', () => {
  it.each<[string, Books, ProviderTransaction | null | undefined, [string, number][]]>([
    ['nothing where they agree', BOOKS, THEIRS, []],
    ['nothing where what was reserved is reserved', AUTHORIZED, RESERVED, []],
    ['what the provider took by itself', AUTHORIZED, THEIRS, [['captured_elsewhere', 1000]]],
    [
      'what it took more',
      { ...BOOKS, captured: 600 },
      { ...THEIRS, captured: 900 },
      [['captured_elsewhere', 300]],
    ],
    ['what it took less', BOOKS, RESERVED, [['captured_less', 1000]]],
    [
      'what it has let go of',
      AUTHORIZED,
      { ...RESERVED, status: 'cancelled', capturable: 0 },
      [['voided_elsewhere', 1000]],
    ],
    [
      'what it holds though the shop has let go of it',
      { ...AUTHORIZED, status: 'cancelled' },
      RESERVED,
      [['held_at_provider', 1000]],
    ],
    ['what it knows nothing of', BOOKS, null, [['missing_at_provider', 1000]]],
    ['nothing of what neither has', { ...BOOKS, status: 'failed', captured: 0 }, null, []],
    ['another amount', BOOKS, { ...THEIRS, amount: 1100 }, [['amount_differs', 100]]],
    [
      'another currency, and nothing else then',
      BOOKS,
      { ...THEIRS, currency: 'USD' },
      [['amount_differs', 1000]],
    ],
    [
      'what it gave back by itself',
      BOOKS,
      withRefunds(refundAt(250, { reference: null, refundId: 're_9' })),
      [['refunded_elsewhere', 250]],
    ],
    [
      'what it gave back and does not list',
      BOOKS,
      { ...THEIRS, refunded: 250 },
      [['refunded_elsewhere', 250]],
    ],
    ['a refund that it never made', { ...BOOKS, refunds: [booked(250)] }, THEIRS, [['refund_missing', 250]]],
    [
      'a refund that failed there',
      { ...BOOKS, refunds: [booked(250)] },
      withRefunds(refundAt(250, { status: 'failed' })),
      [['refund_missing', 250]],
    ],
    [
      'nothing of a refund that it is still busy with',
      { ...BOOKS, refunds: [booked(250, { status: 'processing', transactionId: null })] },
      withRefunds(refundAt(250, { status: 'pending' })),
      [],
    ],
    [
      'nothing of a refund whose answer was lost: the shop finds out by itself',
      { ...BOOKS, refunds: [booked(250, { status: 'unknown', transactionId: null })] },
      withRefunds(refundAt(250)),
      [],
    ],
    [
      'nothing of a refund that failed, also where its id is known',
      { ...BOOKS, refunds: [booked(250, { status: 'failed' })] },
      THEIRS,
      [],
    ],
    [
      'a refund that failed for the shop and was made',
      { ...BOOKS, refunds: [booked(250, { status: 'failed' })] },
      withRefunds(refundAt(250)),
      [['refunded_elsewhere', 250]],
    ],
    ['money of a cancelled order', { ...BOOKS, orderCancelled: true }, THEIRS, [['order_cancelled', 1000]]],
    [
      'nothing of a cancelled order whose money is back',
      { ...BOOKS, orderCancelled: true, refunds: [booked(1000)] },
      withRefunds(refundAt(1000)),
      [],
    ],
    [
      'a reservation that ends soon',
      { ...BOOKS, status: 'authorized', captured: 0, expiring: true, paymentState: 'Authorized' },
      { ...THEIRS, status: 'authorized', captured: 0, capturable: 1000 },
      [['authorization_expiring', 1000]],
    ],
    ['nothing of what was captured in time', { ...BOOKS, expiring: true }, THEIRS, []],
    ['what is stranded', { ...BOOKS, stranded: true }, THEIRS, [['stranded', 1000]]],
    [
      'nothing stranded that is back',
      { ...BOOKS, stranded: true, refunds: [booked(1000)] },
      withRefunds(refundAt(1000)),
      [],
    ],
    ['nothing of what is still open', { ...BOOKS, status: 'pending', captured: 0 }, null, []],
    [
      'what nobody can ask about, after a while',
      { ...BOOKS, status: 'unknown', captured: 0, overdue: true },
      undefined,
      [['outcome_unknown', 1000]],
    ],
    ['nothing of that at once', { ...BOOKS, status: 'unknown', captured: 0 }, undefined, []],
  ])('finds %s', (_, books, theirs, expected) => {
    expect(compare(books, theirs).map(({ kind, amount }) => [kind, amount])).toEqual(expected);
  });
});

/** A payment as a provider could have it. */
const anyTheirs: fc.Arbitrary<ProviderTransaction> = fc
  .record({
    amount: fc.integer({ min: 1, max: 100_000 }),
    captureShare: fc.double({ min: 0, max: 1, noNaN: true }),
    status: fc.constantFrom('authorized' as const, 'succeeded' as const, 'cancelled' as const),
    refunds: fc.array(
      fc.record({
        refundId: fc.uuid(),
        reference: fc.option(fc.uuid()),
        amount: fc.integer({ min: 1, max: 50_000 }),
        status: fc.constantFrom('pending' as const, 'succeeded' as const, 'failed' as const),
      }),
      { maxLength: 5 },
    ),
    unlisted: fc.integer({ min: 0, max: 100 }),
    fees: fc.option(fc.integer({ min: 0, max: 500 })),
  })
  .map(({ amount, captureShare, status, refunds, unlisted, fees }) => {
    const captured = status === 'succeeded' ? Math.max(1, Math.floor(amount * captureShare)) : 0;
    // No provider gives back more than it took.
    let left = captured;
    const given = refunds.filter(refund => refund.status === 'failed' || (left -= refund.amount) >= 0);
    left =
      captured -
      given.reduce((total, { amount: back, status: is }) => total + (is === 'failed' ? 0 : back), 0);
    const listed = given.filter(refund => refund.status !== 'failed');
    return {
      ...THEIRS,
      amount,
      status,
      captured,
      capturable: status === 'authorized' ? amount : 0,
      refunds: given,
      refunded: listed.reduce((total, refund) => total + refund.amount, 0) + Math.min(unlisted, left),
      fees,
    };
  });

const STATUS = { pending: 'processing', succeeded: 'succeeded', failed: 'failed' } as const;

/** The books of a shop that has done all of it itself. */
function booksOf(theirs: ProviderTransaction): Books {
  const unlisted =
    theirs.refunded -
    theirs.refunds.filter(({ status }) => status !== 'failed').reduce((sum, { amount }) => sum + amount, 0);
  const refunds = theirs.refunds.map(({ refundId, reference, amount, status }, index) => ({
    reference: reference ?? `ours-${index}`,
    transactionId: refundId,
    amount,
    status: STATUS[status],
  }));
  return {
    ...BOOKS,
    status: theirs.status,
    amount: theirs.amount,
    captured: theirs.captured,
    fees: theirs.fees,
    refunds:
      unlisted > 0 ? [...refunds, booked(unlisted, { reference: 'unlisted', transactionId: null })] : refunds,
    paymentState: { authorized: 'Authorized', succeeded: 'Settled', cancelled: 'Cancelled' }[
      theirs.status as 'authorized' | 'succeeded' | 'cancelled'
    ],
  };
}

/** The books of a shop that has missed some of it. */
const anyBooks = (theirs: ProviderTransaction): fc.Arbitrary<Books> =>
  fc
    .record({
      status: fc.constantFrom<Books['status']>('authorized', 'succeeded', 'cancelled', 'failed'),
      kept: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
      takenShare: fc.double({ min: 0, max: 1, noNaN: true }),
      missing: fc.boolean(),
    })
    .map(({ status, kept, takenShare, missing }) => {
      const same = booksOf(theirs);
      const captured = status === 'succeeded' ? Math.max(1, Math.floor(theirs.amount * takenShare)) : 0;
      const refunds = same.refunds.filter((_, index) => kept[index]);
      const made = booked(7, { reference: 'made-up', transactionId: 're_made_up' });
      return {
        ...same,
        status,
        captured,
        refunds: missing ? [...refunds, made] : refunds,
        paymentState: {
          authorized: 'Authorized',
          succeeded: 'Settled',
          cancelled: 'Cancelled',
          failed: 'Declined',
        }[status as 'authorized' | 'succeeded' | 'cancelled' | 'failed'],
      };
    });

const anyPair = anyTheirs.chain(theirs => fc.tuple(anyBooks(theirs), fc.constant(theirs)));

describe('laws of the comparison', () => {
  it('sides that agree give nothing', () => {
    fc.assert(fc.property(anyTheirs, theirs => expect(compare(booksOf(theirs), theirs)).toEqual([])));
  });

  it('what the shop takes over is gone afterwards, and nothing is taken over twice', () => {
    let takenOver = 0;
    fc.assert(
      fc.property(anyPair, ([books, theirs]) => {
        for (const { kind } of compare(books, theirs)) {
          const corrections = correctionsFor(kind, books, theirs);
          if (corrections.length === 0) continue;
          takenOver += 1;
          const after = corrections.reduce(corrected, books);
          expect(compare(after, theirs).map(found => found.kind)).not.toContain(kind);
          if (kind === 'captured_elsewhere') expect(after.captured).toBe(theirs.captured);
        }
      }),
      { numRuns: 1000 },
    );
    expect(takenOver).toBeGreaterThan(50);
  });

  it('a shop that has only missed things comes to agree by taking them over, one after the other', () => {
    const missed = anyTheirs.chain(theirs =>
      fc.tuple(
        fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }).map((kept): Books => {
          const same = booksOf(theirs);
          return {
            ...same,
            status: 'authorized',
            captured: 0,
            paymentState: 'Authorized',
            refunds: same.refunds.filter((_, index) => kept[index]),
          };
        }),
        fc.constant(theirs),
      ),
    );
    fc.assert(
      fc.property(missed, ([books, theirs]) => {
        let now = books;
        for (let step = 0; step < 10; step += 1) {
          const [found] = compare(now, theirs);
          if (found === undefined) break;
          now = correctionsFor(found.kind, now, theirs).reduce(corrected, now);
        }
        expect(compare(now, theirs)).toEqual([]);
      }),
    );
  });

  it('each amount is positive and whole, and each kind comes once', () => {
    fc.assert(
      fc.property(anyPair, ([books, theirs]) => {
        const found = compare(books, theirs);
        expect(found.every(({ amount }) => Number.isInteger(amount) && amount > 0)).toBe(true);
        expect(new Set(found.map(({ kind }) => kind)).size).toBe(found.length);
      }),
    );
  });

  it('staff can always do something about it, and never give back more than is there', () => {
    fc.assert(
      fc.property(anyPair, ([books, theirs]) => {
        for (const { kind, amount } of compare(books, theirs)) {
          const actions = actionsFor(kind, books, theirs);
          expect(actions).toContain('IGNORE');
          if (actions.includes('REFUND') && kind === 'refund_missing') {
            expect(amount).toBeLessThanOrEqual(theirs.captured - theirs.refunded);
          }
        }
      }),
    );
  });
});

describe('what staff may do', () => {
  it.each<[string, Parameters<typeof actionsFor>, string[]]>([
    [
      'takes a capture over',
      ['captured_elsewhere', AUTHORIZED, THEIRS],
      ['ACCEPT_PROVIDER', 'CHECK_AGAIN', 'IGNORE'],
    ],
    [
      'gives back what was taken of a payment that core has not',
      ['captured_elsewhere', { ...AUTHORIZED, paymentState: 'Declined' }, THEIRS],
      ['REFUND', 'CHECK_AGAIN', 'IGNORE'],
    ],
    ['has the provider capture', ['captured_less', BOOKS, RESERVED], ['CAPTURE', 'CHECK_AGAIN', 'IGNORE']],
    [
      'decides where nobody can be asked, and cannot leave it',
      ['outcome_unknown', { ...BOOKS, status: 'unknown' }, undefined],
      ['DECIDE_MOVED', 'DECIDE_NOT_MOVED'],
    ],
    ['says that stranded money is back', ['stranded', BOOKS, undefined], ['DECIDE_MOVED', 'IGNORE']],
    ['lets a reservation go', ['unknown_payment', BOOKS, RESERVED], ['VOID', 'CHECK_AGAIN', 'IGNORE']],
    [
      'writes nothing off that was given back in part',
      ['missing_at_provider', { ...BOOKS, refunds: [booked(1)] }, null],
      ['CHECK_AGAIN', 'IGNORE'],
    ],
  ])('%s', (_, args, expected) => {
    expect(actionsFor(...args)).toEqual(expected);
  });
});

describe('refunds that came to nothing', () => {
  it('wait until each was made anew', () => {
    const failed = booked(100, { status: 'failed' });
    const made = booked(100);
    expect(givenUp([made, failed])).toEqual([failed]);
    expect(givenUp([failed, made])).toEqual([]);
    expect(givenUp([failed, failed, made])).toEqual([failed]);
    expect(givenUp([failed, booked(60)])).toEqual([failed]);
    expect(givenUp([failed, booked(100, { status: 'unknown' })])).toEqual([failed]);
  });
});

describe('what staff leave as it is', () => {
  const pair = { ours: sideOfBooks(BOOKS), theirs: sideOfProvider(THEIRS) };

  it('stays so while both sides do, whatever the fees', () => {
    expect(sameSides(pair, { ...pair, theirs: { ...pair.theirs, fees: 12 } })).toBe(true);
    expect(sameSides(pair, { ...pair, theirs: { ...pair.theirs, refunded: 1 } })).toBe(false);
    expect(sameSides(pair, { ...pair, theirs: null })).toBe(false);
    expect(sameSides({ ours: noSide('EUR'), theirs: null }, { ours: noSide('EUR'), theirs: null })).toBe(
      true,
    );
  });
});

describe('when a payment is compared again', () => {
  const DAY = 86_400_000;
  it('less and less often, and never again after half a year', () => {
    const at = (days: number, books: Pick<Books, 'status' | 'captured'> = BOOKS) => {
      const next = compareAgainMs(books, days * DAY);
      return next === null ? null : Math.round(next / DAY);
    };
    expect([0, 1, 4, 11, 25, 55, 115].map(days => at(days))).toEqual([1, 3, 7, 14, 30, 60, 90]);
    expect(at(205)).toBeNull();
    expect([0, 30].map(days => at(days, AUTHORIZED))).toEqual([1, 1]);
    expect([0, 2].map(days => at(days, { status: 'failed', captured: 0 }))).toEqual([1, null]);
  });

  it('always some time from now', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * DAY }), age => {
        const next = compareAgainMs(BOOKS, age);
        expect(next === null || next >= DAY / 24).toBe(true);
      }),
    );
  });
});
