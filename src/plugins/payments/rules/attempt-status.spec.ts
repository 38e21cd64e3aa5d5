import * as fc from 'fast-check';
import {
  type AttemptStatus,
  blocksOthers,
  comparesLater,
  type Disposition,
  isUndecided,
  mergeStatus,
  movedMoney,
  movesMoney,
  nextLookMs,
  wantsAnswer,
} from './attempt-status';

const STATUSES: readonly AttemptStatus[] = [
  'open',
  'unknown',
  'pending',
  'processing',
  'failed',
  'cancelled',
  'authorized',
  'succeeded',
];
const status = fc.constantFrom(...STATUSES);
const merged = (reports: readonly AttemptStatus[]) => reports.reduce(mergeStatus, 'open');

describe('the status after several reports', () => {
  it('does not depend on their order, nor on how often each came', () => {
    fc.assert(
      fc.property(
        fc
          .array(status, { maxLength: 6 })
          .chain(reports =>
            fc.tuple(
              fc.constant(reports),
              fc.shuffledSubarray([...reports, ...reports], { minLength: reports.length * 2 }),
            ),
          ),
        ([reports, again]) => {
          expect(merged(again)).toBe(merged(reports));
        },
      ),
    );
  });

  it.each<[AttemptStatus, AttemptStatus, AttemptStatus]>([
    ['open', 'unknown', 'unknown'],
    ['unknown', 'failed', 'failed'],
    ['pending', 'authorized', 'authorized'],
    ['authorized', 'pending', 'authorized'],
    ['authorized', 'cancelled', 'cancelled'],
    ['cancelled', 'authorized', 'cancelled'],
    ['failed', 'succeeded', 'succeeded'],
    ['succeeded', 'failed', 'succeeded'],
    ['succeeded', 'cancelled', 'succeeded'],
    ['authorized', 'unknown', 'authorized'],
  ])('%s and then %s is %s', (known, reported, expected) => {
    expect(mergeStatus(known, reported)).toBe(expected);
  });

  it('never forgets money that was taken', () => {
    fc.assert(
      fc.property(fc.array(status), reports => {
        expect(merged([...reports, 'succeeded', ...reports])).toBe('succeeded');
      }),
    );
  });
});

describe('an attempt', () => {
  const dispositions: readonly Disposition[] = ['none', 'applied', 'stranded', 'returned'];

  it('keeps others away exactly while it may take money, or took some that is nowhere yet', () => {
    for (const known of STATUSES) {
      expect(blocksOthers(known, 'none')).toBe(isUndecided(known) || movedMoney(known));
      for (const disposition of dispositions.slice(1)) expect(blocksOthers(known, disposition)).toBe(false);
    }
  });

  it('is looked at again as long as something is open, ever less often, and at least daily', () => {
    for (const known of STATUSES) {
      for (const disposition of dispositions) {
        const looks = Array.from({ length: 40 }, (_, asked) =>
          nextLookMs({ status: known, disposition }, asked),
        );
        const done =
          disposition === 'returned' ||
          known === 'failed' ||
          known === 'cancelled' ||
          (disposition === 'applied' && movedMoney(known));
        expect(looks.every(look => (look === null) === done)).toBe(true);
        const waits = looks.filter(look => look !== null);
        expect(waits).toEqual([...waits].sort((a, b) => a - b));
        expect(Math.max(0, ...waits)).toBeLessThanOrEqual(86_400_000);
      }
    }
  });

  it('that gave money back in vain is left to staff', () => {
    const stranded = { status: 'succeeded', disposition: 'stranded', kind: 'refund' } as const;
    expect(nextLookMs(stranded, 0)).toBeNull();
  });

  it('that core has as a pending refund is looked at until core knows its end', () => {
    const pending = { disposition: 'applied', kind: 'refund', refundPending: true } as const;
    for (const status of STATUSES) expect(nextLookMs({ ...pending, status }, 0)).not.toBeNull();
    expect(nextLookMs({ ...pending, status: 'failed', refundPending: false }, 0)).toBeNull();
  });

  it('that never arrived is asked for three times more: it may have been long on its way', () => {
    const lost = { status: 'failed', disposition: 'none', failureCode: 'never_arrived' } as const;
    expect([0, 1, 2, 3].map(looks => nextLookMs(lost, looks) !== null)).toEqual([true, true, true, false]);
    expect(wantsAnswer(lost)).toBe(true);
    expect(wantsAnswer({ ...lost, failureCode: 'card_declined' })).toBe(false);
  });
});

describe('money that the report counts', () => {
  const fresh = { kind: 'authorize', disposition: 'none', movedAt: null } as const;

  it('is what was taken or given back, once', () => {
    expect(movesMoney(fresh, 'succeeded')).toBe(true);
    expect(movesMoney({ ...fresh, kind: 'refund' }, 'succeeded')).toBe(true);
    expect(movesMoney(fresh, 'authorized')).toBe(false);
    expect(movesMoney({ ...fresh, movedAt: new Date(0) }, 'succeeded')).toBe(false);
  });

  it('is not what a void lets go of, nor an authorization whose capture counts', () => {
    expect(movesMoney({ ...fresh, kind: 'void' }, 'succeeded')).toBe(false);
    expect(movesMoney({ ...fresh, disposition: 'applied' }, 'succeeded')).toBe(false);
    expect(movesMoney({ ...fresh, kind: 'capture', disposition: 'applied' }, 'succeeded')).toBe(true);
    expect(movesMoney({ ...fresh, disposition: 'stranded' }, 'succeeded')).toBe(true);
  });

  it('has nothing to be compared with where it failed before the provider had it', () => {
    const failed = { kind: 'authorize', status: 'failed' } as const;
    expect(comparesLater({ ...failed, transactionId: null })).toBe(false);
    expect(comparesLater({ ...failed, transactionId: 'pi_1' })).toBe(true);
    expect(comparesLater({ ...failed, kind: 'refund' })).toBe(true);
    expect(comparesLater({ kind: 'authorize', status: 'open' })).toBe(true);
  });
});
