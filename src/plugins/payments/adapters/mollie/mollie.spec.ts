import * as fc from 'fast-check';
import { WebhookUnreadableError } from '../../errors';
import { PAYMENT_STATUSES } from '../../types';
import { TransportError } from '../http/transport';
import { contentOf, MollieRefusal } from './mollie-client';
import { isMissing, verdictOfMollieError } from './mollie-error';
import {
  resultOfCapture,
  resultOfPayment,
  resultOfRefund,
  statusOfPayment,
  transactionOf,
  type MolliePayment,
} from './mollie-transaction';
import { mollieEventOf } from './mollie-webhook';

const eur = (value: string) => ({ value, currency: 'EUR' });

const payment = (more: Partial<MolliePayment> = {}): MolliePayment => ({
  id: 'tr_1',
  status: 'open',
  amount: eur('10.00'),
  metadata: { reference: 'attempt-1' },
  ...more,
});

describe('statusOfPayment', () => {
  it.each([
    ['open', 'pending'],
    ['pending', 'processing'],
    ['authorized', 'authorized'],
    ['paid', 'succeeded'],
    ['canceled', 'cancelled'],
    ['expired', 'cancelled'],
    ['failed', 'failed'],
    ['a_word_of_next_year', 'unknown'],
    ['constructor', 'unknown'],
  ])('%s is %s', (status, ours) => {
    expect(statusOfPayment(payment({ status }))).toBe(ours);
  });

  it('money that is taken is taken, also while the rest stays reserved', () => {
    const part = payment({ status: 'authorized', amountCaptured: eur('7.00') });
    expect(transactionOf(part)).toMatchObject({ status: 'succeeded', captured: 700, capturable: 300 });
  });

  it('is failed only where Mollie says so', () => {
    fc.assert(
      fc.property(fc.string(), status => {
        const { status: ours } = resultOfPayment(payment({ status }));
        expect(PAYMENT_STATUSES).toContain(ours);
        if (status !== 'failed') expect(ours).not.toBe('failed');
      }),
    );
  });
});

describe('transactionOf', () => {
  it('counts what is given back and what is on its way', () => {
    const refund = (id: string, status: string, value: string) => ({
      id,
      status,
      amount: eur(value),
      metadata: null,
    });
    const seen = transactionOf(
      payment({
        status: 'paid',
        amountRefunded: eur('3.00'),
        _embedded: {
          refunds: [
            refund('re_1', 'refunded', '3.00'),
            refund('re_2', 'queued', '2.00'),
            refund('re_3', 'failed', '5.00'),
          ],
          chargebacks: [{ reversedAt: null }],
        },
      }),
    );
    expect(seen).toMatchObject({ captured: 1000, refunded: 500, disputed: true, reference: 'attempt-1' });
    expect(seen.refunds.map(({ status }) => status)).toEqual(['succeeded', 'pending', 'failed']);
    expect(
      transactionOf(payment({ _embedded: { chargebacks: [{ reversedAt: '2026-01-01' }] } })).disputed,
    ).toBe(false);
  });

  it('shows a card without more of its number than the end', () => {
    const details = {
      cardNumber: '4242',
      cardLabel: 'Mastercard',
      cardSecurity: '3dsecure',
      cardHolder: 'Ann',
    };
    expect(
      transactionOf(payment({ status: 'paid', method: 'creditcard', details })).instrument,
    ).toMatchObject({
      type: 'card',
      brand: 'mastercard',
      last4: '4242',
      threeDSecure: 'authenticated',
    });
    const whole = { cardNumber: '4242424242424242' };
    expect(transactionOf(payment({ method: 'creditcard', details: whole })).instrument?.last4).toBeNull();
    expect(transactionOf(payment({ method: 'ideal' })).instrument).toMatchObject({
      type: 'bank_transfer',
      brand: 'ideal',
    });
  });

  it('an amount that is none is no answer', () => {
    expect(() => transactionOf(payment({ amount: eur('10,00') }))).toThrow(RangeError);
  });
});

