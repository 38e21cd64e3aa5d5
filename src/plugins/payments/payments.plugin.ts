import {
  Inject,
  type MiddlewareConsumer,
  type NestModule,
  type OnApplicationBootstrap,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_INTERCEPTOR, ModuleRef } from '@nestjs/core';
import { I18nService, Injector, PluginCommonModule, VendurePlugin, type Type } from '@vendure/core';
import { DomainEventsPlugin, EventRegistry } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { PersonalDataRegistry, PrivacyPlugin } from '../privacy';
import { DummyPaymentProvider } from './adapters/dummy-payment-provider.adapter';
import { adminApi } from './api/admin-api';
import { CardDataInterceptor } from './api/card-data.interceptor';
import { PaymentWebhooksController } from './api/payment-webhooks.controller';
import { PluginWebhooksMiddleware } from './api/plugin-webhooks.middleware';
import { shopApi } from './api/shop-api';
import { configurePayments, pluginWebhookRoutes } from './configure';
import { PAYMENTS_PLUGIN_OPTIONS } from './constants';
import { PaymentAttemptEntry } from './entities/payment-attempt-entry.entity';
import { PaymentAttempt } from './entities/payment-attempt.entity';
import { PaymentDifference } from './entities/payment-difference.entity';
import { PaymentDispute } from './entities/payment-dispute.entity';
import { PaymentReconciliationRun } from './entities/payment-reconciliation-run.entity';
import { PaymentRoutingVersion } from './entities/payment-routing-version.entity';
import { PaymentWebhook } from './entities/payment-webhook.entity';
import { SavedPaymentMethod } from './entities/saved-payment-method.entity';
import { PAYMENT_EVENTS } from './events/payment-events';
import { PaymentWebhookReceived } from './events/webhook-events';
import { disownSavedMethodsHandler } from './jobs/disown-saved-methods.handler';
import { processWebhookHandler } from './jobs/process-webhook.handler';
import type { PaymentsPluginOptions } from './options';
import { reconciliationTranslations } from './reconciliation-translations';
import { routingTranslations } from './routing-translations';
import { AttemptDecisions } from './services/attempt-decisions';
import { AttemptLedgerService } from './services/attempt-ledger.service';
import { AttemptPersonalData } from './services/attempt-personal-data';
import { AuthorizationRequests } from './services/authorization-requests';
import { AuthorizationService } from './services/authorization.service';
import { Clock } from './services/clock';
import { CustomerPaymentsService } from './services/customer-payments.service';
import { DailyReportService } from './services/daily-report.service';
import { DifferenceCorrections } from './services/difference-corrections';
import { DifferenceResolutionService } from './services/difference-resolution.service';
import { DifferencesService } from './services/differences.service';
import { DirectCallsService } from './services/direct-calls.service';
import { DisputesService } from './services/disputes.service';
import { DirectOutcomes } from './services/direct-outcomes';
import { ExpiringAuthorizations } from './services/expiring-authorizations';
import { GatewayCallsService } from './services/gateway-calls.service';
import { HeldWebhooks } from './services/held-webhooks';
import { OutcomeService } from './services/outcome.service';
import { PatientTransaction } from './services/patient-transaction';
import { PaymentGateService } from './services/payment-gate.service';
import { PaymentOperationsService } from './services/payment-operations.service';
import { PaymentRouter } from './services/payment-router';
import { PaymentSyncService } from './services/payment-sync.service';
import { PaymentWebhookSink } from './services/payment-webhook-sink';
import { PluginAccounts } from './services/plugin-accounts';
import { PluginMoney } from './services/plugin-money';
import { PluginWebhooks } from './services/plugin-webhooks';
import { ProviderCallsService } from './services/provider-calls.service';
import { ProviderRecall } from './services/provider-recall';
import { ProviderRegistry } from './services/provider-registry';
import { QueuedRefundsService } from './services/queued-refunds.service';
import { ReconciliationBooks } from './services/reconciliation-books';
import { ReconciliationPersonalData } from './services/reconciliation-personal-data';
import { ReconciliationQueries } from './services/reconciliation-queries';
import { ReconciliationQueue } from './services/reconciliation-queue';
import { ReconciliationRuns } from './services/reconciliation-runs';
import { ReconciliationService } from './services/reconciliation.service';
import { RiskService } from './services/risk.service';
import { RoutingSurroundingsService } from './services/routing-surroundings.service';
import { RoutingService } from './services/routing.service';
import { SavedMethodCalls } from './services/saved-method-calls';
import { SavedMethodPersonalData } from './services/saved-method-personal-data';
import { SavedMethodStore } from './services/saved-method-store';
import { SavedMethodService } from './services/saved-method.service';
import { UnknownPayments } from './services/unknown-payments.service';
import { WebhookAdminService } from './services/webhook-admin.service';
import { WebhookDoor } from './services/webhook-door';
import { WebhookInboxService } from './services/webhook-inbox.service';
import { WebhookPersonalData } from './services/webhook-personal-data';
import { WEBHOOK_SINK, type WebhookSink } from './services/webhook-sink';
import { translations } from './translations';

