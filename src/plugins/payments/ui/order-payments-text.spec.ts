import { attempt } from './order-payments.fixture';
import { attemptState, dispositionState, entryName, failureText, paymentState } from './order-payments-text';

it.each([
  ['authorize', 'authorized', 'success', 'Reserved'],
  ['authorize', 'succeeded', 'success', 'Captured'],
  ['authorize', 'cancelled', 'neutral', 'Voided or expired'],
  ['capture', 'succeeded', 'success', 'Captured'],
  ['void', 'cancelled', 'success', 'Voided'],
  ['void', 'succeeded', 'success', 'Voided'],
  ['refund', 'succeeded', 'success', 'Given back'],
  ['refund', 'failed', 'error', 'Failed'],
  ['refund', 'unknown', 'warning', 'Outcome unknown'],
] as const)('says how a %s that is %s stands', (kind, status, tone, text) => {
  expect(attemptState({ kind, status })).toEqual({ tone, text });
});

it('says what the shop has made of an attempt only where it is not what one expects', () => {
  const of = (fields: Parameters<typeof attempt>[0]) => dispositionState(attempt(fields))?.text;
  expect(of({ disposition: 'applied' })).toBeUndefined();
  expect(of({ disposition: 'none', status: 'failed' })).toBeUndefined();
  expect(of({ disposition: 'none', status: 'unknown' })).toBeUndefined();
  expect(of({ disposition: 'none', status: 'authorized' })).toBe('Not in the order yet');
  expect(of({ disposition: 'stranded' })).toBe('No order can take it');
  expect(of({ disposition: 'returned' })).toBe('Returned');
});

describe('a failure', () => {
  it.each([
    [{}, undefined],
    [
      { failureKind: 'declined', failureCode: 'card_declined', failureMessage: 'No.' },
      'Declined (card_declined): No.',
    ],
    [
      { failureKind: 'unavailable', failureCode: 'cut_off', failureMessage: null },
      'The provider never acted on it (cut_off)',
    ],
    [{ failureKind: null, failureCode: null, failureMessage: 'No.' }, 'Failed: No.'],
    [
      { failureKind: 'invalid', failureCode: 'decided_by_staff', failureMessage: 'Seen.' },
      'Decided by staff: Seen.',
    ],
  ] as const)('%j is said as %j', (fields, text) => {
    expect(failureText(attempt(fields))).toBe(text);
  });
});

it('has words for what it does not know', () => {
  expect(entryName({ kind: 'asked' })).toBe('The provider was asked again');
  expect(entryName({ kind: 'looked_up' })).toBe('Looked up');
  expect(paymentState('PartiallySettled')).toEqual({ tone: 'neutral', text: 'PartiallySettled' });
});
