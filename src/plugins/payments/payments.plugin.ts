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
import { AttemptDecisions } from './services/ledger/attempt-decisions';
import { AttemptLedgerService } from './services/ledger/attempt-ledger.service';
import { AttemptPersonalData } from './services/ledger/attempt-personal-data';
import { AuthorizationRequests } from './services/gate/authorization-requests';
import { AuthorizationService } from './services/gate/authorization.service';
import { Clock } from './services/clock';
import { CustomerPaymentsService } from './services/gate/customer-payments.service';
import { DailyReportService } from './services/reconciliation/daily-report.service';
import { DifferenceCorrections } from './services/reconciliation/difference-corrections';
import { DifferenceResolutionService } from './services/reconciliation/difference-resolution.service';
import { DifferencesService } from './services/reconciliation/differences.service';
import { DirectCallsService } from './services/gate/direct-calls.service';
import { DisputesService } from './services/reconciliation/disputes.service';
import { DirectOutcomes } from './services/gate/direct-outcomes';
import { ExpiringAuthorizations } from './services/gate/expiring-authorizations';
import { GatewayCallsService } from './services/gate/gateway-calls.service';
import { HeldWebhooks } from './services/plugin-handlers/held-webhooks';
import { OutcomeService } from './services/gate/outcome.service';
import { PatientTransaction } from './services/gate/patient-transaction';
import { PaymentGateService } from './services/gate/payment-gate.service';
import { PaymentOperationsService } from './services/gate/payment-operations.service';
import { PaymentRouter } from './services/routing/payment-router';
import { PaymentSyncService } from './services/ledger/payment-sync.service';
import { PaymentWebhookSink } from './services/webhooks/payment-webhook-sink';
import { PluginAccounts } from './services/plugin-handlers/plugin-accounts';
import { PluginMoney } from './services/plugin-handlers/plugin-money';
import { PluginWebhooks } from './services/plugin-handlers/plugin-webhooks';
import { ProviderCallsService } from './services/providers/provider-calls.service';
import { ProviderRecall } from './services/providers/provider-recall';
import { ProviderRegistry } from './services/providers/provider-registry';
import { QueuedRefundsService } from './services/gate/queued-refunds.service';
import { ReconciliationBooks } from './services/reconciliation/reconciliation-books';
import { ReconciliationPersonalData } from './services/reconciliation/reconciliation-personal-data';
import { ReconciliationQueries } from './services/reconciliation/reconciliation-queries';
import { ReconciliationQueue } from './services/reconciliation/reconciliation-queue';
import { ReconciliationRuns } from './services/reconciliation/reconciliation-runs';
import { ReconciliationService } from './services/reconciliation/reconciliation.service';
import { RiskService } from './services/gate/risk.service';
import { RoutingSurroundingsService } from './services/routing/routing-surroundings.service';
import { RoutingService } from './services/routing/routing.service';
import { SavedMethodCalls } from './services/saved-methods/saved-method-calls';
import { SavedMethodPersonalData } from './services/saved-methods/saved-method-personal-data';
import { SavedMethodStore } from './services/saved-methods/saved-method-store';
import { SavedMethodService } from './services/saved-methods/saved-method.service';
import { UnknownPayments } from './services/reconciliation/unknown-payments.service';
import { WebhookAdminService } from './services/webhooks/webhook-admin.service';
import { WebhookDoor } from './services/webhooks/webhook-door';
import { WebhookInboxService } from './services/webhooks/webhook-inbox.service';
import { WebhookPersonalData } from './services/webhooks/webhook-personal-data';
import { WEBHOOK_SINK, type WebhookSink } from './services/webhooks/webhook-sink';
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
    AttemptLedgerService,
    AttemptPersonalData,
    PatientTransaction,
    PaymentOperationsService,
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
