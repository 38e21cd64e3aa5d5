import * as fc from 'fast-check';
import { WebhookUnreadableError } from '../../errors';
import { disputeStatus, eventOf, kindOf } from './stripe-webhook';

const message = (type: string, object: object, more: object = {}) =>
  Buffer.from(
    JSON.stringify({ id: 'evt_1', object: 'event', type, created: 1_700_000_000, data: { object }, ...more }),
  );

describe('eventOf', () => {
  it('a payment', () => {
    const intent = {
      object: 'payment_intent',
      id: 'pi_1',
      metadata: { reference: 'a-1' },
      client_secret: 'hush',
    };
    const event = eventOf(message('payment_intent.succeeded', intent));
    expect(event).toEqual({
      eventId: 'evt_1',
      type: 'payment_intent.succeeded',
      kind: 'payment',
      transactionId: 'pi_1',
      reference: 'a-1',
      occurredAt: new Date(1_700_000_000_000),
      dispute: null,
    });
    expect(JSON.stringify(event)).not.toContain('hush');
  });

  it('a charge and a refund name their payment', () => {
    expect(
      eventOf(message('charge.refunded', { object: 'charge', id: 'ch_1', payment_intent: 'pi_1' })),
    ).toMatchObject({
      kind: 'refund',
      transactionId: 'pi_1',
    });
    expect(
      eventOf(message('charge.captured', { object: 'charge', id: 'ch_1', payment_intent: { id: 'pi_2' } })),
    ).toMatchObject({ kind: 'payment', transactionId: 'pi_2' });
  });

  it('a dispute', () => {
    const dispute = {
      object: 'dispute',
      id: 'dp_1',
      payment_intent: 'pi_1',
      amount: 1000,
      currency: 'eur',
      reason: 'fraudulent',
      status: 'needs_response',
      evidence_details: { due_by: 1_700_600_000 },
    };
    expect(eventOf(message('charge.dispute.created', dispute))).toMatchObject({
      kind: 'dispute',
      transactionId: 'pi_1',
      dispute: {
        disputeId: 'dp_1',
        amount: 1000,
        currency: 'EUR',
        reason: 'fraudulent',
        status: 'needs_response',
        respondBy: new Date(1_700_600_000_000),
      },
    });
    expect(() => eventOf(message('charge.dispute.created', { ...dispute, amount: -1 }))).toThrow(
      WebhookUnreadableError,
    );
  });

  it('an early fraud warning', () => {
    expect(
      eventOf(
        message('radar.early_fraud_warning.created', {
          id: 'issfr_1',
          charge: 'ch_1',
          payment_intent: 'pi_1',
        }),
      ),
    ).toMatchObject({ kind: 'fraud_warning', transactionId: 'pi_1', dispute: null });
  });

  it('refuses whatever is no event, without repeating it', () => {
    const wrong = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array().map(bytes => Buffer.from(bytes).toString('latin1')),
    );
    fc.assert(
      fc.property(wrong, text => {
        expect(() => eventOf(Buffer.from(text))).toThrow(WebhookUnreadableError);
      }),
    );
    expect(() => eventOf(Buffer.from('{"card":"4242424242424242"}'))).toThrow(/no event of Stripe/);
  });

  it('reads whatever stands in an event, and gives strings or nothing', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        fc.string({ minLength: 1, maxLength: 50 }),
        (object, type) => {
          fc.pre(kindOf(type) !== 'dispute');
          const { transactionId, reference } = eventOf(message(type, object));
          for (const value of [transactionId, reference])
            expect(value === null || typeof value === 'string').toBe(true);
        },
      ),
    );
  });
});

it('a dispute of unknown state needs somebody to look', () => {
  expect(['won', 'lost', 'warning_closed', 'warning_under_review', 'new'].map(disputeStatus)).toEqual([
    'won',
    'lost',
    'won',
    'under_review',
    'needs_response',
  ]);
});
