import {
  DefaultLogger,
  LogLevel,
  RequestContextService,
  SearchService,
  TransactionalConnection,
  User,
  bootstrapWorker,
  ConfigService,
  LanguageCode,
  resetConfig,
  type RequestContext,
  type VendureConfig,
} from '@vendure/core';
import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import type { Env } from '../../src/config/env';
import { createVendureConfig } from '../../vendure-config';
import { UserError } from '../start/user-error';
import { ensureBaseData, hashPassword } from './base/base-data';
import { ensureImages } from './base/images';
import { assertNoProducts, hasProducts, load } from './load/load';
import { checkOptions, type SeedOptions } from './options';
import type { ReportProgress } from './progress';

/** Any number that nothing else in this database uses as an advisory lock. */
const SEED_LOCK = 7_217_003;

/** The password of every seeded account. */
export const SHOPPER_PASSWORD = 'tradewind-shopper-1';

/** A shop to fill: any Vendure 3.7 on PostgreSQL with its schema up to date, ours or a stock one. */
export interface SeedTarget {
  config: VendureConfig;
  databaseUrl: string;
}

/**
 * Fills this shop with goods, people and a year of orders. PostgreSQL's search index is filled, too; a search
 * engine's is not: ask for it with `requestReindex`.
 *
 * @throws UserError when the shop has products already, or runs in production
 */
export async function seed(env: Env, options: SeedOptions, report: ReportProgress): Promise<void> {
  refuseInProduction(env);
  await seedShop(targetOf(env), options, report);
}

/** @throws UserError in production */
export function refuseInProduction(env: Env): void {
  if (env.NODE_ENV === 'production') {
    throw new UserError(
      'The seed makes customers whose password is public: it does not run with NODE_ENV=production.',
    );
  }
}

/** As `seed`, for any shop. Custom fields that its schema lacks are left out. */
export async function seedShop(
  target: SeedTarget,
  options: SeedOptions,
  report: ReportProgress,
): Promise<void> {
  checkOptions(options);
  await withClient(target.databaseUrl, async client => {
    const lock = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      SEED_LOCK,
    ]);
    if (lock.rows[0]?.locked !== true) {
      throw new UserError('Another process seeds this shop. Wait for it to end.');
    }
    await assertNoProducts(client);
    await withShop(target.config, async (app, ctx) => {
      report('base data', 0, 1);
      const base = await ensureBaseData(app, ctx, options.end);
      report('base data', 1, 1);
      const imageIds = await ensureImages(app, ctx, (done, total) => report('images', done, total));
      const passwordHash = await hashPassword(app, SHOPPER_PASSWORD);
      await load(client, options, { base, imageIds: imageIds.map(Number), passwordHash }, report);
    });
  });
}

/** Whether the shop has been filled. The seed writes all products at once, so one product says so. */
export async function isSeeded(env: Env): Promise<boolean> {
  return withClient(targetOf(env).databaseUrl, hasProducts);
}

/** Puts the rebuilding of this shop's search index into the job queue: a worker does it when one runs. */
export async function requestReindex(env: Env): Promise<void> {
  await withShop(targetOf(env).config, async (app, ctx) => {
    await app.get(SearchService).reindex(ctx);
  });
}

function targetOf(env: Env): SeedTarget {
  if (env.DATABASE_URL === undefined) {
    throw new UserError('DATABASE_URL is not set: there is no database to fill.');
  }
  return {
    config: createVendureConfig(env, 'script'),
    databaseUrl: env.DATABASE_URL,
  };
}

async function withClient<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, application_name: 'tradewind-seed' });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Brings up the shop without its API and its jobs, with the rights of its first administrator. */
async function withShop<T>(
  config: VendureConfig,
  work: (app: INestApplicationContext, ctx: RequestContext) => Promise<T>,
): Promise<T> {
  const logger = new DefaultLogger({ level: LogLevel.Warn });
  const { app } = await bootstrapWorker({ ...config, logger });
  try {
    const { superadminCredentials } = app.get(ConfigService).authOptions;
    const user = await app
      .get(TransactionalConnection)
      .rawConnection.getRepository(User)
      .findOne({
        where: { identifier: superadminCredentials.identifier },
        relations: { roles: { channels: true } },
      });
    const ctx = await app.get(RequestContextService).create({
      apiType: 'admin',
      languageCode: LanguageCode.en,
      ...(user === null ? {} : { user }),
    });
    return await work(app, ctx);
  } finally {
    await app.close();
    resetConfig();
  }
}
