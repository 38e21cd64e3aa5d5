import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { I18nService, PluginCommonModule, VendurePlugin, type Type } from '@vendure/core';
import { DomainEventsPlugin, EventRegistry } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { PrivacyPlugin } from '../privacy';
import { adminApiExtensions, shopApiExtensions } from './api/api-extensions';
import {
  OrderAttemptsResolver,
  PaymentAttemptResolver,
  PaymentsAdminResolver,
} from './api/payments-admin.resolver';
import { InitiatePaymentResultResolver, PaymentsShopResolver } from './api/payments-shop.resolver';
import {
  ExplainPaymentRouteResultResolver,
  PaymentRoutingEntityResolver,
  PaymentRoutingResolver,
  SavePaymentRoutingResultResolver,
} from './api/routing.resolver';
import { configurePayments } from './configure';
import { PAYMENTS_PLUGIN_OPTIONS } from './constants';
import { PaymentAttemptEntry } from './entities/payment-attempt-entry.entity';
import { PaymentAttempt } from './entities/payment-attempt.entity';
import { PaymentRoutingVersion } from './entities/payment-routing-version.entity';
import { PAYMENT_EVENTS } from './events/payment-events';
import type { PaymentsPluginOptions } from './options';
import { routingTranslations } from './routing-translations';
import { AttemptLedgerService } from './services/attempt-ledger.service';
import { AuthorizationRequests } from './services/authorization-requests';
import { AuthorizationService } from './services/authorization.service';
import { Clock } from './services/clock';
import { DirectCallsService } from './services/direct-calls.service';
import { GatewayCallsService } from './services/gateway-calls.service';
import { OutcomeService } from './services/outcome.service';
import { PatientTransaction } from './services/patient-transaction';
import { PaymentGateService } from './services/payment-gate.service';
import { PaymentOperationsService } from './services/payment-operations.service';
import { PaymentRouter } from './services/payment-router';
import { PaymentSyncService } from './services/payment-sync.service';
import { ProviderCallsService } from './services/provider-calls.service';
import { ProviderRegistry } from './services/provider-registry';
import { RiskService } from './services/risk.service';
import { RoutingSurroundingsService } from './services/routing-surroundings.service';
import { RoutingService } from './services/routing.service';
import { translations } from './translations';

/** Payments that are never lost, doubled or guessed. See README.md. */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin, InventoryPlugin],
  compatibility: '^3.7.0',
  entities: [PaymentAttempt, PaymentAttemptEntry, PaymentRoutingVersion],
  providers: [
    ProviderRegistry,
    ProviderCallsService,
    Clock,
    AttemptLedgerService,
    GatewayCallsService,
    DirectCallsService,
    OutcomeService,
    PatientTransaction,
    PaymentRouter,
    PaymentGateService,
    PaymentOperationsService,
    PaymentSyncService,
    RiskService,
    AuthorizationService,
    AuthorizationRequests,
    RoutingService,
    RoutingSurroundingsService,
    { provide: PAYMENTS_PLUGIN_OPTIONS, useFactory: () => PaymentsPlugin.options },
  ],
  exports: [ProviderRegistry, RoutingService],
  shopApiExtensions: {
    schema: shopApiExtensions,
    resolvers: [PaymentsShopResolver, InitiatePaymentResultResolver],
  },
  adminApiExtensions: {
    schema: adminApiExtensions,
    resolvers: [
      PaymentsAdminResolver,
      OrderAttemptsResolver,
      PaymentAttemptResolver,
      PaymentRoutingResolver,
      PaymentRoutingEntityResolver,
      SavePaymentRoutingResultResolver,
      ExplainPaymentRouteResultResolver,
    ],
  },
  configuration: configurePayments,
})
export class PaymentsPlugin implements OnModuleInit, OnApplicationBootstrap {
  static options: PaymentsPluginOptions = { providers: [] };

  constructor(
    private readonly i18n: I18nService,
    private readonly registry: EventRegistry,
  ) {}

  static init(options: PaymentsPluginOptions): Type<PaymentsPlugin> {
    PaymentsPlugin.options = options;
    return PaymentsPlugin;
  }

  onModuleInit(): void {
    this.registry.registerEvents(...PAYMENT_EVENTS);
  }

  onApplicationBootstrap(): void {
    for (const texts of [translations, routingTranslations]) {
      for (const [language, resources] of Object.entries(texts)) {
        this.i18n.addTranslation(language, resources);
      }
    }
  }
}
