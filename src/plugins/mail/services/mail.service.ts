import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import type { RequestContext } from '@vendure/core';
// Not exported: the platform offers no way to send a mail and wait for it.
import { EmailProcessor } from '@vendure/email-plugin/lib/src/email-processor';
import { MAIL_PLUGIN_OPTIONS } from '../constants';
import { MailRefusedError } from '../errors';
import { senderHost } from '../rules/mail-headers';
import { layoutVars } from '../rules/layout-vars';
import type { MailPluginOptions, MailRequest } from '../types';

/** One address and nothing else: no list, no name, no second header line. */
const ONE_ADDRESS = /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/;

/** Sends mails now, in the caller's job: when it returns, the mail server has the mail. */
@Injectable()
export class MailService {
  constructor(
    private readonly moduleRef: ModuleRef,
    @Inject(MAIL_PLUGIN_OPTIONS) private readonly options: MailPluginOptions,
  ) {}

  /** For Message-IDs: they end in the sender's host. */
  get host(): string {
    return senderHost(this.options.from);
  }

  /**
   * Renders the template and sends it. Never inside a transaction: it waits for another machine.
   *
   * @param signal ends the wait; a mail that was not handed over whole by then is not sent
   * @throws MailRefusedError when this mail will never be taken
   * @throws MailOutcomeUnknownError when it may have been sent or not
   * @throws Error of the mail server or the network, when trying again may help
   */
  async send(ctx: RequestContext, mail: MailRequest, signal?: AbortSignal): Promise<void> {
    if (!ONE_ADDRESS.test(mail.to)) throw new MailRefusedError('The address is none.', null);
    const { languageCode, messageId, unsubscribeUrl } = mail;
    await this.moduleRef.get(EmailProcessor, { strict: false }).process({
      ctx: ctx.serialize(),
      type: mail.template,
      from: '{{{ fromAddress }}}',
      recipient: mail.to,
      // By a variable: the subject's own text is no template.
      subject: '{{{ mailSubject }}}',
      templateFile: 'body.hbs',
      templateVars: {
        ...mail.vars,
        ...layoutVars(this.options, { languageCode, messageId, unsubscribeUrl, signal }),
        mailSubject: mail.subject,
      },
      attachments: (mail.attachments ?? []).map(({ filename, contentType, content }) => ({
        ...NO_ATTACHMENT,
        filename,
        contentType,
        content: JSON.stringify(content),
      })),
    });
  }
}

/** The e-mail plugin takes attachments as its job queue would hold them, with null for what is not given. */
const NO_ATTACHMENT = {
  path: null,
  cid: null,
  encoding: null,
  contentTransferEncoding: null,
  contentDisposition: null,
  headers: null,
  raw: null,
  href: null,
  httpHeaders: null,
};
