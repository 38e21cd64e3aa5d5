import { comparisons } from './sides';
import type { Side } from './reconciliation.query';

const side = (fields: Partial<Side> = {}): Side => ({
  status: 'succeeded',
  amount: 1_000,
  currencyCode: 'EUR',
  captured: 1_000,
  refunded: 0,
  fees: null,
  disputed: false,
  transactionId: 'tx_1',
  ...fields,
});

const differing = (ours: Side, theirs: Side | null) =>
  comparisons({ kind: 'missing_at_provider', ours, theirs })
    .filter(({ differs }) => differs)
    .map(({ fact }) => fact);

it('marks what differs, and nothing else', () => {
  expect(differing(side(), side())).toEqual([]);
  expect(differing(side(), side({ status: 'authorized', captured: 0 }))).toEqual(['Status', 'Captured']);
  expect(differing(side(), side({ refunded: 1 }))).toEqual(['Given back']);
  expect(differing(side(), side({ disputed: true, transactionId: 'tx_2' }))).toEqual([
    'Disputed',
    'Transaction',
  ]);
});

it('takes the same number in another currency for a difference', () => {
  expect(differing(side(), side({ currencyCode: 'USD' }))).toEqual(['Asked for', 'Captured', 'Given back']);
});

it('does not mark what only one side can know', () => {
  expect(differing(side({ transactionId: null }), side({ fees: 30 }))).toEqual([]);
});

it('says that the provider has no such payment', () => {
  expect(differing(side(), null)).toEqual(['Status']);
  expect(comparisons({ kind: 'missing_at_provider', ours: side(), theirs: null })[0]).toEqual({
    fact: 'Status',
    ours: 'Captured',
    theirs: 'No such payment',
    differs: true,
  });
});

it('says that the shop has no record', () => {
  const none = side({ status: 'none', amount: 0, captured: 0, transactionId: null });
  expect(differing(none, side())).toEqual(['Status', 'Asked for', 'Captured']);
  expect(comparisons({ kind: 'unknown_payment', ours: none, theirs: side() })[0]?.ours).toBe('No record');
});

it('does not say of a provider that cannot be asked that it has no such payment', () => {
  const [status] = comparisons({ kind: 'outcome_unknown', ours: side({ status: 'unknown' }), theirs: null });
  expect(status).toMatchObject({ ours: 'Outcome unknown', theirs: 'Not known', differs: false });
});
