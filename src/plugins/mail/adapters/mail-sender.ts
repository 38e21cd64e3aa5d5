import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isNativeError } from 'node:util/types';
import { normalizeString } from '@vendure/common/lib/normalize-string';
import {
  NodemailerEmailSender,
  type EmailDetails,
  type EmailSender,
  type EmailTransportOptions,
  type FileTransportOptions,
  type SMTPTransportOptions,
} from '@vendure/email-plugin';
import { createTransport } from 'nodemailer';
import { SMTP_TIMEOUTS } from '../constants';
import { MailOutcomeUnknownError, MailRefusedError } from '../errors';
import { mailHeaders } from '../rules/mail-headers';
import type { MailEnvelope } from '../types';
import type { GeneratedMail } from './mail-generator';
import { Handover, abortReason } from './handover';

type Details = EmailDetails & Partial<GeneratedMail>;

/** Sends by SMTP with what `MailGenerator` added. Every other transport is the platform's, but for files, which show it. */
export class MailSender implements EmailSender {
  private readonly others = new NodemailerEmailSender();

  async send(email: Details, options: EmailTransportOptions): Promise<void> {
    if (options.type === 'smtp') return sendBySmtp(email, options);
    if (options.type === 'file' && options.raw !== true) return keepAsFile(email, options);
    return this.others.send(email, options);
  }
}

async function sendBySmtp(email: Details, options: SMTPTransportOptions): Promise<void> {
  const envelope: MailEnvelope = email.envelope ?? { languageCode: 'en' };
  const { signal } = envelope;
  if (signal?.aborted === true) throw abortReason(signal);
  const handover = new Handover(signal);
  // A transport per mail: it keeps no connection, and the handover belongs to one mail.
  const transport = createTransport({ ...SMTP_TIMEOUTS, ...options });
  transport.use('stream', (mail, done) => {
    mail.message.transform(handover);
    done();
  });
  const sending = transport.sendMail({
    from: email.from,
    to: email.recipient,
    subject: email.subject,
    html: email.body,
    text: email.text,
    attachments: email.attachments,
    cc: email.cc,
    bcc: email.bcc,
    replyTo: email.replyTo,
    messageId: envelope.messageId,
    headers: mailHeaders(envelope),
    // Templates name pictures by URL; nothing that they name may be read from this machine's disk.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await unlessAborted(sending, signal);
  } catch (error) {
    throw judge(error, handover);
  }
}

async function unlessAborted(sending: Promise<unknown>, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) {
    await sending;
    return;
  }
  let stop = () => {};
  const aborted = new Promise<never>((_resolve, reject) => {
    stop = () => reject(abortReason(signal));
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    await Promise.race([sending, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
    // Not waited for any more if aborted; its failure is no news then.
    sending.catch(() => {});
  }
}

/** What a failure means: never (5xx about this mail), maybe sent already, or not this time. */
function judge(error: unknown, handover: Handover): Error {
  const failure = isNativeError(error) ? error : new Error(String(error));
  const { responseCode, command } = failure as { responseCode?: number; command?: string };
  if (responseCode === undefined) {
    return handover.complete ? new MailOutcomeUnknownError(failure) : failure;
  }
  // A refused login or greeting is about this shop's settings: somebody mends them, and the mail can go.
  const aboutTheMail = command === 'RCPT TO' || command === 'DATA' || command === 'MAIL FROM';
  return responseCode >= 500 && aboutTheMail ? new MailRefusedError(failure.message, responseCode) : failure;
}

/** For `/mailbox`: what the platform writes, and the parts that it does not know. */
async function keepAsFile(email: Details, { outputPath }: FileTransportOptions): Promise<void> {
  const name = normalizeString(`${new Date().toISOString()} ${email.recipient} ${email.subject}`, '_');
  const kept = {
    date: new Date().toLocaleString(),
    from: email.from,
    recipient: email.recipient,
    subject: email.subject,
    body: email.body,
    text: email.text,
    messageId: email.envelope?.messageId,
    headers: mailHeaders(email.envelope ?? { languageCode: 'en' }),
    cc: email.cc,
    bcc: email.bcc,
    replyTo: email.replyTo,
    attachments: email.attachments.map(({ filename, contentType }) => ({ filename, contentType })),
  };
  await writeFile(join(outputPath, `${name}.json`), JSON.stringify(kept, null, 2));
}
