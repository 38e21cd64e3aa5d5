import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import type { CheckAnswer, Probe } from '../types';
import { withRedis } from './redis-session';

/** Asks PostgreSQL through the connections that the shop itself uses: a full pool counts, too. */
export function postgresProbe(query: (sql: string) => Promise<unknown>): Probe {
  const rows = z.array(z.object({ server_version: z.string() }));
  return () =>
    timed(async () => {
      const [row] = rows.parse(await query('SHOW server_version'));
      // "17.2 (Debian 17.2-1)": the packager's part says nothing here.
      return row?.server_version.split(' ')[0];
    });
}

/** The latency is that of a command; connecting does not count. */
export function redisProbe(url: string, timeoutMs: number): Probe {
  return () =>
    withRedis(url, timeoutMs, client =>
      timed(async () => /redis_version:(\S+)/.exec(await client.info('server'))?.[1]),
    );
}

const searchRoot = z.object({ version: z.object({ number: z.string() }) });

/** Reads the engine's front page, which tells its version. */
export function searchProbe(url: string, timeoutMs: number): Probe {
  const { origin, username, password } = new URL(url);
  const credentials = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  const headers: Record<string, string> =
    username === '' ? {} : { authorization: `Basic ${credentials.toString('base64')}` };
  return () =>
    timed(async () => {
      const response = await fetch(`${origin}/`, { headers, signal: AbortSignal.timeout(timeoutMs) }).catch(
        (error: Error) => {
          // "fetch failed" says nothing; what happened is in its cause.
          throw error.cause instanceof Error ? error.cause : error;
        },
      );
      if (!response.ok) throw new Error(`It answers with status ${response.status}.`);
      const root = searchRoot.safeParse(await response.json());
      if (!root.success) throw new Error('It does not answer as OpenSearch or Elasticsearch does.');
      return root.data.version.number;
    });
}

/** The mailbox is a folder: it works as long as it, or the data folder it will be made in, can be written. */
export function mailboxProbe(dataDir: string): Probe {
  return async () => {
    await access(dataDir, constants.W_OK);
    return { latencyMs: null, version: null };
  };
}

/** What lives in the process that answers is up. */
export function memoryProbe(): Promise<CheckAnswer> {
  return Promise.resolve({ latencyMs: null, version: null });
}

/** @param ask gives the version, if there is one to tell */
async function timed(ask: () => Promise<string | undefined>): Promise<CheckAnswer> {
  const startedAt = performance.now();
  const version = await ask();
  return { latencyMs: performance.now() - startedAt, version: version ?? null };
}
