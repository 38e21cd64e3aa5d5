import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  Channel,
  LanguageCode,
  RequestContext,
  type ConfigService,
  type TransactionalConnection,
} from '@vendure/core';
import { MailOutcomeUnknownError, MailRefusedError, type MailRequest, type MailService } from '../../../mail';
import { FraudCase } from '../../entities/fraud-case.entity';
import type { FraudPluginOptions } from '../../options';
import type { FraudSettingsService } from '../rules/settings.service';
import { recipientKey } from './due-cases';
import { DueNotices } from './due-notices';
import { DEFAULT_SETTINGS, type FraudSettings } from '../../types';

const SECRET = 'a-secret-that-both-know';
const ctx = new RequestContext({
  apiType: 'admin',
  channel: new Channel({ id: 1, code: 'c', token: 't', defaultLanguageCode: LanguageCode.de }),
  isAuthorized: true,
  authorizedAsOwnerOnly: false,
});
const waiting = new FraudCase({
  id: 7,
  orderId: 3,
  orderCode: 'ORD-1',
  score: 41.5,
  amount: 1250,
  currencyCode: 'EUR',
  dueAt: new Date('2026-03-04T10:00:00Z'),
});

describe('DueNotices', () => {
  const calls: { headers: IncomingHttpHeaders; body: unknown }[] = [];
  const sent: MailRequest[] = [];
  let settings: FraudSettings;
  let found: FraudCase | null;
  let options: FraudPluginOptions;
  let status: number;
  let failure: Error | undefined;
  let server: Server;

  const notices = () =>
    new DueNotices(
      {
        getRepository: () => ({ findOne: () => Promise.resolve(found) }),
      } as unknown as TransactionalConnection,
      { load: () => Promise.resolve(settings) } as unknown as FraudSettingsService,
      {
        host: 'shop.example',
        send(_ctx: RequestContext, request: MailRequest) {
          sent.push(request);
          return failure === undefined ? Promise.resolve() : Promise.reject(failure);
        },
      } as unknown as MailService,
      { entityOptions: {} } as ConfigService,
      options,
    );
  const { signal } = new AbortController();
  const call = () => notices().callWebhook(ctx, '7', { idempotencyKey: 'event:handler', signal });
  const mail = (to = 'fraud@shop.example') => notices().mailTo(ctx, '7', recipientKey(to), signal);

  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        calls.push({ headers: request.headers, body: JSON.parse(body) });
        response.writeHead(status).end();
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    return new Promise(resolve => server.close(resolve));
  });
  beforeEach(() => {
    calls.splice(0);
    sent.splice(0);
    status = 204;
    failure = undefined;
    found = waiting;
    options = { publicUrl: 'https://shop.example', webhookSecret: SECRET, privateWebhook: true };
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/due`;
    settings = { ...DEFAULT_SETTINGS, dueMails: ['Fraud@Shop.example', 'b@shop.example'], dueWebhook: url };
  });

  it('calls the webhook, signed and with a key', async () => {
    await call();
    expect(calls).toHaveLength(1);
    expect(calls[0]?.headers['idempotency-key']).toBe('event:handler');
    expect(calls[0]?.headers['x-tradewind-signature']).toMatch(/^v1=[0-9a-f]{64}$/);
    expect(calls[0]?.body).toEqual({
      type: 'fraud_case_due',
      caseId: '7',
      orderId: '3',
      orderCode: 'ORD-1',
      score: 41.5,
      amount: 1250,
      currency: 'EUR',
      dueAt: '2026-03-04T10:00:00.000Z',
      link: 'https://shop.example/admin/extensions/fraud/cases/7',
    });
  });

  it('fails where the receiver does, so that it is called again', async () => {
    status = 503;
    await expect(call()).rejects.toThrow('The receiver of due cases answered 503');
  });

  it('sends nothing unsigned, but in development', async () => {
    options = { publicUrl: 'https://shop.example', privateWebhook: true };
    await expect(call()).rejects.toThrow('FRAUD_WEBHOOK_SECRET');
    options = { ...options, unsignedWebhook: true };
    await call();
    expect(calls.map(({ headers }) => headers['x-tradewind-signature'])).toEqual([undefined]);
  });

  it('calls nobody in the network of the shop, unless it may', async () => {
    options = { ...options, privateWebhook: false };
    await expect(call()).rejects.toThrow('127.0.0.1 is not an address of the public internet');
    settings = { ...settings, dueWebhook: settings.dueWebhook!.replace('127.0.0.1', 'localhost') };
    await expect(call()).rejects.toThrow('localhost is not an address of the public internet');
    expect(calls).toEqual([]);
  });

  it('tells nobody of a case that is decided meanwhile', async () => {
    found = null;
    await call();
    await mail();
    expect(calls).toEqual([]);
    expect(sent).toEqual([]);
  });

  it('calls nobody where no webhook is set', async () => {
    settings = { ...settings, dueWebhook: null };
    await call();
    expect(calls).toEqual([]);
  });

  it("writes to the one whom the event names, in the channel's language, under one Message-ID", async () => {
    await mail();
    await mail();
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatchObject({
      to: 'Fraud@Shop.example',
      languageCode: 'de',
      subject: 'Betrugsprüfung der Bestellung ORD-1 ist fällig',
    });
    expect(sent[1]?.messageId).toBe(sent[0]?.messageId);
    expect(JSON.stringify(sent[0]?.vars)).toContain('12.50 EUR');
  });

  it('writes to nobody who is not in the settings any more', async () => {
    await mail('gone@shop.example');
    expect(sent).toEqual([]);
  });

  it.each([
    ['is refused', new MailRefusedError('No.', 550)],
    ['may have been sent', new MailOutcomeUnknownError(new Error('lost'))],
  ])('does not try again a mail that %s', async (_what, error) => {
    failure = error;
    await expect(mail()).resolves.toBeUndefined();
  });

  it('tries again when the mail server is away', async () => {
    failure = new Error('ECONNREFUSED');
    await expect(mail()).rejects.toBe(failure);
  });
});
