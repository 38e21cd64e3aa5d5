import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { testEnv } from './test-env';
import { waitFor } from './wait-for';

/** A mail as the SMTP sink received it. */
export interface Mail {
  /** The recipients of the envelope, in lower case. */
  to: string[];
  from: string;
  subject: string;
  html: string;
  text: string;
  messageId: string;
}

/** All mails of this run so far, oldest first. */
export function allMails(): Mail[] {
  const { mailDir } = testEnv();
  return readdirSync(mailDir)
    .filter(name => name.endsWith('.json'))
    .sort()
    .map(name => JSON.parse(readFileSync(join(mailDir, name), 'utf8')) as Mail);
}

/** All mails to an address so far, oldest first. */
export function mailsTo(address: string): Mail[] {
  return allMails().filter(mail => mail.to.includes(address.toLowerCase()));
}

/** The newest mail to an address with such a subject, waiting for it if need be. */
export function waitForMail(address: string, subject: RegExp, timeoutMs = 20_000): Promise<Mail> {
  return waitFor(() => mailsTo(address).findLast(mail => subject.test(mail.subject)), {
    timeoutMs,
    what: `a mail to ${address} with a subject like ${subject}`,
  });
}

/** The token of the link in a mail. */
export function tokenIn(mail: Mail): string {
  const token = /[?&]token=([^"&\s<]+)/.exec(mail.html)?.[1];
  if (token === undefined) throw new Error(`No link with a token in the mail "${mail.subject}".`);
  return decodeURIComponent(token);
}
