import { join } from 'node:path';
import type { ModuleRef } from '@nestjs/core';
import { Channel, LanguageCode, RequestContext, type EventBus } from '@vendure/core';
import { FileBasedTemplateLoader, type EmailDetails } from '@vendure/email-plugin';
import { EmailProcessor } from '@vendure/email-plugin/lib/src/email-processor';
import { projectRoot } from '../../../config/project-root';
import { MailGenerator, type GeneratedMail } from '../adapters/mail-generator';
import { MailRefusedError } from '../errors';
import type { MailRequest } from '../types';
import { MailService } from './mail.service';

const options = {
  shopName: 'Shop',
  storefrontUrl: 'https://shop.example',
  from: '"Shop" <no-reply@Shop.example>',
};
const ctx = new RequestContext({
  apiType: 'admin',
  channel: new Channel({ id: 1, code: 'c', token: 't', defaultLanguageCode: LanguageCode.en }),
  languageCode: LanguageCode.en,
  isAuthorized: true,
  authorizedAsOwnerOnly: false,
});
const request: MailRequest = {
  template: 'email-verification',
  to: 'ada@example.com',
  languageCode: LanguageCode.de,
  subject: 'Hello {{ fromAddress }} & <Bob>',
  vars: { verifyEmailAddressUrl: 'https://shop.example/verify', verificationToken: 'abc' },
  messageId: '<order-1@shop.example>',
};

/** Through the platform's own processor, up to the sender. */
describe('MailService', () => {
  const sent: Array<EmailDetails & Partial<GeneratedMail>> = [];
  let failure: Error | undefined;
  let service: MailService;

  beforeAll(async () => {
    const processor = new EmailProcessor(
      {
        handlers: [],
        transport: { type: 'none' },
        templateLoader: new FileBasedTemplateLoader(join(projectRoot(), 'static/email/templates')),
        emailGenerator: new MailGenerator(),
        emailSender: {
          send(email) {
            if (failure !== undefined) throw failure;
            sent.push(email);
          },
        },
      },
      {} as ModuleRef,
      { publish: () => Promise.resolve() } as unknown as EventBus,
    );
    await processor.init();
    service = new MailService({ get: () => processor } as unknown as ModuleRef, options);
  });
  beforeEach(() => {
    sent.splice(0);
    failure = undefined;
  });

  it('hands the sender both parts and the envelope', async () => {
    const { signal } = new AbortController();
    await service.send(ctx, request, signal);
    expect(sent).toMatchObject([
      {
        recipient: 'ada@example.com',
        from: options.from,
        envelope: { messageId: '<order-1@shop.example>', languageCode: 'de', signal },
      },
    ]);
    expect(sent[0]?.text).toContain('https://shop.example/verify?token=abc');
    expect(sent[0]?.body).toContain('Adresse bestätigen');
    expect(service.host).toBe('shop.example');
  });

  it('takes a subject as it is', async () => {
    await service.send(ctx, request);
    expect(sent[0]?.subject).toBe('Hello {{ fromAddress }} & <Bob>');
  });

  it('hands over attachments unchanged', async () => {
    const content = Buffer.from([0, 255, 10]);
    await service.send(ctx, {
      ...request,
      attachments: [{ filename: 'a.pdf', contentType: 'application/pdf', content }],
    });
    expect(sent[0]?.attachments).toMatchObject([{ filename: 'a.pdf', contentType: 'application/pdf' }]);
    expect(Buffer.compare(sent[0]?.attachments[0]?.content as Buffer, content)).toBe(0);
  });

  it.each([
    '',
    'ada',
    'ada@example.com, eve@example.com',
    'Ada <ada@example.com>',
    'ada@example.com\nBcc: eve@x.y',
  ])('refuses %j as an address', async to => {
    await expect(service.send(ctx, { ...request, to })).rejects.toBeInstanceOf(MailRefusedError);
    expect(sent).toEqual([]);
  });

  it('lets a failure through', async () => {
    failure = new MailRefusedError('No.', 550);
    await expect(service.send(ctx, request)).rejects.toBe(failure);
  });
});
