import type { AddressInfo } from 'node:net';
import { simpleParser, type ParsedMail } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import { MailOutcomeUnknownError, MailRefusedError } from '../errors';
import type { MailEnvelope } from '../types';
import { MailSender } from './mail-sender';

/** A mail server that behaves as the recipient's name asks for. */
class Receiver {
  readonly mails: ParsedMail[] = [];
  /** Resolves when a mail to `silent@...` is there in full. */
  readonly silenced: Promise<void>;
  private readonly server: SMTPServer;

  constructor() {
    let heard = () => {};
    this.silenced = new Promise(resolve => (heard = resolve));
    this.server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      closeTimeout: 100,
      onRcptTo({ address }, _session, done) {
        const status = /^status(\d+)@/.exec(address)?.[1];
        if (status === undefined) return done();
        done(Object.assign(new Error('No.'), { responseCode: Number(status) }));
      },
      onData: (stream, session, done) => {
        simpleParser(stream)
          .then(mail => {
            if (session.envelope.rcptTo[0]?.address.startsWith('silent@')) return heard();
            if (session.envelope.rcptTo[0]?.address.startsWith('spam@')) {
              return done(Object.assign(new Error('Spam.'), { responseCode: 554 }));
            }
            this.mails.push(mail);
            done();
          })
          .catch(done);
      },
    });
  }

  async start(): Promise<number> {
    await new Promise<void>(resolve => this.server.listen(0, '127.0.0.1', () => resolve()));
    return (this.server.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise(resolve => this.server.close(() => resolve()));
  }
}

describe('MailSender', () => {
  const receiver = new Receiver();
  const sender = new MailSender();
  let port: number;

  beforeAll(async () => {
    port = await receiver.start();
  });
  afterAll(() => receiver.stop());

  const send = (
    recipient: string,
    envelope: Partial<MailEnvelope> = {},
    options: { port?: number; socketTimeout?: number } = {},
  ) =>
    sender.send(
      {
        from: '"Shop" <noreply@shop.example>',
        recipient,
        subject: 'Bob’s order',
        body: '<p>Hello</p>',
        text: 'Hello as text',
        attachments: [],
        envelope: { languageCode: 'de', ...envelope },
      },
      { type: 'smtp', host: '127.0.0.1', port, secure: false, ...options },
    );

  it('sends both parts with the same Message-ID every time', async () => {
    for (const _time of [1, 2]) {
      await send('ada@example.com', {
        messageId: '<order-1@shop.example>',
        unsubscribeUrl: 'https://shop.example/u',
      });
    }
    expect(receiver.mails).toHaveLength(2);
    for (const mail of receiver.mails) {
      expect(mail.messageId).toBe('<order-1@shop.example>');
      expect(mail.subject).toBe('Bob’s order');
      expect(mail.html).toContain('<p>Hello</p>');
      expect(mail.text).toContain('Hello as text');
      expect(mail.headers.get('content-language')).toBe('de');
      expect(mail.headers.get('list')).toMatchObject({ unsubscribe: { url: 'https://shop.example/u' } });
    }
  });

  it.each([
    ['status550@example.com', 550],
    ['spam@example.com', 554],
  ])('%s: refused for good', async (recipient, status) => {
    const refusal = await send(recipient).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(MailRefusedError);
    expect(refusal).toMatchObject({ smtpStatus: status });
  });

  it('a temporary refusal can be tried again', async () => {
    const failure = await send('status451@example.com').catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(MailRefusedError);
    expect(failure).not.toBeInstanceOf(MailOutcomeUnknownError);
  });

  it('a mail server that is down can be tried again', async () => {
    const other = new Receiver();
    const free = await other.start();
    await other.stop();
    const failure = await send('ada@example.com', {}, { port: free }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ message: expect.stringContaining('ECONNREFUSED') as string });
    expect(failure).not.toBeInstanceOf(MailOutcomeUnknownError);
  });

  it('does not know what came of a mail that was handed over without an answer', async () => {
    const controller = new AbortController();
    void receiver.silenced.then(() => controller.abort(new Error('too late')));
    const failure = await send('silent@example.com', { signal: controller.signal }).catch(
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(MailOutcomeUnknownError);
    expect((failure as Error).cause).toMatchObject({ message: 'too late' });
  });

  it('sends nothing after it was given up', async () => {
    const controller = new AbortController();
    const before = receiver.mails.length;
    const sending = send('ada@example.com', { signal: controller.signal });
    controller.abort(new Error('too late'));
    await expect(sending).rejects.toThrow('too late');
    await expect(send('ada@example.com', { signal: controller.signal })).rejects.toThrow('too late');
    // One more on the same server: had the first been sent, it would be there before this one.
    await send('eve@example.com');
    expect(receiver.mails.slice(before).map(mail => (mail.to as { text: string }).text)).toEqual([
      'eve@example.com',
    ]);
  });
});
