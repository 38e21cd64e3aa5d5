import {
  Inject,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import {
  ConfigService,
  I18nService,
  Injector,
  PluginCommonModule,
  VendurePlugin,
  type InjectableStrategy,
  type Type,
} from '@vendure/core';
import { DomainEventsPlugin, EventRegistry } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { MailPlugin } from '../mail';
import { PersonalDataRegistry, PrivacyPlugin } from '../privacy';
import { BuiltInCarrier } from './adapters/built-in-carrier.adapter';
import { WebhookWarehouse } from './adapters/webhook-warehouse.adapter';
import { adminApiExtensions, shopApiExtensions } from './api/api-extensions';
import {
  OrderEffectResolver,
  OrderEffectsResolver,
  OrderLifecycleAdminResolver,
} from './api/order-lifecycle-admin.resolver';
import { OrderDocumentsController } from './api/order-documents.controller';
import { OrderDocumentResolver, OrderDocumentsResolver } from './api/order-documents.resolver';
import { OrderStatusResolver } from './api/order-status.resolver';
import { OrderEffectResultResolver, TriggerOrderTransitionResultResolver } from './api/result.resolvers';
import { configureLifecycle } from './configure-lifecycle';
import {
  ORDER_EFFECTS,
  ORDER_STATE_MACHINE_PLUGIN_OPTIONS,
  SHIPPING_CARRIER,
  WAREHOUSE_NOTIFIER,
} from './constants';
import { OrderDocument } from './entities/order-document.entity';
import { OrderEffect } from './entities/order-effect.entity';
import { OrderStatusEntry } from './entities/order-status-entry.entity';
import { lifecycleProblems } from './rules/lifecycle-problems';
import { resolveOptions, type OrderStateMachinePluginOptions, type ResolvedOptions } from './rules/options';
import { Clock } from './services/clock';
import { Conditions } from './services/conditions';
import { CurrentTrigger } from './services/current-trigger';
import { DatabaseActions } from './services/database-actions';
import { EffectActionsService } from './services/effect-actions.service';
import { EffectLedgerService } from './services/effect-ledger.service';
import { EffectRegistry } from './services/effect-registry';
import { EffectRunner } from './services/effect-runner.service';
import { OrderDocumentPersonalData } from './services/documents/order-document-personal-data';
import { OrderDocumentService } from './services/documents/order-document.service';
import { EFFECTS } from './services/effects';
import { HistoryPersonalData } from './services/history-personal-data';
import { LifecycleHandlers } from './services/lifecycle-handlers';
import { LifecycleService } from './services/lifecycle.service';
import { CustomerMailService } from './services/mails/customer-mail.service';
import { OrderHistoryService } from './services/order-history.service';
import { OrderLifecycleService } from './services/order-lifecycle.service';
import { ParcelProgressService } from './services/parcel-progress.service';
import { Savepoint } from './services/savepoint';
import { ShipmentService } from './services/shipment.service';
import { FORBIDDEN_MOVES } from './strategies/lifecycle-order.process';
import { translations } from './translations';
import type { OrderEffect as Effect } from './types';

/**
 * The life of an order as a table: triggers, conditions, actions. Every way in which an order can move goes by it, and
 * what happens outside because of it is kept in a ledger. See README.md.
 *
 * @example
 * ```ts
 * OrderStateMachinePlugin.init({
 *   shopName: 'My shop',
 *   storefrontUrl: 'https://shop.example',
 *   guards: [new FraudReviewGuard()],
 * })
 * ```
 */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin, MailPlugin, InventoryPlugin],
  compatibility: '^3.7.0',
  entities: [OrderStatusEntry, OrderEffect, OrderDocument],
  controllers: [OrderDocumentsController],
  providers: [
    { provide: ORDER_STATE_MACHINE_PLUGIN_OPTIONS, useFactory: () => OrderStateMachinePlugin.options },
    ...EFFECTS,
    {
      provide: SHIPPING_CARRIER,
      useFactory: ({ carrier, shopName }: ResolvedOptions) =>
        carrier ?? new BuiltInCarrier({ name: shopName }),
      inject: [ORDER_STATE_MACHINE_PLUGIN_OPTIONS],
    },
    {
      provide: WAREHOUSE_NOTIFIER,
      useFactory: ({ warehouseNotifier, warehouseWebhook }: ResolvedOptions) =>
        warehouseNotifier ?? (warehouseWebhook === undefined ? null : new WebhookWarehouse(warehouseWebhook)),
      inject: [ORDER_STATE_MACHINE_PLUGIN_OPTIONS],
    },
    { provide: ORDER_EFFECTS, useFactory: (...effects: Effect[]) => effects, inject: EFFECTS },
    Clock,
    Conditions,
    CurrentTrigger,
    CustomerMailService,
    DatabaseActions,
    EffectActionsService,
    EffectLedgerService,
    EffectRegistry,
    EffectRunner,
    HistoryPersonalData,
    LifecycleHandlers,
    LifecycleService,
    OrderDocumentPersonalData,
    OrderDocumentService,
    OrderHistoryService,
    OrderLifecycleService,
    ParcelProgressService,
    Savepoint,
    ShipmentService,
  ],
  exports: [OrderLifecycleService],
  shopApiExtensions: { schema: shopApiExtensions, resolvers: [OrderStatusResolver] },
  adminApiExtensions: {
    schema: adminApiExtensions,
    resolvers: [
      OrderStatusResolver,
      OrderLifecycleAdminResolver,
      OrderEffectsResolver,
      OrderEffectResolver,
      TriggerOrderTransitionResultResolver,
      OrderEffectResultResolver,
      OrderDocumentsResolver,
      OrderDocumentResolver,
    ],
  },
  configuration: config => configureLifecycle(config, OrderStateMachinePlugin.options),
})
export class OrderStateMachinePlugin implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  /** @internal */
  static options: ResolvedOptions;

  static init(options: OrderStateMachinePluginOptions): Type<OrderStateMachinePlugin> {
    this.options = resolveOptions(options);
    return OrderStateMachinePlugin;
  }

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly config: ConfigService,
    private readonly i18n: I18nService,
    private readonly personalData: PersonalDataRegistry,
    private readonly historyPersonalData: HistoryPersonalData,
    private readonly documentPersonalData: OrderDocumentPersonalData,
    private readonly events: EventRegistry,
    private readonly handlers: LifecycleHandlers,
    private readonly runner: EffectRunner,
    private readonly effects: EffectRegistry,
    private readonly databaseActions: DatabaseActions,
    private readonly conditions: Conditions,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  /** @throws Error naming everything that is wrong with the table */
  onModuleInit(): void {
    const problems = lifecycleProblems(this.options.lifecycle, {
      conditions: this.conditions.codes,
      actions: [
        ...this.databaseActions.all().map(action => ({ ...action, compensated: true })),
        ...this.effects.all().map(effect => ({
          code: effect.code,
          after: effect.after ?? [],
          compensated: effect.compensate !== undefined || effect.takenBackBy !== undefined,
        })),
      ],
      coreStates: this.coreStates(),
      forbidden: FORBIDDEN_MOVES,
    });
    if (problems.length > 0) {
      throw new Error(
        `The order life cycle cannot be used:\n${problems.map(line => `- ${line}`).join('\n')}`,
      );
    }
    for (const contributor of [this.historyPersonalData, this.documentPersonalData]) {
      this.personalData.register(contributor);
    }
    this.handlers.register(this.events);
    this.runner.register(this.events);
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const [language, resources] of Object.entries(translations)) {
      this.i18n.addTranslation(language, resources);
    }
    const injector = new Injector(this.moduleRef);
    for (const port of this.ports()) await port.init?.(injector);
  }

  async onApplicationShutdown(): Promise<void> {
    for (const port of this.ports()) await port.destroy?.();
  }

  private ports(): InjectableStrategy[] {
    const { guards, paymentInitiator, warehouseNotifier, carrier } = this.options;
    return [...guards, paymentInitiator, warehouseNotifier, carrier].filter(port => port !== undefined);
  }

  /** What the other processes allow: the platform's, and those of other plugins. */
  private coreStates(): Record<string, { to: readonly string[] }> {
    const states: Record<string, { to: string[] }> = {};
    for (const { transitions = {} } of this.config.orderOptions.process) {
      for (const [from, { to }] of Object.entries(transitions as Record<string, { to: string[] }>)) {
        (states[from] ??= { to: [] }).to.push(...to);
      }
    }
    return states;
  }
}
