import { ProductVariant, StockMovement } from '@vendure/core';
import { Index } from 'typeorm';

// Core has no index by time on its movements, and none on the SKU: the ledger reads by them.
Index(['productVariant', 'createdAt'])(StockMovement);
Index(['createdAt'])(StockMovement);
// Most movements are allocations and sales. The others are rare enough to be looked for one by one.
Index('IDX_stock_movement_rare', ['createdAt'], { where: `type <> 'ALLOCATION' AND type <> 'SALE'` })(
  StockMovement,
);
Index(['sku'])(ProductVariant);
