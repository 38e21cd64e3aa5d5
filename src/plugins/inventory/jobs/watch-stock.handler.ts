import {
  ProductVariantChanged,
  ProductVariantChannelChanged,
  StockMoved,
  type DatabaseHandler,
  type EventData,
} from '../../domain-events';
import type { StockWatchService } from '../services/stock-watch.service';

/** Looks at the stock of variants whose unallocated units may have changed. */
export function watchStockHandler(watch: StockWatchService): DatabaseHandler {
  return {
    name: 'inventory.watch-stock',
    kind: 'database',
    events: [StockMoved, ProductVariantChanged, ProductVariantChannelChanged],
    // Each locks its variants in their order: two of them in one transaction would not.
    batchSize: 1,
    handle: (ctx, { eventData }) => watch.check(ctx, variantsOf(eventData)),
  };
}

/** A sale takes a unit off what is allocated and off what is there: as many can be had as before. */
function variantsOf({ movement, productVariantId }: EventData): unknown[] {
  return movement === 'SALE' ? [] : [productVariantId];
}
