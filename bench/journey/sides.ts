import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Databases } from './database';
import type { JourneyOptions } from './options';
import type { Services } from './services';

export const SIDES = ['stock', 'tradewind'] as const;
export type Side = (typeof SIDES)[number];

export const LABELS: Record<Side, string> = { stock: 'stock', tradewind: 'Tradewind' };

const DIST = join(__dirname, '../..');

/** The compiled entries of each side. */
export const ENTRIES: Record<Side, { server: string; worker: string }> = {
  stock: {
    server: join(DIST, 'bench/stock/index.js'),
    worker: join(DIST, 'bench/stock/index-worker.js'),
  },
  tradewind: {
    server: join(DIST, 'src/index.js'),
    worker: join(DIST, 'src/index-worker.js'),
  },
};

/** Everything of the benchmark that outlives a run; safe to delete. */
export const WORK_DIR = '.cache/bench';

export const STAFF = { identifier: 'superadmin', password: randomBytes(12).toString('base64url') };
const COOKIE_SECRET = randomBytes(32).toString('base64url');

/** Where nothing listens: the journey sends no e-mail, but production refuses to start without a mail server. */
const NO_MAIL_SERVER = 'smtp://127.0.0.1:9';

/** What the processes of one side are started with: production settings, and the same database server and port. */
export class SideEnvironment {
  constructor(
    private readonly options: Pick<JourneyOptions, 'port'>,
    private readonly databases: Databases,
    private readonly services: Services | undefined,
  ) {}

  of(side: Side, database: string): NodeJS.ProcessEnv {
    const baseUrl = `http://127.0.0.1:${this.options.port}`;
    const dataDir = join(WORK_DIR, side);
    const { PATH, HOME, TMPDIR } = process.env;
    return {
      PATH,
      HOME,
      TMPDIR,
      NODE_ENV: 'production',
      VENDURE_DISABLE_TELEMETRY: 'true',
      PORT: String(this.options.port),
      DATABASE_URL: this.databases.urlOf(database),
      SUPERADMIN_USERNAME: STAFF.identifier,
      SUPERADMIN_PASSWORD: STAFF.password,
      COOKIE_SECRET,
      ...(this.services === undefined
        ? {}
        : { REDIS_URL: this.services.redisUrlOf(side), SEARCH_URL: this.services.searchUrl }),
      ...(side === 'stock'
        ? { STOCK_DATA_DIR: dataDir }
        : {
            HOST: '127.0.0.1',
            PUBLIC_URL: baseUrl,
            CORS_ORIGINS: baseUrl,
            DATA_DIR: dataDir,
            SMTP_URL: NO_MAIL_SERVER,
            BULLMQ_PREFIX: 'bench-tradewind',
            SEARCH_INDEX_PREFIX: 'bench-tradewind-',
          }),
    };
  }
}
