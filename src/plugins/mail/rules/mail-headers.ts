import type { MailEnvelope } from '../types';

/** The header fields that the envelope asks for. */
export function mailHeaders({ languageCode, unsubscribeUrl }: MailEnvelope): Record<string, string> {
  return {
    'Content-Language': languageCode.replace('_', '-'),
    // Written by a program: out-of-office replies are not wanted (RFC 3834).
    'Auto-Submitted': 'auto-generated',
    ...(unsubscribeUrl === undefined
      ? {}
      : {
          'List-Unsubscribe': `<${unsubscribeUrl}>`,
          'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
        }),
  };
}

/** The host of the sender's address, for Message-IDs. */
export function senderHost(from: string): string {
  return /@([^\s<>@"]+)>?\s*$/.exec(from)?.[1]?.toLowerCase() ?? 'localhost';
}
