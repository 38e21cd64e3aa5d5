import { fork } from 'node:child_process';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cleanup } from './cleanup';
import { freePort } from './free-port';

type HostMessage = { type: 'ready'; url: string } | { type: 'failed'; message: string };

/** A PostgreSQL server for a run: the given one, or one of the run's own. Gives a superuser's URL. */
export async function openPostgres(given: string | undefined, cleanup: Cleanup): Promise<string> {
  if (given !== undefined) return databaseUrl(given, 'postgres');
  const dir = mkdtempSync(join(tmpdir(), 'tradewind-e2e-pg-'));
  // As root the server runs as another user, who has to reach it.
  chmodSync(dir, 0o755);
  const host = fork(join(__dirname, 'postgres-host.js'), [dir, String(await freePort())], { execArgv: [] });
  const ended = new Promise<void>(resolve => host.once('exit', () => resolve()));
  cleanup.add('PostgreSQL', async () => {
    if (host.connected) host.disconnect();
    await ended;
  });
  return new Promise((resolve, reject) => {
    host.once('message', (message: HostMessage) => {
      if (message.type === 'ready') resolve(message.url);
      else reject(new Error(message.message));
    });
    host.once('error', reject);
    host.once('exit', code => reject(new Error(`The PostgreSQL of the tests ended with code ${code}.`)));
  });
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.toString();
}