it('captures and refunds may take their time', () => {
  expect(resultOfCapture({ id: 'cpt_1', status: 'pending', amount: eur('1.00') }, 'tr_1')).toMatchObject({
    status: 'processing',
    amount: 100,
    transactionId: 'tr_1',
  });
  expect(resultOfCapture({ id: 'cpt_1', status: 'new', amount: eur('1.00') }, 'tr_1').status).toBe('unknown');
  expect(resultOfRefund({ id: 're_1', status: 'queued', amount: eur('1.00') })).toMatchObject({
    status: 'processing',
    transactionId: 're_1',
  });
  expect(resultOfRefund({ id: 're_1', status: 'new', amount: eur('1.00') }).status).toBe('unknown');
});

describe('verdictOfMollieError', () => {
  it.each([
    [401, 'unavailable'],
    [403, 'unavailable'],
    [429, 'unavailable'],
    [400, 'invalid'],
    [404, 'invalid'],
    [410, 'invalid'],
    [422, 'invalid'],
  ])('%i is %s', (status, kind) => {
    expect(verdictOfMollieError(new MollieRefusal(status, null))).toMatchObject({
      status: 'failed',
      failure: { kind },
    });
  });

  it('is failed only where it is proven, whatever comes', () => {
    const thrown = fc.oneof(
      fc.integer({ min: 300, max: 599 }).map(status => new MollieRefusal(status, 'amount')),
      fc.boolean().map(sent => new TransportError('reset', sent)),
      fc.anything(),
    );
    fc.assert(
      fc.property(thrown, error => {
        if (verdictOfMollieError(error).status !== 'failed') return;
        const neverSent = error instanceof TransportError && !error.sent;
        const refused =
          error instanceof MollieRefusal && [400, 401, 403, 404, 410, 422, 429].includes(error.status);
        expect(neverSent || refused).toBe(true);
      }),
    );
  });

  it('isMissing', () => {
    expect([404, 410, 422].map(status => isMissing(new MollieRefusal(status, null)))).toEqual([
      true,
      true,
      false,
    ]);
    expect(isMissing(new Error('404'))).toBe(false);
  });
});

describe('contentOf', () => {
  const thrownBy = (status: number, text: string): unknown => {
    try {
      return contentOf(status, text);
    } catch (error) {
      return error;
    }
  };

  it('takes a refusal for Mollie’s only in Mollie’s form', () => {
    const refusal = { status: 422, title: 'Unprocessable Entity', detail: 'The card 4242', field: 'amount' };
    expect(thrownBy(422, JSON.stringify(refusal))).toMatchObject({
      name: 'MollieRefusal',
      status: 422,
      field: 'amount',
    });
    expect(String(thrownBy(422, JSON.stringify(refusal)))).not.toContain('4242');
    for (const text of [
      '',
      '<html>',
      'null',
      '[]',
      '{}',
      '{"status":404,"title":"x"}',
      '{"message":"blocked"}',
    ]) {
      expect(thrownBy(422, text)).not.toBeInstanceOf(MollieRefusal);
    }
  });

  it('takes an empty answer only where Mollie gives one', () => {
    expect(contentOf(202, '')).toBe(true);
    expect(contentOf(204, '')).toBe(true);
    expect(thrownBy(200, '')).toBeInstanceOf(Error);
    expect(thrownBy(201, '')).toBeInstanceOf(Error);
  });
});

describe('mollieEventOf', () => {
  let count = 0;
  const read = (text: string) => mollieEventOf(Buffer.from(text), () => `event-${(count += 1)}`);

  it('each delivery is a message of its own', () => {
    const [first, second] = [read('id=tr_7UhSN1zuXS'), read('id=tr_7UhSN1zuXS')];
    expect(first).toMatchObject({
      kind: 'payment',
      transactionId: 'tr_7UhSN1zuXS',
      reference: null,
      dispute: null,
    });
    expect(second.eventId).not.toBe(first.eventId);
  });

  it('refuses all else', () => {
    for (const text of [
      '',
      'id=',
      'id=tr_',
      'id=ord_1',
      'id=tr_../x',
      `id=tr_1&x=${'y'.repeat(300)}`,
      '{"id":"tr_1"}',
    ]) {
      expect(() => read(text)).toThrow(WebhookUnreadableError);
    }
    fc.assert(
      fc.property(fc.string(), text => expect(() => read(`x${text}`)).toThrow(WebhookUnreadableError)),
    );
  });
});