/** Payments that are never lost, doubled or guessed. See README.md. */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin, InventoryPlugin],
  compatibility: '^3.7.0',
  entities: [
    PaymentAttempt,
    PaymentAttemptEntry,
    PaymentDifference,
    PaymentDispute,
    PaymentReconciliationRun,
    PaymentRoutingVersion,
    PaymentWebhook,
    SavedPaymentMethod,
  ],
  controllers: [PaymentWebhooksController],
  providers: [
    Clock,
    // Providers and the ledger of what they were asked for.
    ProviderRegistry,
    ProviderRecall,
    ProviderCallsService,
    AttemptLedgerService,
    AttemptPersonalData,
    AttemptDecisions,
    GatewayCallsService,
    DirectCallsService,
    DirectOutcomes,
    // Paying, and what staff do with payments.
    PatientTransaction,
    AuthorizationRequests,
    AuthorizationService,
    OutcomeService,
    CustomerPaymentsService,
    PaymentGateService,
    PaymentOperationsService,
    QueuedRefundsService,
    PaymentSyncService,
    ExpiringAuthorizations,
    RiskService,
    // Which provider takes what.
    PaymentRouter,
    RoutingService,
    RoutingSurroundingsService,
    // Messages of the providers.
    WebhookAdminService,
    WebhookDoor,
    WebhookInboxService,
    WebhookPersonalData,
    { provide: WEBHOOK_SINK, useClass: PaymentWebhookSink },
    // What the shop and providers disagree about, disputes and reports.
    DailyReportService,
    DifferenceCorrections,
    DifferenceResolutionService,
    DifferencesService,
    DisputesService,
    ReconciliationBooks,
    ReconciliationPersonalData,
    ReconciliationQueries,
    ReconciliationQueue,
    ReconciliationRuns,
    ReconciliationService,
    UnknownPayments,
    // The handlers of @vendure/payments-plugin, and their webhooks.
    HeldWebhooks,
    PluginAccounts,
    PluginMoney,
    PluginWebhooks,
    // Methods that customers save.
    SavedMethodCalls,
    SavedMethodPersonalData,
    SavedMethodService,
    SavedMethodStore,
    { provide: APP_INTERCEPTOR, useClass: CardDataInterceptor },
    { provide: PAYMENTS_PLUGIN_OPTIONS, useFactory: () => PaymentsPlugin.options },
  ],
  exports: [
    ProviderRegistry,
    RoutingService,
    AttemptPersonalData,
    ReconciliationPersonalData,
    SavedMethodPersonalData,
    SavedMethodService,
    WebhookPersonalData,
  ],
  shopApiExtensions: shopApi,
  adminApiExtensions: adminApi,
  configuration: config => configurePayments(config, PaymentsPlugin.options),
})
export class PaymentsPlugin implements NestModule, OnModuleInit, OnApplicationBootstrap {
  static options: PaymentsPluginOptions = { providers: [] };

  constructor(
    private readonly i18n: I18nService,
    private readonly moduleRef: ModuleRef,
    private readonly registry: EventRegistry,
    private readonly personalData: PersonalDataRegistry,
    private readonly attemptData: AttemptPersonalData,
    private readonly savedMethodData: SavedMethodPersonalData,
    private readonly savedMethods: SavedMethodStore,
    private readonly reconciliationData: ReconciliationPersonalData,
    private readonly webhookData: WebhookPersonalData,
    private readonly inbox: WebhookInboxService,
    private readonly recall: ProviderRecall,
    @Inject(WEBHOOK_SINK) private readonly sink: WebhookSink,
  ) {}

  static init(options: PaymentsPluginOptions): Type<PaymentsPlugin> {
    PaymentsPlugin.options = options;
    return PaymentsPlugin;
  }

  configure(consumer: MiddlewareConsumer): void {
    const routes = pluginWebhookRoutes(PaymentsPlugin.options.pluginHandlers);
    // All that is below them too.
    if (routes.length > 0) consumer.apply(PluginWebhooksMiddleware).forRoutes(...routes);
  }

  onModuleInit(): void {
    for (const provider of PaymentsPlugin.options.providers) {
      if (provider instanceof DummyPaymentProvider) {
        provider.recallFrom(reference => this.recall.of(reference));
      }
    }
    this.registry.registerEvents(...PAYMENT_EVENTS, PaymentWebhookReceived);
    this.registry.registerHandlers(
      processWebhookHandler(this.inbox, this.sink),
      disownSavedMethodsHandler(this.savedMethods),
    );
    for (const contributor of [
      this.attemptData,
      this.reconciliationData,
      this.savedMethodData,
      this.webhookData,
    ]) {
      this.personalData.register(contributor);
    }
  }

  async onApplicationBootstrap(): Promise<void> {
    await PaymentsPlugin.options.riskCheck?.init?.(new Injector(this.moduleRef));
    for (const texts of [translations, routingTranslations, reconciliationTranslations]) {
      for (const [language, resources] of Object.entries(texts)) {
        this.i18n.addTranslation(language, resources);
      }
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await PaymentsPlugin.options.riskCheck?.destroy?.();
  }
}
