import * as fc from 'fast-check';
import type Stripe from 'stripe';
import { PAYMENT_STATUSES } from '../../types';
import {
  isObject,
  resultOfIntent,
  resultOfRefund,
  statusOfIntent,
  transactionOf,
} from './stripe-transaction';

const intent = (more: object = {}): Stripe.PaymentIntent =>
  ({
    id: 'pi_1',
    object: 'payment_intent',
    amount: 1000,
    amount_capturable: 0,
    amount_received: 0,
    currency: 'eur',
    client_secret: 'pi_1_secret_2',
    status: 'requires_payment_method',
    metadata: { reference: 'attempt-1', confirmation: 'server' },
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    payment_method: null,
    ...more,
  }) as unknown as Stripe.PaymentIntent;

const refund = (more: object = {}): Stripe.Refund =>
  ({
    id: 're_1',
    object: 'refund',
    amount: 300,
    currency: 'eur',
    status: 'succeeded',
    metadata: { reference: 'refund-1' },
    balance_transaction: 'txn_1',
    ...more,
  }) as unknown as Stripe.Refund;

describe('statusOfIntent', () => {
  it.each([
    ['requires_confirmation', 'pending'],
    ['requires_action', 'pending'],
    ['processing', 'processing'],
    ['requires_capture', 'authorized'],
    ['succeeded', 'succeeded'],
    ['canceled', 'cancelled'],
    ['a_word_of_next_year', 'unknown'],
  ])('%s is %s', (status, ours) => {
    expect(statusOfIntent(intent({ status }))).toBe(ours);
  });

  it('a refused one is over where the server confirmed it, and goes on in the browser otherwise', () => {
    const last_payment_error = { code: 'card_declined' };
    expect(statusOfIntent(intent({ last_payment_error }))).toBe('failed');
    expect(statusOfIntent(intent({ last_payment_error, metadata: { confirmation: 'client' } }))).toBe(
      'pending',
    );
    expect(statusOfIntent(intent({ last_payment_error, metadata: {} }))).toBe('pending');
    expect(statusOfIntent(intent())).toBe('pending');
  });

  it('failed needs an error on record, whatever the state', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('client', 'server', undefined), (status, confirmation) => {
        expect(statusOfIntent(intent({ status, metadata: { confirmation } }))).not.toBe('failed');
      }),
    );
  });
});

describe('resultOfIntent', () => {
  it('tells what is reserved, and what was taken', () => {
    expect(resultOfIntent(intent({ status: 'requires_capture', amount_capturable: 1000 }))).toMatchObject({
      status: 'authorized',
      amount: 1000,
      next: null,
    });
    expect(resultOfIntent(intent({ status: 'succeeded', amount_received: 700 }))).toMatchObject({
      amount: 700,
    });
  });

  it('gives the secret only where the shopper has to act', () => {
    for (const status of ['requires_capture', 'succeeded', 'canceled', 'processing', 'else']) {
      expect(JSON.stringify(resultOfIntent(intent({ status })))).not.toContain('secret');
    }
    expect(
      resultOfIntent(
        intent({
          status: 'requires_action',
          next_action: { redirect_to_url: { url: 'https://bank.example' } },
        }),
      ),
    ).toMatchObject({
      status: 'pending',
      amount: 0,
      next: { clientSecret: 'pi_1_secret_2', redirectUrl: 'https://bank.example' },
    });
  });

  it('has fees in the payment’s currency only', () => {
    const charged = (currency: string) =>
      intent({ status: 'succeeded', latest_charge: { balance_transaction: { fee: 44, currency } } });
    expect(resultOfIntent(charged('eur')).fees).toBe(44);
    expect(resultOfIntent(charged('usd')).fees).toBeNull();
    const kwd = { status: 'succeeded', currency: 'kwd', amount: 5000, amount_received: 5000 };
    const balance_transaction = { fee: 755, currency: 'kwd' };
    expect(resultOfIntent(intent({ ...kwd, latest_charge: { balance_transaction } }))).toMatchObject({
      amount: 500,
      fees: 76,
    });
    expect(resultOfIntent(intent({ status: 'succeeded', latest_charge: 'ch_1' })).fees).toBeNull();
  });

  it('shows the card as it was charged', () => {
    const card = {
      brand: 'visa',
      last4: '4242',
      exp_month: 4,
      exp_year: 2031,
      country: 'us',
      fingerprint: 'abc',
      wallet: { type: 'apple_pay' },
      three_d_secure: { result: 'authenticated' },
    };
    expect(
      resultOfIntent(intent({ status: 'succeeded', latest_charge: { payment_method_details: { card } } }))
        .instrument,
    ).toEqual({
      type: 'digital_wallet',
      brand: 'visa',
      last4: '4242',
      expiryMonth: 4,
      expiryYear: 2031,
      fingerprint: 'abc',
      issuingCountry: 'US',
      threeDSecure: 'authenticated',
    });
  });

  it('never throws for an amount and status of any kind, and has a status of ours', () => {
    fc.assert(
      fc.property(fc.nat(), fc.string(), (amount, status) => {
        expect(PAYMENT_STATUSES).toContain(resultOfIntent(intent({ amount, status })).status);
      }),
    );
  });
});

