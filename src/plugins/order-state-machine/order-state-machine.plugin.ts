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
  LanguageCode,
  PluginCommonModule,
  VendurePlugin,
  type InjectableStrategy,
  type RuntimeVendureConfig,
  type Type,
} from '@vendure/core';
import { DomainEventsPlugin, EventRegistry } from '../domain-events';
import { InventoryPlugin } from '../inventory';
import { PersonalDataRegistry, PrivacyPlugin } from '../privacy';
import { adminApiExtensions, shopApiExtensions } from './api/api-extensions';
import {
  OrderEffectResolver,
  OrderEffectsResolver,
  OrderLifecycleAdminResolver,
} from './api/order-lifecycle-admin.resolver';
import { OrderStatusResolver } from './api/order-status.resolver';
import { OrderEffectResultResolver, TriggerOrderTransitionResultResolver } from './api/result.resolvers';
import { ORDER_EFFECTS, ORDER_STATE_MACHINE_PLUGIN_OPTIONS } from './constants';
import { OrderEffect } from './entities/order-effect.entity';
import { OrderStatusEntry } from './entities/order-status-entry.entity';
import { dueEffectsTask } from './jobs/due-effects.task';
import { orderLanguageField, orderLanguageProcess } from './mails/order-language.process';
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
import { CreatePaymentIntentEffect } from './services/effects/create-payment-intent.effect';
import { INTERIM } from './services/effects/interim';
import { HistoryPersonalData } from './services/history-personal-data';
import { LifecycleHandlers } from './services/lifecycle-handlers';
import { LifecycleService } from './services/lifecycle.service';
import { OrderHistoryService } from './services/order-history.service';
import { OrderLifecycleService } from './services/order-lifecycle.service';
import { ParcelProgressService } from './services/parcel-progress.service';
import { Savepoint } from './services/savepoint';
import { ShipmentService } from './services/shipment.service';
import { lifecycleFulfillmentProcess } from './strategies/lifecycle-fulfillment.process';
import { FORBIDDEN_MOVES, lifecycleOrderProcess } from './strategies/lifecycle-order.process';
import { parcelFulfillmentHandler } from './strategies/parcel-fulfillment-handler';
import { translations } from './translations';
import type { OrderEffect as Effect } from './types';

const EFFECTS = [CreatePaymentIntentEffect, ...INTERIM];

/**
 * The life of an order as a table: triggers, conditions, actions. Every way in which an order can move goes by it, and
 * what happens outside because of it is kept in a ledger. See README.md.
 *
 * @example
 * ```ts
 * OrderStateMachinePlugin.init({ guards: [new FraudReviewGuard()] })
 * ```
 */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin, InventoryPlugin],
  compatibility: '^3.7.0',
  entities: [OrderStatusEntry, OrderEffect],
  providers: [
    { provide: ORDER_STATE_MACHINE_PLUGIN_OPTIONS, useFactory: () => OrderStateMachinePlugin.options },
    ...EFFECTS,
    { provide: ORDER_EFFECTS, useFactory: (...effects: Effect[]) => effects, inject: EFFECTS },
    Clock,
    Conditions,
    CurrentTrigger,
    DatabaseActions,
    EffectActionsService,
    EffectLedgerService,
    EffectRegistry,
    EffectRunner,
    HistoryPersonalData,
    LifecycleHandlers,
    LifecycleService,
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
    ],
  },
  configuration: configure,
})
export class OrderStateMachinePlugin implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  /** @internal */
  static options: ResolvedOptions = resolveOptions({});

  static init(options: OrderStateMachinePluginOptions = {}): Type<OrderStateMachinePlugin> {
    this.options = resolveOptions(options);
    return OrderStateMachinePlugin;
  }

  constructor(
    private readonly moduleRef: ModuleRef,
    private readonly config: ConfigService,
    private readonly i18n: I18nService,
    private readonly personalData: PersonalDataRegistry,
    private readonly historyPersonalData: HistoryPersonalData,
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
        ...this.effects.all().map(({ code, after = [], compensate }) => ({
          code,
          after,
          compensated: compensate !== undefined,
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
    this.personalData.register(this.historyPersonalData);
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

function configure(config: RuntimeVendureConfig): RuntimeVendureConfig {
  const { lifecycle } = OrderStateMachinePlugin.options;
  config.orderOptions.process.push(orderLanguageProcess, lifecycleOrderProcess(lifecycle));
  config.shippingOptions.process = [...(config.shippingOptions.process ?? []), lifecycleFulfillmentProcess];
  config.shippingOptions.fulfillmentHandlers?.push(parcelFulfillmentHandler);
  config.schedulerOptions.tasks.push(dueEffectsTask);
  const label = (value: string) => [{ languageCode: LanguageCode.en, value }];
  config.customFields.Order.push(
    {
      name: 'lifecycleStatus',
      type: 'string',
      length: 32,
      nullable: true,
      // The API has it as a field of the order's own, and staff filter and sort orders by that.
      internal: true,
    },
    orderLanguageField,
  );
  config.customFields.Fulfillment.push(
    { name: 'deliveredAt', type: 'datetime', nullable: true, readonly: true, label: label('Delivered at') },
    { name: 'stockLocationId', type: 'string', length: 64, nullable: true, internal: true },
  );
  config.customFields.Channel.push({
    name: 'fulfillmentStart',
    type: 'string',
    length: 16,
    nullable: true,
    public: false,
    options: [
      { value: 'automatic', label: label('As soon as it is paid and nobody holds it back') },
      { value: 'manual', label: label('By staff') },
    ],
    label: label('How the preparation of paid orders starts'),
    description: label('Empty for automatic.'),
  });
  return config;
}
