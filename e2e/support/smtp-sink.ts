import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { simpleParser, type AddressObject } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { Cleanup } from './cleanup';
import type { Mail } from './mailbox';

/**
 * An SMTP server that takes every mail and puts it into a folder as JSON. Files, since the tests run in other
 * contexts than the global setup, which owns the server.
 *
 * @returns its URL
 */
export async function startSmtpSink(mailDir: string, cleanup: Cleanup): Promise<string> {
  mkdirSync(mailDir, { recursive: true });
  let received = 0;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, session, done) {
      simpleParser(stream)
        .then(parsed => {
          received += 1;
          const mail: Mail = {
            to: session.envelope.rcptTo.map(recipient => recipient.address.toLowerCase()),
            from: addresses(parsed.from)[0] ?? '',
            subject: parsed.subject ?? '',
            html: parsed.html || '',
            text: parsed.text ?? '',
            messageId: parsed.messageId ?? '',
          };
          // Renamed into place: a reader never sees half a file.
          const file = join(mailDir, `${String(received).padStart(6, '0')}.json`);
          writeFileSync(`${file}.part`, JSON.stringify(mail));
          renameSync(`${file}.part`, file);
          done();
        })
        .catch(done);
    },
  });
  server.on('error', error => console.error(`SMTP: ${error.message}`));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => resolve());
  });
  cleanup.add('SMTP', () => new Promise<void>(resolve => server.close(() => resolve())));
  const address = server.server.address();
  if (address === null || typeof address === 'string') throw new Error('The SMTP server has no port.');
  return `smtp://127.0.0.1:${address.port}`;
}

function addresses(field: AddressObject | undefined): string[] {
  return (field?.value ?? []).flatMap(({ address }) => (address === undefined ? [] : [address]));
}
