import type { ProviderResult } from '../types';
import type { AttemptKind } from './attempt-status';
import { answerOf, readHandlerAnswer } from './handler-answer';

const about = { provider: 'stripe', reference: 'ref-1' };
const result = (status: ProviderResult['status'], more: Partial<ProviderResult> = {}) => ({
  status,
  transactionId: 'tx-1',
  amount: 1200,
  failure: null,
  instrument: null,
  ...more,
});
const failure = (kind: 'declined' | 'unavailable' | 'invalid') => ({
  kind,
  code: 'some_code',
  message: 'No.',
});

describe('what core is told of a provider', () => {
  const KINDS: readonly AttemptKind[] = ['authorize', 'capture', 'void', 'refund'];

  it.each(KINDS)('is nothing while nobody knows how the %s ends', kind => {
    expect(answerOf(kind, result('unknown'), about)).toBeUndefined();
  });

  it.each(['pending', 'processing'] as const)('is nothing of a payment that is %s', status => {
    expect(answerOf('authorize', result(status), about)).toBeUndefined();
  });

  it('is the money that is reserved or taken, and by whom', () => {
    const instrument = {
      type: 'card',
      brand: 'visa',
      last4: '4242',
      expiryMonth: 1,
      expiryYear: 2030,
      fingerprint: 'secret-fingerprint',
      issuingCountry: 'GB',
      threeDSecure: null,
    } as const;
    expect(answerOf('authorize', result('authorized', { instrument }), about)).toEqual({
      amount: 1200,
      transactionId: 'tx-1',
      state: 'Authorized',
      metadata: { ...about, public: { provider: 'stripe', type: 'card', brand: 'visa', last4: '4242' } },
    });
    expect(answerOf('authorize', result('succeeded'), about)).toMatchObject({ state: 'Settled' });
  });

  it('is a refusal of the bank, or another failure', () => {
    expect(answerOf('authorize', result('failed', { failure: failure('declined') }), about)).toMatchObject({
      state: 'Declined',
      errorMessage: 'No.',
    });
    for (const kind of ['unavailable', 'invalid'] as const) {
      expect(answerOf('authorize', result('failed', { failure: failure(kind) }), about)).toMatchObject({
        state: 'Error',
      });
    }
  });

  it('keeps a payment reserved whose capture or void failed', () => {
    for (const kind of ['capture', 'void'] as const) {
      expect(answerOf(kind, result('failed', { failure: failure('declined') }), about)).toEqual({
        success: false,
        state: 'Authorized',
        errorMessage: 'No.',
      });
    }
  });

  it('takes a cancelled payment for a void that has done its work, and for a capture that has not', () => {
    expect(answerOf('void', result('cancelled'), about)).toEqual({ success: true });
    expect(answerOf('capture', result('cancelled'), about)).toMatchObject({ success: false });
  });

  it('is a refund that the provider has made, is making, or has refused', () => {
    expect(answerOf('refund', result('succeeded'), about)).toMatchObject({ state: 'Settled' });
    expect(answerOf('refund', result('processing'), about)).toMatchObject({ state: 'Pending' });
    expect(answerOf('refund', result('failed', { failure: failure('invalid') }), about)).toMatchObject({
      state: 'Failed',
      metadata: { errorMessage: 'No.' },
    });
  });
});

describe('the answer of any payment method handler', () => {
  it.each([
    ['Settled', 'succeeded', null],
    ['Authorized', 'authorized', null],
    ['OfTheShopsOwn', 'authorized', null],
    ['Declined', 'failed', 'declined'],
    ['Error', 'failed', 'invalid'],
    ['Cancelled', 'failed', 'invalid'],
  ])('%s means %s', (state, status, kind) => {
    const raw = { amount: 1200, state, transactionId: 77, errorMessage: 'Because.' };
    const read = readHandlerAnswer('authorize', raw);
    expect(read).toMatchObject({ status, transactionId: '77', answer: raw });
    expect(read.failure?.kind ?? null).toBe(kind);
  });

  it('is taken as core takes it where a handler cannot void, or makes no refunds', () => {
    expect(readHandlerAnswer('void', undefined)).toMatchObject({
      status: 'succeeded',
      answer: { success: true },
    });
    expect(readHandlerAnswer('refund', false)).toMatchObject({ status: 'succeeded', answer: false });
  });

  it('is a failure only where the handler says so', () => {
    expect(readHandlerAnswer('capture', { success: true })).toMatchObject({ status: 'succeeded' });
    expect(readHandlerAnswer('capture', { success: false, errorMessage: 'Late.' })).toMatchObject({
      status: 'failed',
      failure: { message: 'Late.' },
    });
    expect(readHandlerAnswer('refund', { state: 'Failed' })).toMatchObject({ status: 'failed' });
    expect(readHandlerAnswer('refund', { state: 'Pending', transactionId: 're' })).toMatchObject({
      status: 'succeeded',
      transactionId: 're',
    });
  });
});
