import { RequestContext } from '@vendure/core';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentWebhook } from '../../entities/payment-webhook.entity';
import type { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import type { DisputesService } from '../reconciliation/disputes.service';
import type { PluginWebhooks } from '../plugin-handlers/plugin-webhooks';
import type { PaymentSyncService } from '../ledger/payment-sync.service';
import { PaymentWebhookSink } from './payment-webhook-sink';
import type { UnknownPayments } from '../reconciliation/unknown-payments.service';

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

/** Disputes that were kept, with the attempts that they are about. */
let taken: unknown[];
beforeEach(() => (taken = []));

function apply(
  message: Partial<PaymentWebhook>,
  known: { attempt?: boolean; atProvider?: boolean | 'lost'; unknown?: 'queued' | 'nothing' | 'ours' } = {},
) {
  const { attempt = true, atProvider = true, unknown = 'nothing' } = known;
  const ledger = {
    byReference: () => Promise.resolve(null),
    find: () => Promise.resolve(ATTEMPT),
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
  const disputes = {
    take: (_ctx: unknown, { dispute }: PaymentWebhook, of: PaymentAttempt | null) => {
      if (dispute !== null) taken.push([dispute.disputeId, of?.id]);
      return Promise.resolve();
    },
  } as unknown as DisputesService;
  const unknowns = {
    look: () => Promise.resolve(unknown === 'ours' ? ATTEMPT : unknown),
  } as unknown as UnknownPayments;
  const plugins = {
    again: () => Promise.resolve({ state: 'done', reason: 'by the plugin' }),
  } as unknown as PluginWebhooks;
  const sink = new PaymentWebhookSink(ledger, sync, disputes, unknowns, plugins);
  return sink.apply(RequestContext.empty(), webhook);
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

  it('is for staff to look at where the provider has money that the shop knows nothing of', async () => {
    const unknown = { attempt: false, unknown: 'queued' } as const;
    const message = { kind: 'dispute', dispute: DISPUTE } as const;
    expect(await apply(message, unknown)).toMatchObject({
      state: 'done',
      reason: expect.stringMatching(/no record/) as string,
    });
    expect(taken).toEqual([['dp_1', undefined]]);
    expect(await apply({ kind: 'other' }, unknown)).toMatchObject({ state: 'ignored' });
  });

  it('is about our payment where the provider names our reference', async () => {
    const late = { attempt: false, unknown: 'ours' } as const;
    expect(await apply({}, late)).toMatchObject({ state: 'done', channelId: '5' });
  });

  it('is the matter of the plugin whose webhook it came to', async () => {
    expect(await apply({ provider: 'stripe-plugin' })).toEqual({ state: 'done', reason: 'by the plugin' });
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
    expect(taken).toEqual([['dp_1', 3]]);
    const warning = await apply({ kind: 'fraud_warning' });
    expect(warning.events?.map(({ eventType }) => eventType)).toEqual(['FraudWarningReceived']);
    expect((await apply({ kind: 'dispute' })).events).toEqual([]);
  });
});
