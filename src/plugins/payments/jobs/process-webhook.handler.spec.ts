import { RequestContext } from '@vendure/core';
import type { DomainEventMessage } from '../../domain-events';
import { PaymentWebhook } from '../entities/payment-webhook.entity';
import type { WebhookEnd } from '../services/webhooks/webhook-inbox.service';
import type { WebhookOutcome } from '../services/webhooks/webhook-sink';
import { processWebhookHandler } from './process-webhook.handler';

function setUp(outcome: () => Promise<WebhookOutcome>, { known = true } = {}) {
  const ends: WebhookEnd[] = [];
  const apply = jest.fn(outcome);
  const handler = processWebhookHandler(
    {
      begin: (_ctx, id) =>
        Promise.resolve(known && String(id) === '7' ? new PaymentWebhook({ id: 7 }) : undefined),
      end: (_ctx, _id, end) => {
        ends.push(end);
        return Promise.resolve();
      },
    },
    { apply },
  );
  const event = { eventData: { webhookId: '7' } } as unknown as DomainEventMessage;
  const run = (attempt: number) =>
    handler.handle(RequestContext.empty(), event, {
      idempotencyKey: 'k',
      attempt,
      signal: new AbortController().signal,
    });
  return { run, ends, apply, attempts: handler.retry?.attempts ?? 0 };
}

describe('working off a webhook', () => {
  it('keeps what came of it', async () => {
    const { run, ends } = setUp(() => Promise.resolve({ state: 'ignored', reason: 'not ours' }));
    await run(1);
    expect(ends).toEqual([{ state: 'ignored', error: 'not ours' }]);
  });

  it('hands on what it tells others', async () => {
    const events = [{ eventType: 'X', aggregateType: 'Order', aggregateId: '1', eventData: {} }];
    const { run, ends } = setUp(() =>
      Promise.resolve({ state: 'done', reason: null, events, channelId: '2' }),
    );
    await run(1);
    expect(ends).toEqual([{ state: 'done', error: null, events, channelId: '2' }]);
  });

  it('has it tried again after a failure, and gives up with the last attempt', async () => {
    const { run, ends, attempts } = setUp(() => Promise.reject(new Error('no answer')));
    await expect(run(attempts - 1)).rejects.toThrow('no answer');
    await expect(run(attempts)).rejects.toThrow('no answer');
    expect(ends).toEqual([
      { state: 'received', error: 'no answer' },
      { state: 'failed', error: 'no answer' },
    ]);
  });

  it('does nothing for one that is worked off already', async () => {
    const { run, ends, apply } = setUp(() => Promise.resolve({ state: 'done', reason: null }), {
      known: false,
    });
    await run(1);
    expect(apply).not.toHaveBeenCalled();
    expect(ends).toEqual([]);
  });
});
