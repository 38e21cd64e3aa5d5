import * as fc from 'fast-check';
import type { AuthorizeRequest, ProviderCall } from '../types';
import { DUMMY_TOKENS, type DummyToken } from './dummy/dummy-tokens';
import { dummyTransactionId, readDummyTransactionId } from './dummy/dummy-transaction-id';
import { DummyPaymentProvider, type DummyHistory } from './dummy-payment-provider.adapter';

const call = (idempotencyKey = 'key'): ProviderCall => ({
  idempotencyKey,
  signal: AbortSignal.timeout(1_000),
});

const request = (token: string | null, more: Partial<AuthorizeRequest> = {}): AuthorizeRequest => ({
  amount: 1000,
  currency: 'EUR',
  reference: '01890000-0000-7000-8000-000000000001',
  captureMethod: 'manual',
  method: { type: 'card', token, savedMethodId: null, billingAddress: null },
  customer: { id: '7', providerCustomerId: null, email: null, name: null },
  order: { id: '1', code: 'ORD-1', description: 'x', items: [] },
  returnUrl: 'https://shop.example/back',
  requireThreeDSecure: false,
  ...more,
});

const since = new Date(0);

describe('DummyPaymentProvider', () => {
  const provider = new DummyPaymentProvider();
  /** Another process: nothing in common but the settings. */
  const elsewhere = new DummyPaymentProvider();

  it('reserves, takes, voids and gives back, whichever process is asked', async () => {
    const made = await provider.authorize(request('tok_visa'), call());
    expect(made).toMatchObject({
      status: 'authorized',
      amount: 1000,
      instrument: { brand: 'visa', last4: '4242' },
    });
    const transactionId = made.transactionId!;
    const part = { transactionId, reference: 'r', amount: 700, currency: 'EUR' };
    expect(await elsewhere.capture(part)).toMatchObject({ status: 'succeeded', amount: 700 });
    expect(await elsewhere.capture({ ...part, amount: 1001 })).toMatchObject({
      failure: { kind: 'invalid' },
    });
    expect(await elsewhere.capture({ ...part, currency: 'USD' })).toMatchObject({
      failure: { kind: 'invalid' },
    });
    expect(await elsewhere.void(part)).toMatchObject({ status: 'cancelled' });
    const refund = await elsewhere.refund({ ...part, reason: null }, call('refund'));
    expect(refund).toMatchObject({ status: 'succeeded', amount: 700 });
    expect((await provider.refund({ ...part, reason: null }, call('refund'))).transactionId).toBe(
      refund.transactionId,
    );
  });

  it.each([
    ['tok_declined', 'declined'],
    ['tok_unavailable', 'unavailable'],
    ['tok_invalid', 'invalid'],
    ['tok_of_nobody', 'invalid'],
    ['__proto__', 'invalid'],
  ])('%s fails: %s', async (token, kind) => {
    expect(await provider.authorize(request(token), call())).toMatchObject({
      status: 'failed',
      failure: { kind },
    });
  });

  it('an answer that is lost, before and after the charge', async () => {
    const before = await provider.authorize(request('tok_unknown'), call());
    expect(before).toMatchObject({ status: 'unknown', transactionId: null });
    expect(
      await provider.query({ transactionId: null, reference: request(null).reference, since }),
    ).toBeNull();
    const after = await provider.authorize(request('tok_unknown_charged'), call());
    expect(after.status).toBe('unknown');
    expect(await elsewhere.query({ ...after, reference: '', since })).toMatchObject({ status: 'authorized' });
    const silent = provider.authorize(request('tok_timeout'), {
      idempotencyKey: 'k',
      signal: AbortSignal.timeout(20),
    });
    expect(await silent).toMatchObject({ status: 'unknown' });
  });

  it('3-D Secure: the shopper goes and comes back', async () => {
    let now = new Date('2026-01-01T00:00:00Z');
    const timed = new DummyPaymentProvider({ now: () => now, confirmAfterMs: 5_000 });
    for (const [token, end, asked] of [
      ['tok_3ds', 'succeeded', false],
      ['tok_visa', 'succeeded', true],
      [null, 'succeeded', false],
      ['tok_3ds_declined', 'failed', false],
    ] as const) {
      const made = await timed.authorize(
        request(token, { captureMethod: 'automatic', requireThreeDSecure: asked }),
        call(),
      );
      expect(made).toMatchObject({ status: 'pending', next: { redirectUrl: 'https://shop.example/back' } });
      const query = { transactionId: made.transactionId, reference: '', since };
      expect(await timed.query(query)).toMatchObject({ status: 'pending', captured: 0 });
      now = new Date(now.getTime() + 5_000);
      expect(await timed.query(query)).toMatchObject({
        status: end,
        instrument: { threeDSecure: 'authenticated' },
      });
    }
  });

  it('tells of captures and refunds what the shop’s books say', async () => {
    let history: DummyHistory | null = null;
    const recalling = new DummyPaymentProvider({ recall: () => Promise.resolve(history) });
    const { transactionId } = await recalling.authorize(request('tok_visa'), call());
    const query = { transactionId, reference: '', since };
    const refund = { transactionId: transactionId!, reference: 'r-1', currency: 'EUR', reason: null };
    expect(await recalling.refund({ ...refund, amount: 1 }, call('a'))).toMatchObject({ status: 'failed' });
    history = { captured: 800, voided: false, refunds: [{ refundId: 'x', reference: 'r-0', amount: 300 }] };
    expect(await recalling.query(query)).toMatchObject({ status: 'succeeded', captured: 800, refunded: 300 });
    expect(await recalling.refund({ ...refund, amount: 501 }, call('b'))).toMatchObject({ status: 'failed' });
    expect(await recalling.refund({ ...refund, amount: 500 }, call('c'))).toMatchObject({
      status: 'succeeded',
    });
    history = { captured: 0, voided: true, refunds: [] };
    expect(await recalling.query(query)).toMatchObject({ status: 'cancelled', capturable: 0 });
  });

  it('keeps methods, by tokens that could pay', async () => {
    const customer = { id: '7', providerCustomerId: null, email: 'a@example.com', name: 'Ann' };
    const saved = await provider.createSavedMethod({ token: 'tok_amex', customer });
    expect(saved).toMatchObject({ status: 'succeeded', instrument: { brand: 'amex' } });
    const method = {
      type: 'card',
      token: null,
      savedMethodId: saved.savedMethodId,
      billingAddress: null,
    } as const;
    expect(await elsewhere.authorize(request(null, { method }), call())).toMatchObject({
      status: 'authorized',
      instrument: { brand: 'amex' },
    });
    expect(await provider.createSavedMethod({ token: 'tok_declined', customer })).toMatchObject({
      status: 'failed',
    });
  });

  it('believes no message', () => {
    expect(provider.verifyWebhook()).toBe(false);
    expect(() => provider.parseWebhook()).toThrow();
  });
});

describe('dummyTransactionId', () => {
  const payment = fc.record({
    token: fc.constantFrom(...(Object.keys(DUMMY_TOKENS) as DummyToken[])),
    manual: fc.boolean(),
    amount: fc.nat(),
    currency: fc.constantFrom('EUR', 'JPY'),
    reference: fc.uuid(),
    confirmed: fc.boolean(),
    madeAt: fc.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true }),
  });

  it('holds the payment', () => {
    fc.assert(
      fc.property(payment, made => {
        const id = dummyTransactionId(made, 'secret');
        expect(readDummyTransactionId(id, 'secret')).toEqual(made);
        expect(readDummyTransactionId(id, 'another')).toBeNull();
        expect(id.length).toBeLessThan(200);
      }),
    );
  });

  it('nothing else is one', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        expect(readDummyTransactionId(text, 'secret')).toBeNull();
        expect(readDummyTransactionId(`dummy_${text}`, 'secret')).toBeNull();
      }),
    );
  });
});
