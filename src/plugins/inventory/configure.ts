import {
  configureDefaultOrderProcess,
  defaultOrderProcess,
  type CustomFieldConfig,
  type CustomFields,
  type RuntimeVendureConfig,
} from '@vendure/core';
import { inventoryFields } from './custom-fields';
import { checkStockTask } from './jobs/check-stock.task';
import { expireHoldsTask } from './jobs/expire-holds.task';
import { prunePickListsTask } from './jobs/prune-pick-lists.task';
import { HeldStockLocationStrategy } from './strategies/held-stock-location.strategy';
import { LockingActiveOrderStrategy } from './strategies/locking-active-order.strategy';
import { stockHoldProcess } from './strategies/stock-hold.process';

/** What the inventory changes of the shop's configuration. */
export function configureInventory(config: RuntimeVendureConfig): RuntimeVendureConfig {
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
  for (const [entity, fields] of Object.entries(inventoryFields)) {
    const all = config.customFields as Record<keyof CustomFields, CustomFieldConfig[] | undefined>;
    all[entity] = [...(all[entity] ?? []), ...fields];
  }
  return config;
}
