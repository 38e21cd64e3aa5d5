import {
  Inject,
  type OnApplicationBootstrap,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_INTERCEPTOR, ModuleRef } from '@nestjs/core';
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
import { PersonalDataRegistry, PrivacyPlugin } from '../privacy';
import { adminApiExtensions, shopApiExtensions } from './api/api-extensions';
import {
  InventoryAdminResolver,
  LocationRemovalResolver,
  OrderHoldsResolver,
  StockLevelHoldsResolver,
} from './api/inventory-admin.resolver';
import { InventoryShopResolver } from './api/inventory-shop.resolver';
import { OrderPickListsResolver, PickListsResolver } from './api/pick-lists.resolver';
import { RetryInterceptor } from './api/retry.interceptor';
import { RunningHoldsResolver } from './api/running-holds.resolver';
import { StockLedgerResolver } from './api/stock-ledger.resolver';
import { StockOverviewResolver } from './api/stock-overview.resolver';
import { StockThresholdsResolver } from './api/stock-thresholds.resolver';
import { UnavailableLinesResolver } from './api/unavailable-lines.resolver';
import { configureInventory } from './configure';
import {
  DEFAULT_HOLD_SECONDS,
  DEFAULT_PICK_LIST_DAYS,
  INVENTORY_PLUGIN_OPTIONS,
  LOCATION_STRATEGY,
} from './constants';
import './entities/ledger-indexes';
import { PickList, PickListLine } from './entities/pick-list.entity';
import { StockHold } from './entities/stock-hold.entity';
import { LowStock, SoldOut, StockThreshold } from './entities/stock-watch.entity';
import { INVENTORY_EVENTS } from './events/inventory-events';
import { followSalesHandler } from './jobs/follow-sales.handler';
import { watchStockHandler } from './jobs/watch-stock.handler';
import { ExactMovements } from './services/exact-movements';
import { InventoryPersonalData } from './services/inventory-personal-data';
import { LocationRemovalService } from './services/location-removal.service';
import { PickListReader } from './services/pick-list-reader';
import { PickListService } from './services/pick-list.service';
import { PlacesService } from './services/places.service';
import { RetryNotes } from './services/retry-notes';
import { RunningHoldsService } from './services/running-holds.service';
import { StockAvailabilityService } from './services/stock-availability.service';
import { StockHoldService } from './services/stock-hold.service';
import { StockLedgerService } from './services/stock-ledger.service';
import { StockLockService } from './services/stock-lock.service';
import { StockOverviewService } from './services/stock-overview.service';
import { StockWatchService } from './services/stock-watch.service';
import { guardTransitions } from './services/transition-failures';
import { MostStockedLocationStrategy, type LocationStrategy } from './strategies/location-strategy';
import { NearestLocationStrategy } from './strategies/nearest-location.strategy';
import { translations } from './translations';
import type { InventoryPluginOptions } from './types';

/**
 * Stock that cannot be oversold, and carts that lose no change. See README.md.
 */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin, DomainEventsPlugin],
  compatibility: '^3.7.0',
  entities: [StockHold, PickList, PickListLine, StockThreshold, LowStock, SoldOut],
  providers: [
    StockLockService,
    StockAvailabilityService,
    StockHoldService,
    StockWatchService,
    StockLedgerService,
    StockOverviewService,
    RunningHoldsService,
    LocationRemovalService,
    InventoryPersonalData,
    PickListReader,
    PickListService,
    ExactMovements,
    RetryNotes,
    PlacesService,
    { provide: INVENTORY_PLUGIN_OPTIONS, useFactory: () => InventoryPlugin.options },
    {
      provide: LOCATION_STRATEGY,
      useFactory: () => locationStrategyOf(InventoryPlugin.options.locationStrategy),
    },
    { provide: APP_INTERCEPTOR, useClass: RetryInterceptor },
  ],
  exports: [
    StockLockService,
    StockAvailabilityService,
    StockHoldService,
    StockWatchService,
    PickListService,
    RetryNotes,
    PlacesService,
    StockLedgerService,
    StockOverviewService,
    InventoryPersonalData,
  ],
  shopApiExtensions: {
    schema: shopApiExtensions,
    resolvers: [InventoryShopResolver, UnavailableLinesResolver],
  },
  adminApiExtensions: {
    schema: adminApiExtensions,
    resolvers: [
      InventoryAdminResolver,
      LocationRemovalResolver,
      OrderHoldsResolver,
      StockLevelHoldsResolver,
      PickListsResolver,
      OrderPickListsResolver,
      StockLedgerResolver,
      StockOverviewResolver,
      RunningHoldsResolver,
      StockThresholdsResolver,
      UnavailableLinesResolver,
    ],
  },
  configuration: configureInventory,
})
export class InventoryPlugin implements OnModuleInit, OnApplicationBootstrap, OnApplicationShutdown {
  static options: InventoryPluginOptions = {};

  constructor(
    private readonly i18n: I18nService,
    private readonly moduleRef: ModuleRef,
    private readonly registry: EventRegistry,
    private readonly personalDataRegistry: PersonalDataRegistry,
    private readonly personalData: InventoryPersonalData,
    private readonly pickLists: PickListService,
    private readonly config: ConfigService,
    private readonly notes: RetryNotes,
    private readonly watch: StockWatchService,
    @Inject(LOCATION_STRATEGY) private readonly locationStrategy: LocationStrategy,
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
    this.personalDataRegistry.register(this.personalData);
    this.registry.registerEvents(...INVENTORY_EVENTS);
    this.registry.registerHandlers(followSalesHandler(this.pickLists), watchStockHandler(this.watch));
  }

  async onApplicationBootstrap(): Promise<void> {
    for (const strategy of this.strategies()) await strategy.init?.(new Injector(this.moduleRef));
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

  async onApplicationShutdown(): Promise<void> {
    for (const strategy of this.strategies()) await strategy.destroy?.();
  }

  private strategies(): InjectableStrategy[] {
    const { expectedStock } = InventoryPlugin.options;
    return expectedStock === undefined ? [this.locationStrategy] : [this.locationStrategy, expectedStock];
  }
}

function locationStrategyOf(option: InventoryPluginOptions['locationStrategy']): LocationStrategy {
  if (option === undefined || option === 'most-stocked') return new MostStockedLocationStrategy();
  return option === 'nearest' ? new NearestLocationStrategy() : option;
}
