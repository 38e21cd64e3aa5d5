import type { LanguageCode } from '@vendure/core';

/** What the mails of this shop have in common. */
export interface MailPluginOptions {
  /** In the head of every mail. */
  shopName: string;
  /** Where a click on it leads. */
  storefrontUrl: string;
  /** The sender, such as `"Tradewind" <noreply@shop.example>`. */
  from: string;
}

export interface MailAttachment {
  filename: string;
  contentType: string;
  content: Buffer;
}

/** A mail to be sent now. */
export interface MailRequest {
  /** The folder below `static/email/templates`. */
  template: string;
  /** One address. */
  to: string;
  /** Of the text; the language of the parts that all mails share follows it. */
  languageCode: LanguageCode;
  subject: string;
  /** What the template reads. Values are escaped by the template. */
  vars: Readonly<Record<string, unknown>>;
  /** With angle brackets. The same at every attempt: receivers drop the second copy. */
  messageId: string;
  attachments?: readonly MailAttachment[];
  /** For mails that one can do without: clients show a button that calls it (RFC 8058). */
  unsubscribeUrl?: string;
}

/** What a mail carries beside what the platform's e-mail plugin knows. */
export interface MailEnvelope {
  languageCode: string;
  messageId?: string | undefined;
  unsubscribeUrl?: string | undefined;
  /** Aborted when nobody waits for the mail any more: it is not sent after that. */
  signal?: AbortSignal | undefined;
}
