import { DefaultLogger, LogLevel, Logger } from '@vendure/core';
import { WebhookUnreadableError } from '../../errors';
import type { PaymentProvider, ProviderEvent } from '../../types';
import { ProviderRegistry } from '../providers/provider-registry';
import { WebhookDoor } from './webhook-door';
import type { WebhookInboxService } from './webhook-inbox.service';

const EVENT: ProviderEvent = {
  eventId: 'evt_1',
  type: 'payment.paid',
  kind: 'payment',
  transactionId: 'pay_1',
  reference: null,
  occurredAt: null,
  dispute: null,
};

const SECRET_BODY = '{"secret":"hush","number":"x"}';

describe('the door for webhooks', () => {
  const lines: string[] = [];

  beforeAll(() => {
    const logger = new DefaultLogger({ level: LogLevel.Debug });
    for (const level of ['error', 'warn', 'info', 'verbose', 'debug'] as const) {
      logger[level] = (message: string) => void lines.push(`${level}: ${message}`);
    }
    Logger.useLogger(logger);
  });

  function setUp(part: Partial<PaymentProvider> = {}) {
    lines.length = 0;
    const kept: unknown[] = [];
    const provider = {
      code: 'test',
      verifyWebhook: () => true,
      parseWebhook: () => EVENT,
      ...part,
    } as unknown as PaymentProvider;
    const inbox = {
      receive: (code: string, event: ProviderEvent) => {
        kept.push([code, event]);
        return Promise.resolve(true);
      },
    } as unknown as WebhookInboxService;
    const door = new WebhookDoor(new ProviderRegistry({ providers: [provider] }), inbox);
    const send = (body: string, code = 'test') =>
      door.receive(code, Buffer.from(body), { 'content-type': 'application/json' });
    return { send, kept };
  }

  it('keeps what has a good signature', async () => {
    const { send, kept } = setUp();
    expect(await send(SECRET_BODY)).toBeUndefined();
    expect(kept).toEqual([['test', EVENT]]);
    expect(lines).toEqual([]);
  });

  it('hands the exact bytes to the adapter', async () => {
    const verifyWebhook = jest.fn((_body: Buffer) => true);
    const body = '{ "a" :\t1.0 ,"a":2}\n';
    await setUp({ verifyWebhook }).send(body);
    expect(verifyWebhook.mock.calls[0]?.[0].toString()).toBe(body);
  });

  it('knows no other provider, and says nothing about it', async () => {
    const { send, kept } = setUp();
    for (const code of ['stripe', '__proto__', 'constructor', '']) {
      expect(await send(SECRET_BODY, code)).toMatchObject({ status: 404 });
    }
    expect([kept, lines]).toEqual([[], []]);
  });

  const throws = (error: unknown) => () => {
    throw error;
  };

  it.each<[string, Partial<PaymentProvider>, string, number, string]>([
    ['a bad signature', { verifyWebhook: () => false }, SECRET_BODY, 400, 'SIGNATURE_INVALID'],
    ['no JSON', {}, '{"secret":"hush', 400, 'WEBHOOK_UNREADABLE'],
    ['nothing', {}, '', 400, 'WEBHOOK_UNREADABLE'],
    ['a card', {}, '{"secret":["4242 4242 4242 4242"]}', 400, 'CARD_DATA_REFUSED'],
    ['a security code', {}, '{"secret":{"cvc":"123"}}', 400, 'CARD_DATA_REFUSED'],
    [
      'an unreadable message',
      { parseWebhook: throws(new WebhookUnreadableError('hush')) },
      SECRET_BODY,
      400,
      'WEBHOOK_UNREADABLE',
    ],
    [
      'an adapter that stores too much',
      { parseWebhook: () => ({ ...EVENT, eventId: 'hush'.repeat(100) }) },
      SECRET_BODY,
      400,
      'WEBHOOK_UNREADABLE',
    ],
    [
      'an adapter that fails',
      { parseWebhook: throws(new TypeError('hush')) },
      SECRET_BODY,
      500,
      'INTERNAL_SERVER_ERROR',
    ],
    [
      'a signature that cannot be checked',
      { verifyWebhook: throws('hush') },
      SECRET_BODY,
      500,
      'INTERNAL_SERVER_ERROR',
    ],
  ])('refuses %s, logs it once, and tells nothing of it', async (_, part, body, status, code) => {
    const { send, kept } = setUp(part);
    const refusal = await send(body);
    expect(refusal).toMatchObject({ status, code });
    expect(kept).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify([lines, refusal])).not.toMatch(/hush|4242|123/);
  });

  it('asks for the signature before anything of the body is read', async () => {
    const parseWebhook = jest.fn(() => EVENT);
    const { send } = setUp({ verifyWebhook: () => false, parseWebhook });
    expect(await send('{"card":"4242424242424242"}')).toMatchObject({ code: 'SIGNATURE_INVALID' });
    expect(parseWebhook).not.toHaveBeenCalled();
  });
});
