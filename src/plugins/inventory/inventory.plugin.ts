import type { OnApplicationBootstrap, OnModuleInit } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import {
  ConfigService,
  configureDefaultOrderProcess,
  defaultOrderProcess,
  I18nService,
  LanguageCode,
  PluginCommonModule,
  VendurePlugin,
  type RuntimeVendureConfig,
  type Type,
} from '@vendure/core';
import { DomainEventsPlugin, EventRegistry } from '../domain-events';
import { adminApiExtensions, shopApiExtensions } from './api/api-extensions';
import {
  InventoryAdminResolver,
  OrderHoldsResolver,
  StockLevelHoldsResolver,
} from './api/inventory-admin.resolver';
import { InventoryShopResolver } from './api/inventory-shop.resolver';
import { OrderPickListsResolver, PickListsResolver } from './api/pick-lists.resolver';
import { RetryInterceptor } from './api/retry.interceptor';
import { StockThresholdsResolver } from './api/stock-thresholds.resolver';
import { UnavailableLinesResolver } from './api/unavailable-lines.resolver';
import { DEFAULT_HOLD_SECONDS, DEFAULT_PICK_LIST_DAYS, INVENTORY_PLUGIN_OPTIONS } from './constants';
import { PickList, PickListLine } from './entities/pick-list.entity';
import { StockHold } from './entities/stock-hold.entity';
import { LowStock, SoldOut, StockThreshold } from './entities/stock-watch.entity';
import { INVENTORY_EVENTS } from './events/inventory-events';
import { checkStockTask } from './jobs/check-stock.task';
import { expireHoldsTask } from './jobs/expire-holds.task';
import { followSalesHandler } from './jobs/follow-sales.handler';
import { prunePickListsTask } from './jobs/prune-pick-lists.task';
import { ExactMovements } from './services/exact-movements';
import { watchStockHandler } from './jobs/watch-stock.handler';
import { PickListReader } from './services/pick-list-reader';
import { PickListService } from './services/pick-list.service';
import { RetryNotes } from './services/retry-notes';
import { StockAvailabilityService } from './services/stock-availability.service';
import { StockHoldService } from './services/stock-hold.service';
import { StockLockService } from './services/stock-lock.service';
import { StockWatchService } from './services/stock-watch.service';
import { guardTransitions } from './services/transition-failures';
import { HeldStockLocationStrategy } from './strategies/held-stock-location.strategy';
import { LockingActiveOrderStrategy } from './strategies/locking-active-order.strategy';
import { stockHoldProcess } from './strategies/stock-hold.process';
import { translations } from './translations';
import type { InventoryPluginOptions } from './types';

/**
 * Stock that cannot be oversold, and carts that lose no change. See README.md.
 */
@VendurePlugin({
  imports: [PluginCommonModule, DomainEventsPlugin],
  compatibility: '^3.7.0',
  entities: [StockHold, PickList, PickListLine, StockThreshold, LowStock, SoldOut],
  providers: [
    StockLockService,
    StockAvailabilityService,
    StockHoldService,
    StockWatchService,
    PickListReader,
    PickListService,
    ExactMovements,
    RetryNotes,
    { provide: INVENTORY_PLUGIN_OPTIONS, useFactory: () => InventoryPlugin.options },
    { provide: APP_INTERCEPTOR, useClass: RetryInterceptor },
  ],
  exports: [
    StockLockService,
    StockAvailabilityService,
    StockHoldService,
    StockWatchService,
    PickListService,
    RetryNotes,
  ],
  shopApiExtensions: {
    schema: shopApiExtensions,
    resolvers: [InventoryShopResolver, UnavailableLinesResolver],
  },
  adminApiExtensions: {
    schema: adminApiExtensions,
    resolvers: [
      InventoryAdminResolver,
      OrderHoldsResolver,
      StockLevelHoldsResolver,
      PickListsResolver,
      OrderPickListsResolver,
      StockThresholdsResolver,
      UnavailableLinesResolver,
    ],
  },
  configuration: configure,
})
export class InventoryPlugin implements OnModuleInit, OnApplicationBootstrap {
  static options: InventoryPluginOptions = {};

  constructor(
    private readonly i18n: I18nService,
    private readonly registry: EventRegistry,
    private readonly pickLists: PickListService,
    private readonly config: ConfigService,
    private readonly notes: RetryNotes,
    private readonly watch: StockWatchService,
  ) {}

  static init(options: InventoryPluginOptions = {}): Type<InventoryPlugin> {
    const seconds = options.holdSeconds ?? DEFAULT_HOLD_SECONDS;
    if (!Number.isInteger(seconds) || seconds < 1) {
      throw new Error(`InventoryPlugin: holdSeconds is ${seconds}; give a whole number of seconds from 1.`);
    }
    const days = options.pickListDays ?? DEFAULT_PICK_LIST_DAYS;
    if (!Number.isInteger(days) || days < 1) {
      throw new Error(`InventoryPlugin: pickListDays is ${days}; give a whole number of days from 1.`);
    }
    InventoryPlugin.options = options;
    return InventoryPlugin;
  }

  onModuleInit(): void {
    this.registry.registerEvents(...INVENTORY_EVENTS);
    this.registry.registerHandlers(followSalesHandler(this.pickLists), watchStockHandler(this.watch));
  }

  onApplicationBootstrap(): void {
    for (const [language, resources] of Object.entries(translations)) {
      this.i18n.addTranslation(language, resources);
    }
    const { orderOptions, paymentOptions, shippingOptions } = this.config;
    guardTransitions(
      [
        ...orderOptions.process,
        ...(paymentOptions.process ?? []),
        ...(paymentOptions.refundProcess ?? []),
        ...(shippingOptions.process ?? []),
      ],
      this.notes,
    );
  }
}

function configure(config: RuntimeVendureConfig): RuntimeVendureConfig {
  config.orderOptions.activeOrderStrategy = new LockingActiveOrderStrategy();
  // Core's own stock check counts without a lock; ours stands in for it, after core's other checks. The configuration
  // is a deep copy: core's process is known by its functions.
  config.orderOptions.process = [
    ...config.orderOptions.process.map(process =>
      process.onTransitionStart === defaultOrderProcess.onTransitionStart
        ? configureDefaultOrderProcess({ arrangingPaymentRequiresStock: false })
        : process,
    ),
    stockHoldProcess,
  ];
  config.catalogOptions.stockLocationStrategy = new HeldStockLocationStrategy();
  config.schedulerOptions.tasks.push(expireHoldsTask, prunePickListsTask, checkStockTask);
  config.customFields.Channel.push({
    name: 'stockHoldMinutes',
    type: 'int',
    nullable: true,
    min: 1,
    max: 24 * 60,
    public: false,
    label: [{ languageCode: LanguageCode.en, value: 'Minutes that a checkout keeps its stock' }],
    description: [
      { languageCode: LanguageCode.en, value: "Empty for the shop's default, which is 15 minutes." },
    ],
  });
  config.customFields.GlobalSettings.push({
    name: 'lowStockThreshold',
    type: 'int',
    nullable: true,
    min: 0,
    public: false,
    label: [{ languageCode: LanguageCode.en, value: 'Low stock threshold' }],
    description: [
      {
        languageCode: LanguageCode.en,
        value:
          'At this many saleable units or fewer, a variant is low at a location. Empty: only where a threshold is set.',
      },
    ],
  });
  return config;
}
