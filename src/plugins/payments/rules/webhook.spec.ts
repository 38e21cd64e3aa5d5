import fc from 'fast-check';
import type { ProviderEvent } from '../types';
import { aggregateOf, storable } from './webhook';

const message: ProviderEvent = {
  eventId: 'evt_1',
  type: 'charge.dispute.created',
  kind: 'dispute',
  transactionId: 'pi_1',
  reference: null,
  occurredAt: new Date(0),
  dispute: {
    disputeId: 'dp_1',
    amount: 1200,
    currency: 'EUR',
    reason: 'product not received',
    status: 'needs_response',
    respondBy: new Date(1),
  },
};

describe('what is stored of a message', () => {
  it('is what the port names, and nothing else', () => {
    const talkative = {
      ...message,
      raw: { secret: 1 },
      dispute: { ...message.dispute, evidence: { customer_name: 'Jo' } },
    } as ProviderEvent;
    expect(storable(talkative)).toEqual(message);
  });

  it.each([
    ['no id', { eventId: '' }],
    ['a long id', { eventId: 'x'.repeat(256) }],
    ['an id that no database takes', { eventId: 'evt\u0000' }],
    ['a kind of its own', { kind: 'surprise' }],
    ['a payment that is no text', { transactionId: 7 }],
    ['a day that is none', { occurredAt: new Date(NaN) }],
    ['a dispute over parts of cents', { dispute: { ...message.dispute, amount: 1.5 } }],
  ])('cannot have %s', (_, part) => {
    expect(storable({ ...message, ...part } as ProviderEvent)).toBeUndefined();
  });
});

describe('the order in which messages are worked off', () => {
  const id = fc.stringMatching(/^[a-z_0-9]{1,255}$/);

  it('is one for each payment of a provider', () => {
    fc.assert(
      fc.property(id, id, id, id, (provider, transactionId, a, b) => {
        const first = aggregateOf(provider, { transactionId, eventId: a });
        expect(first).toBe(aggregateOf(provider, { transactionId, eventId: b }));
        expect(first.length).toBeLessThanOrEqual(100);
        expect(first).not.toBe(aggregateOf(`${provider}2`, { transactionId, eventId: a }));
        expect(first).not.toBe(aggregateOf(provider, { transactionId: `${transactionId}2`, eventId: a }));
      }),
    );
  });

  it('is free for messages that name no payment', () => {
    const of = (eventId: string) => aggregateOf('stripe', { transactionId: null, eventId });
    expect(of('evt_1')).not.toBe(of('evt_2'));
  });
});
