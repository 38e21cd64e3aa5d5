export { LinesUnavailableError, StockNotAvailableError } from './errors';
export { PickList, PickListLine } from './entities/pick-list.entity';
export { StockHold } from './entities/stock-hold.entity';
export type { PickListState, StockHoldState } from './rules/states';
export {
  BackInStock,
  HoldExpired,
  InventoryReservationConfirmed,
  InventoryReservationReleased,
  InventoryReserved,
  PaidOrderOutOfStock,
  StockLow,
} from './events/inventory-events';
export { InventoryPlugin } from './inventory.plugin';
export type { ExpectedStock, ExpectedStockSource } from './ports/expected-stock-source';
export type { LocationRanking, LocationStock } from './rules/plan-allocation';
export type { LocationStrategy, RankedFor } from './strategies/location-strategy';
export { unavailable } from './api/unavailable-lines.resolver';
export { DEFAULT_RETRY_POLICY, isTransient, retryDelay } from './rules/retry-policy';
export { InventoryPersonalData } from './services/inventory-personal-data';
export { PickListService } from './services/pick-list.service';
export { PlacesService } from './services/places.service';
export { RetryNotes } from './services/retry-notes';
export { StockAvailabilityService } from './services/stock-availability.service';
export { StockHoldService } from './services/stock-hold.service';
export { StockWatchService } from './services/stock-watch.service';
export { StockLedgerService } from './services/stock-ledger.service';
export { StockLockService } from './services/stock-lock.service';
export type {
  InventoryPluginOptions,
  MissingUnits,
  OrderShortage,
  PickListFilter,
  PickListView,
  StockThresholdInput,
  UnavailableLine,
} from './types';
