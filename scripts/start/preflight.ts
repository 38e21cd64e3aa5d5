import { mkdirSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { Client } from 'pg';
import type { Env } from '../../src/config/env';
import { maskValue } from '../../src/config/env';
import { UserError } from './user-error';

const MB = 1024 * 1024;

/** The database, the demo shop's images and the compiled staff pages take about 500 MB. */
const FREE_FOR_FIRST_START_MB = 1_000;
const FREE_FOR_START_MB = 200;

const REACH_TIMEOUT_MS = 5_000;

const DEFAULT_PORTS: Record<string, number> = {
  'redis:': 6379,
  'rediss:': 6379,
  'http:': 80,
  'https:': 443,
  'smtp:': 587,
  'smtps:': 465,
};

/** Checks what a start needs from its surroundings, each with a line that says what to do about it. */
export async function preflight(env: Env, firstStart: boolean): Promise<void> {
  await checkDisk(env.DATA_DIR, firstStart ? FREE_FOR_FIRST_START_MB : FREE_FOR_START_MB);
  await checkPortIsFree(env.HOST, env.PORT, 'PORT');
  await Promise.all([
    checkReachable('REDIS_URL', env.REDIS_URL, 'Redis'),
    checkReachable('SEARCH_URL', env.SEARCH_URL, 'OpenSearch'),
    checkReachable('SMTP_URL', env.SMTP_URL, 'mail server'),
  ]);
}

export async function checkDisk(dir: string, neededMb: number): Promise<void> {
  mkdirSync(dir, { recursive: true });
  const disk = await statfs(dir);
  const freeMb = Math.floor((disk.bavail * disk.bsize) / MB);
  if (freeMb < neededMb) {
    throw new UserError(
      `The disk that holds ${dir} has ${freeMb} MB free, and the shop needs ${neededMb} MB. Free some space, or set DATA_DIR to a folder on another disk.`,
    );
  }
}

export async function checkPortIsFree(host: string, port: number, variable: string): Promise<void> {
  const code = await new Promise<string | undefined>(resolve => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen(port, host, () => probe.close(() => resolve(undefined)));
  });
  if (code === undefined) return;
  if (code === 'EADDRINUSE') {
    throw new UserError(
      `Port ${port} is taken. Stop what runs there, or choose another: ${variable}=${port + 1} npm start`,
    );
  }
  if (code === 'EACCES') {
    throw new UserError(
      `Port ${port} may not be opened by this user. Choose one above 1023: ${variable}=3000 npm start`,
    );
  }
  throw new UserError(`${host}:${port} cannot be listened on (${code}). Check HOST and ${variable}.`);
}

async function checkReachable(variable: string, value: string | undefined, service: string): Promise<void> {
  if (value === undefined) return;
  const url = new URL(value);
  const port = Number(url.port) || (DEFAULT_PORTS[url.protocol] ?? 0);
  const reason = await new Promise<string | undefined>(resolve => {
    const socket = connect({ host: url.hostname.replace(/^\[|\]$/g, ''), port, timeout: REACH_TIMEOUT_MS });
    const finish = (result: string | undefined) => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', () => finish(undefined));
    socket.once('timeout', () => finish('no answer'));
    socket.once('error', (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
  });
  if (reason !== undefined) {
    throw new UserError(
      `${variable}: no ${service} at ${maskValue(variable, value)} (${reason}). Start it ("scripts/services up" starts one for development), correct ${variable}, or leave it out.`,
    );
  }
}

/** The server's major version and whether it answers, for a database that is not the shop's own. */
export async function checkDatabase(databaseUrl: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: REACH_TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const result = await client.query<{ server_version_num: string }>('SHOW server_version_num');
    const major = Math.floor(Number(result.rows[0]?.server_version_num) / 10_000);
    if (major < 15) {
      throw new UserError(
        `DATABASE_URL: PostgreSQL ${major} is too old; the shop needs 15 or newer. Upgrade it.`,
      );
    }
  } catch (error) {
    if (error instanceof UserError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
    throw new UserError(
      `DATABASE_URL: ${maskValue('DATABASE_URL', databaseUrl)} cannot be used (${describe(reason)}). Start that server, create the database, or leave DATABASE_URL out to use the shop's own.`,
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function describe(reason: string): string {
  switch (reason) {
    case 'ECONNREFUSED':
      return 'nothing listens there';
    case 'ENOTFOUND':
      return 'no such host';
    case '28P01':
      return 'wrong user or password';
    case '3D000':
      return 'no such database';
    default:
      return reason;
  }
}
