import {
  DefaultLogger,
  DefaultSchedulerPlugin,
  LogLevel,
  NativeAuthenticationStrategy,
  dummyPaymentHandler,
  type VendureConfig,
} from '@vendure/core';
import { HardenPlugin } from '@vendure/harden-plugin';
import { StaffPagesPlugin } from './src/admin-ui';
import { assetPlugin } from './src/config/assets';
import { authOptions } from './src/config/auth';
import { cachePlugins } from './src/config/cache';
import { customFields } from './src/config/custom-fields';
import { databaseOptions } from './src/config/database';
import type { Env } from './src/config/env';
import { jobQueuePlugins } from './src/config/jobs';
import { RandomOrderCodeStrategy } from './src/config/order-code-strategy';
import type { ProcessRole } from './src/config/process-role';
import { searchPlugin } from './src/config/search';
import { turnOffTelemetry } from './src/config/telemetry';
import { DomainEventsPlugin } from './src/plugins/domain-events';
import { FraudPlugin, FraudReviewGuard, FraudRiskCheck } from './src/plugins/fraud';
import { InputChecksPlugin } from './src/plugins/input-checks';
import { InventoryPlugin } from './src/plugins/inventory';
import { MailPlugin, emailPlugin } from './src/plugins/mail';
import { OrderStateMachinePlugin } from './src/plugins/order-state-machine';
import { paymentHandlerPlugins, paymentsOptions, PaymentsPlugin } from './src/plugins/payments';
import { PrivacyPlugin } from './src/plugins/privacy';
import { SecurityPlugin, hardenOptions } from './src/plugins/security';
import { SystemPlugin } from './src/plugins/system';

/** The shop: its settings, and its plugins from the lowest layer to the highest. */
export function createVendureConfig(env: Env, role: ProcessRole): VendureConfig {
  turnOffTelemetry();
  return {
    apiOptions: {
      hostname: env.HOST,
      port: env.PORT,
      adminApiPath: 'admin-api',
      shopApiPath: 'shop-api',
    },
    authOptions: { ...authOptions(env), shopAuthenticationStrategy: [new NativeAuthenticationStrategy()] },
    dbConnectionOptions: databaseOptions(env, role),
    logger: new DefaultLogger({ level: LogLevel[capitalize(env.LOG_LEVEL)], timestamp: true }),
    customFields,
    orderOptions: { orderCodeStrategy: new RandomOrderCodeStrategy() },
    // The dummy card provider accepts any card: it must not exist where money is real.
    paymentOptions: { paymentMethodHandlers: env.NODE_ENV === 'production' ? [] : [dummyPaymentHandler] },
    // A task's lock is let go after its timeout (60 s unless it sets another) though it may still run.
    schedulerOptions: { runTasksInWorkerOnly: true },
    plugins: [
      // The platform's parts.
      ...jobQueuePlugins(env),
      ...cachePlugins(env),
      DefaultSchedulerPlugin.init({}),
      assetPlugin(env),
      emailPlugin(env),
      searchPlugin(env),
      StaffPagesPlugin.forShop(env),
      // Layer 1.
      SecurityPlugin.init({
        corsOrigins: env.CORS_ORIGINS,
        trustedProxies: env.TRUSTED_PROXIES,
        storefrontSecrets: env.STOREFRONT_SECRET,
        publicUrl: env.PUBLIC_URL,
        limits: env.API_LIMITS,
        errorDetails: env.NODE_ENV === 'development',
      }),
      ...(env.API_LIMITS ? [HardenPlugin.init(hardenOptions)] : []),
      InputChecksPlugin,
      SystemPlugin.init(env),
      PrivacyPlugin,
      DomainEventsPlugin.init(),
      MailPlugin.init(env),
      // Layer 2.
      InventoryPlugin.init({ holdSeconds: env.STOCK_HOLD_SECONDS }),
      OrderStateMachinePlugin.init({
        shopName: env.SHOP_NAME,
        storefrontUrl: env.STOREFRONT_URL,
        guards: [new FraudReviewGuard()],
        warehouseWebhook:
          env.WAREHOUSE_WEBHOOK_URL === undefined
            ? undefined
            : { url: env.WAREHOUSE_WEBHOOK_URL, secret: env.WAREHOUSE_WEBHOOK_SECRET },
      }),
      ...paymentHandlerPlugins(env),
      PaymentsPlugin.init({
        ...paymentsOptions(env),
        ...(env.FRAUD_SCORING ? { riskCheck: new FraudRiskCheck() } : {}),
      }),
      // Layer 3.
      FraudPlugin.init({
        publicUrl: env.PUBLIC_URL,
        webhookSecret: env.FRAUD_WEBHOOK_SECRET,
        unsignedWebhook: env.NODE_ENV !== 'production',
        privateWebhook: env.FRAUD_WEBHOOK_PRIVATE,
      }),
    ],
  };
}

function capitalize<T extends string>(value: T): Capitalize<T> {
  return (value.charAt(0).toUpperCase() + value.slice(1)) as Capitalize<T>;
}
