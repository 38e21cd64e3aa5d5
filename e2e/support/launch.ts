import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { removeIndexes, removeKeys } from './external-services';
import { freePort } from './free-port';
import { ManagedProcess, ProcessStartError } from './managed-process';
import { built } from './paths';
import { databaseUrl } from './postgres';
import { systemEnv } from './run-script';
import { STAFF } from './staff';
import { copyAssets } from './template';

const PORT_ATTEMPTS = 3;

export type Part = 'server' | 'worker';

/** What a shop needs of its surroundings. */
export interface ShopSurroundings {
  postgresUrl: string;
  templateAssets: string;
  redisUrl: string | undefined;
  searchUrl: string | undefined;
  smtpUrl: string;
  logDir: string;
  tempDir: string;
}

export interface LaunchOptions {
  /** The database to run on, a clone of the template. */
  database: string;
  /** Variables that differ from those of the other shops of this run. */
  env?: Record<string, string>;
  /** Else a free one. */
  port?: number;
  /** Compiled entry files that differ from the shop's own: a shop with a test's plugin in it. */
  scripts?: Partial<Record<Part, string>>;
}

export interface LaunchedShop {
  baseUrl: string;
  server: ManagedProcess;
  worker: ManagedProcess;
  kill(part: Part, signal: NodeJS.Signals): Promise<void>;
  /** Starts what is not running. */
  restart(): Promise<void>;
  /** Ends both processes and removes what the shop left in Redis and in the search engine. */
  stop(): Promise<void>;
}

/**
 * Starts a shop of its own: a server and a worker process of the build, on a database of its own. The limits of
 * production are on.
 *
 * @throws ProcessStartError with the end of the log; nothing is left running then
 */
export async function launchShop(around: ShopSurroundings, options: LaunchOptions): Promise<LaunchedShop> {
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    const shop = prepare(around, options, port);
    try {
      await shop.restart();
      return shop;
    } catch (error) {
      await shop.stop();
      const portTaken = error instanceof ProcessStartError && error.reason.includes('port is taken');
      if (!portTaken || options.port !== undefined || attempt === PORT_ATTEMPTS) throw error;
    }
  }
}

function prepare(around: ShopSurroundings, options: LaunchOptions, port: number): LaunchedShop {
  const dataDir = mkdtempSync(join(around.tempDir, `${options.database}-`));
  copyAssets(around.templateAssets, dataDir);
  const prefix = options.database.replaceAll('_', '-');
  const env: Record<string, string> = {
    ...systemEnv(),
    NODE_ENV: 'test',
    API_LIMITS: 'true',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATA_DIR: dataDir,
    DATABASE_URL: databaseUrl(around.postgresUrl, options.database),
    SMTP_URL: around.smtpUrl,
    ...(around.redisUrl === undefined ? {} : { REDIS_URL: around.redisUrl }),
    ...(around.searchUrl === undefined ? {} : { SEARCH_URL: around.searchUrl }),
    BULLMQ_PREFIX: prefix,
    SEARCH_INDEX_PREFIX: `${prefix}-`,
    SUPERADMIN_USERNAME: STAFF.username,
    SUPERADMIN_PASSWORD: STAFF.password,
    COOKIE_SECRET: STAFF.cookieSecret,
    ...options.env,
  };
  const part = (name: Part, script: string) =>
    new ManagedProcess({
      name,
      script: built(options.scripts?.[name] ?? script),
      env,
      logFile: join(around.logDir, `${options.database}-${name}.log`),
    });
  const server = part('server', 'src/index.js');
  const worker = part('worker', 'src/index-worker.js');
  const parts = { server, worker };
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    server,
    worker,
    kill: (name, signal) => parts[name].kill(signal),
    async restart() {
      const starting = [server, worker].filter(process => !process.running).map(process => process.start());
      const failed = (await Promise.allSettled(starting)).find(result => result.status === 'rejected');
      if (failed !== undefined) throw failed.reason;
    },
    async stop() {
      await Promise.all([server.kill('SIGTERM'), worker.kill('SIGTERM')]);
      if (around.redisUrl !== undefined) await removeKeys(around.redisUrl, prefix);
      if (around.searchUrl !== undefined) await removeIndexes(around.searchUrl, `${prefix}-`);
    },
  };
}
