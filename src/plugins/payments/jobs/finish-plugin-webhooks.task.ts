import { ScheduledTask } from '@vendure/core';
import { PluginWebhooks } from '../services/plugin-handlers/plugin-webhooks';

/** Small enough that a run cannot outlast its time limit, even if a provider answers slowly. */
const BATCH = 20;

/** Works off what the controllers of other plugins were told of and have not finished. */
export const finishPluginWebhooksTask = new ScheduledTask({
  id: 'payments-finish-plugin-webhooks',
  description: 'Makes sure of payments whose webhook was cut off in the controller of another plugin',
  schedule: '*/10 * * * * *',
  timeout: 600_000,
  preventOverlap: true,
  async execute({ injector }) {
    return { finished: await injector.get(PluginWebhooks).finish(BATCH) };
  },
});
