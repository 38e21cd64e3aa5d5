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
export { PickListService } from './services/pick-list.service';
export { RetryNotes } from './services/retry-notes';
export { StockAvailabilityService } from './services/stock-availability.service';
export { StockHoldService } from './services/stock-hold.service';
export { StockWatchService } from './services/stock-watch.service';
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
