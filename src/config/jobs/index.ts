import type { VendureConfig } from '@vendure/core';
import { BullMQJobQueuePlugin } from '@vendure/job-queue-plugin/package/bullmq';
import type { Env } from '../env';
import { DurableBullMqPlugin } from './bullmq/durable-bullmq.plugin';
import { bullMqOptions } from './bullmq/options';
import { GRACE_MS } from './limits';
import { JobTablesPlugin } from './sql/job-tables.plugin';
import { LeasedJobQueuePlugin } from './sql/leased-job-queue.plugin';
import type { LeasedJobQueueOptions } from './sql/options';

export { jobQueueInspector, type JobQueueInspector, type QueueDepth } from './queue-inspector';

/**
 * BullMQ on Redis when there is one, else a queue in PostgreSQL.
 *
 * @param tuning other times than those of `limits.ts`; of BullMQ only `graceMs` can be set
 */
export function jobQueuePlugins(
  env: Env,
  tuning: Partial<LeasedJobQueueOptions> = {},
): NonNullable<VendureConfig['plugins']> {
  const redisUrl = env.REDIS_URL;
  if (redisUrl === undefined) return [JobTablesPlugin, LeasedJobQueuePlugin.init(tuning)];
  return [
    JobTablesPlugin,
    BullMQJobQueuePlugin.init(bullMqOptions(env, redisUrl)),
    DurableBullMqPlugin.init({ redisUrl, prefix: env.BULLMQ_PREFIX, graceMs: tuning.graceMs ?? GRACE_MS }),
  ];
}
