export { INVENTORY_EVENT_PUBLISHER } from './constants';
export { LinesUnavailableError, StockNotAvailableError } from './errors';
export { PickList, PickListLine } from './entities/pick-list.entity';
export { StockHold } from './entities/stock-hold.entity';
export type { PickListState, StockHoldState } from './rules/states';
export type { InventoryEvent, InventoryEventPublisher } from './events/inventory-events';
export { InventoryPlugin } from './inventory.plugin';
export { PickListService } from './services/pick-list.service';
export { RetryNotes } from './services/retry-notes';
export { StockAvailabilityService } from './services/stock-availability.service';
export { StockHoldService } from './services/stock-hold.service';
export { StockLockService } from './services/stock-lock.service';
export type {
  InventoryPluginOptions,
  MissingUnits,
  OrderShortage,
  PickListFilter,
  PickListView,
  UnavailableLine,
} from './types';