describe('transactionOf', () => {
  it('counts what was given back, also what is on its way', () => {
    const payment = intent({ status: 'succeeded', amount_received: 1000 });
    const refunds = [
      refund(),
      refund({ id: 're_2', amount: 200, status: 'pending', metadata: {} }),
      refund({ id: 're_3', amount: 500, status: 'failed' }),
    ];
    expect(transactionOf(payment, refunds, true)).toMatchObject({
      reference: 'attempt-1',
      status: 'succeeded',
      currency: 'EUR',
      amount: 1000,
      capturable: 0,
      captured: 1000,
      refunded: 500,
      disputed: true,
      refunds: [
        { refundId: 're_1', reference: 'refund-1', amount: 300, status: 'succeeded' },
        { refundId: 're_2', reference: null, amount: 200, status: 'pending' },
        { refundId: 're_3', amount: 500, status: 'failed' },
      ],
    });
  });

  it('what was reserved and never taken is no refund, though Stripe lists it as one', () => {
    const payment = intent({ status: 'succeeded', amount_received: 700 });
    const release = refund({ id: 're_release', amount: 300, metadata: {}, balance_transaction: null });
    expect(transactionOf(payment, [release], false)).toMatchObject({
      captured: 700,
      refunded: 0,
      refunds: [],
    });
    // The same amount, given back by hand at Stripe: it has a balance entry.
    const byHand = refund({ amount: 300, metadata: {} });
    expect(transactionOf(payment, [byHand, release], false)).toMatchObject({ refunded: 300 });
    // Ours, still without its entry.
    const ours = refund({ amount: 300, balance_transaction: null });
    expect(transactionOf(payment, [ours], false)).toMatchObject({ refunded: 300 });
  });

  it('never shows more refunded than listed, and never negative', () => {
    const listed = fc.array(
      fc.record({
        amount: fc.integer({ min: 1, max: 1000 }),
        status: fc.constantFrom('succeeded', 'pending', 'failed', 'canceled', 'requires_action'),
        balance_transaction: fc.constantFrom(null, 'txn'),
        metadata: fc.constantFrom({}, { reference: 'r' }),
      }),
    );
    fc.assert(
      fc.property(listed, fc.integer({ min: 0, max: 1000 }), (entries, amount_received) => {
        const refunds = entries.map((entry, index) => refund({ id: `re_${index}`, ...entry }));
        const seen = transactionOf(intent({ status: 'succeeded', amount_received }), refunds, false);
        const total = entries.reduce((sum, { amount }) => sum + amount, 0);
        expect(seen.refunded).toBeLessThanOrEqual(total);
        expect(seen.refunds.length).toBeGreaterThanOrEqual(entries.length - 1);
        expect(seen.captured).toBe(amount_received);
      }),
    );
  });
});

it('resultOfRefund', () => {
  expect(resultOfRefund(refund())).toMatchObject({ status: 'succeeded', transactionId: 're_1', amount: 300 });
  expect(resultOfRefund(refund({ status: 'pending' }))).toMatchObject({ status: 'processing' });
  expect(resultOfRefund(refund({ status: 'failed', failure_reason: 'lost_or_stolen_card' }))).toMatchObject({
    status: 'failed',
    amount: 0,
    failure: { kind: 'declined', code: 'lost_or_stolen_card' },
  });
  expect(resultOfRefund(refund({ status: 'new_word' }))).toMatchObject({ status: 'unknown' });
});

it('isObject takes no other answer for it', () => {
  expect(isObject(intent(), 'payment_intent', 'pi_1')).toBe(true);
  for (const wrong of [null, [], {}, 'x', { object: 'charge', id: 'pi_1' }, { object: 'payment_intent' }]) {
    expect(isObject(wrong, 'payment_intent')).toBe(false);
  }
  expect(isObject(intent(), 'payment_intent', 'pi_2')).toBe(false);
});
