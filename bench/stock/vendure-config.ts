import { join, dirname } from 'node:path';
import { AssetServerPlugin } from '@vendure/asset-server-plugin';
import {
  DefaultJobQueuePlugin,
  DefaultSchedulerPlugin,
  DefaultSearchPlugin,
  RedisCachePlugin,
  dummyPaymentHandler,
  type VendureConfig,
} from '@vendure/core';
import { ElasticsearchPlugin, createOpenSearchAdapter } from '@vendure/elasticsearch-plugin';
import { EmailPlugin, FileBasedTemplateLoader, defaultEmailHandlers } from '@vendure/email-plugin';
import { BullMQJobQueuePlugin } from '@vendure/job-queue-plugin/package/bullmq';
import { redisOptions } from '../../src/config/redis';

/**
 * Stock Vendure: what `@vendure/create` 3.7.3 writes for PostgreSQL, for production (APP_ENV is not "dev"). Left out
 * are its GraphiQL and dashboard, which take no part in a Shop API request. With REDIS_URL and SEARCH_URL, job queue,
 * cache and search are the official plugins for them, as their documentation sets them up.
 */

const dataDir = process.env.STOCK_DATA_DIR ?? '.';
const emailTemplates = join(dirname(require.resolve('@vendure/email-plugin')), '../templates');
const { REDIS_URL, SEARCH_URL } = process.env;

const email = {
  handlers: defaultEmailHandlers,
  templateLoader: new FileBasedTemplateLoader(emailTemplates),
  globalTemplateVars: {
    fromAddress: '"example" <noreply@example.com>',
    verifyEmailAddressUrl: 'http://localhost:8080/verify',
    passwordResetUrl: 'http://localhost:8080/password-reset',
    changeEmailAddressUrl: 'http://localhost:8080/verify-email-address-change',
  },
};

export const config: VendureConfig = {
  apiOptions: {
    hostname: '127.0.0.1',
    port: Number(process.env.PORT),
    adminApiPath: 'admin-api',
    shopApiPath: 'shop-api',
    trustProxy: 1,
    cors: { origin: [], credentials: true },
  },
  authOptions: {
    tokenMethod: ['bearer', 'cookie'],
    superadminCredentials: {
      identifier: process.env.SUPERADMIN_USERNAME ?? '',
      password: process.env.SUPERADMIN_PASSWORD ?? '',
    },
    cookieOptions: { secret: process.env.COOKIE_SECRET },
  },
  dbConnectionOptions: {
    type: 'postgres',
    synchronize: false,
    logging: false,
    url: process.env.DATABASE_URL,
  },
  paymentOptions: { paymentMethodHandlers: [dummyPaymentHandler] },
  customFields: {},
  plugins: [
    AssetServerPlugin.init({
      route: 'assets',
      assetUploadDir: join(dataDir, 'assets'),
      assetUrlPrefix: 'https://www.my-shop.com/assets/',
    }),
    DefaultSchedulerPlugin.init(),
    ...(REDIS_URL === undefined
      ? [DefaultJobQueuePlugin.init({ useDatabaseForBuffer: true })]
      : [
          BullMQJobQueuePlugin.init({
            connection: { ...redisOptions(REDIS_URL), maxRetriesPerRequest: null },
          }),
          RedisCachePlugin.init({ redisOptions: redisOptions(REDIS_URL) }),
        ]),
    SEARCH_URL === undefined
      ? DefaultSearchPlugin.init({ bufferUpdates: false, indexStockStatus: true })
      : ElasticsearchPlugin.init({
          adapter: () => createOpenSearchAdapter(openSearch(SEARCH_URL)),
          indexPrefix: 'bench-stock-',
        }),
    EmailPlugin.init({
      ...email,
      devMode: true,
      outputPath: join(dataDir, 'test-emails'),
      route: 'mailbox',
    }),
  ],
};

function openSearch(searchUrl: string): { host: string; port: number } {
  const url = new URL(searchUrl);
  return { host: `${url.protocol}//${url.hostname}`, port: Number(url.port || 9200) };
}
