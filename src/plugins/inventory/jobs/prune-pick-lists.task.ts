import { ScheduledTask } from '@vendure/core';
import { DEFAULT_PICK_LIST_DAYS, INVENTORY_PLUGIN_OPTIONS } from '../constants';
import { PickListService } from '../services/pick-list.service';
import type { InventoryPluginOptions } from '../types';

/** Small enough that a run cannot outlast its time limit; the next run goes on. */
const BATCH = 500;
const BATCHES = 20;

/** Every night: deletes pick lists that ended long ago. */
export const prunePickListsTask = new ScheduledTask({
  id: 'inventory-prune-pick-lists',
  description: 'Deletes pick lists that were picked or cancelled long ago',
  schedule: cron => cron.everyDayAt(3, 50),
  preventOverlap: true,
  async execute({ injector, scheduledContext: ctx }) {
    const lists = injector.get(PickListService);
    const options = injector.get<InventoryPluginOptions>(INVENTORY_PLUGIN_OPTIONS);
    let deleted = 0;
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const gone = await lists.prune(ctx, options.pickListDays ?? DEFAULT_PICK_LIST_DAYS, BATCH);
      deleted += gone;
      if (gone === 0) break;
    }
    return { deleted };
  },
});
