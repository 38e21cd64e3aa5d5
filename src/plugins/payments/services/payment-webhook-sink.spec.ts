import { RequestContext } from '@vendure/core';
import { PaymentAttempt } from '../entities/payment-attempt.entity';
import { PaymentWebhook } from '../entities/payment-webhook.entity';
import type { AttemptLedgerService } from './attempt-ledger.service';
import type { PaymentSyncService } from './payment-sync.service';
import { PaymentWebhookSink } from './payment-webhook-sink';

const ATTEMPT = new PaymentAttempt({
  id: 3,
  kind: 'authorize',
  orderId: 4,
  channelId: 5,
  paymentId: null,
  provider: 'stripe',
  method: 'card',
  amount: 1500,
  currency: 'EUR',
});

const DISPUTE = {
  disputeId: 'dp_1',
  amount: 1200,
  currency: 'EUR',
  reason: 'fraudulent',
  status: 'needs_response' as const,
  respondBy: null,
};

function apply(
  message: Partial<PaymentWebhook>,
  known: { attempt?: boolean; atProvider?: boolean | 'lost' } = {},
) {
  const { attempt = true, atProvider = true } = known;
  const ledger = {
    byReference: () => Promise.resolve(null),
    byTransaction: (_ctx: unknown, provider: string, id: string) =>
      Promise.resolve(attempt && provider === 'stripe' && id === 'pi_1' ? ATTEMPT : null),
  } as unknown as AttemptLedgerService;
  const sync = {
    refresh: () =>
      atProvider === 'lost'
        ? Promise.reject(new Error('no answer'))
        : Promise.resolve(atProvider ? {} : null),
  } as unknown as PaymentSyncService;
  const webhook = new PaymentWebhook({
    id: 9,
    provider: 'stripe',
    transactionId: 'pi_1',
    reference: null,
    kind: 'payment',
    dispute: null,
    ...message,
  });
  return new PaymentWebhookSink(ledger, sync).apply(RequestContext.empty(), webhook);
}

describe('what a message of a provider means', () => {
  it('is what the provider says when it is asked', async () => {
    expect(await apply({})).toEqual({ state: 'done', reason: null, events: [], channelId: '5' });
    await expect(apply({}, { atProvider: 'lost' })).rejects.toThrow('no answer');
  });

  it.each([
    ['no payment of this shop', { attempt: false }],
    ['a payment that the provider does not know', { atProvider: false }],
  ])('is nothing where it is about %s', async (_, known) => {
    expect(await apply({ kind: 'dispute', dispute: DISPUTE }, known)).toEqual({
      state: 'ignored',
      reason: expect.any(String) as string,
    });
  });

  it('is told to others where it is a dispute or a warning, and nothing else is', async () => {
    const dispute = await apply({ kind: 'dispute', dispute: DISPUTE });
    expect(dispute.events).toEqual([
      {
        eventType: 'PaymentDisputed',
        aggregateType: 'Order',
        aggregateId: '4',
        eventData: expect.objectContaining({
          disputeId: 'dp_1',
          disputedAmount: 1200,
          webhookId: '9',
        }) as object,
      },
    ]);
    const warning = await apply({ kind: 'fraud_warning' });
    expect(warning.events?.map(({ eventType }) => eventType)).toEqual(['FraudWarningReceived']);
    expect((await apply({ kind: 'dispute' })).events).toEqual([]);
  });
});
