import type { BullMQPluginOptions } from '@vendure/job-queue-plugin/package/bullmq';
import type { Env } from '../../env';
import { redisOptions } from '../../redis';
import { BULLMQ_LOCK, CONCURRENCY_OF_BULLMQ, RETENTION } from '../limits';
import { delayBeforeRetry } from '../rules/backoff';

/** BullMQ's settings for the shop. The delays between retries are the same as those of the SQL queue. */
export function bullMqOptions(env: Env, redisUrl: string): BullMQPluginOptions {
  const prefix = env.BULLMQ_PREFIX;
  return {
    // A command waits for as long as Redis is away: BullMQ's blocking connections need it so.
    connection: { ...redisOptions(redisUrl), maxRetriesPerRequest: null, retryStrategy: reconnectDelay },
    queueOptions: { prefix },
    workerOptions: {
      prefix,
      ...BULLMQ_LOCK,
      removeOnComplete: { ...RETENTION.completed },
      removeOnFail: { ...RETENTION.failed },
      settings: { backoffStrategy: attemptsMade => delayBeforeRetry(attemptsMade, Math.random) },
    },
    concurrency: CONCURRENCY_OF_BULLMQ,
    setJobOptions: () => ({ backoff: { type: 'custom' } }),
  };
}

function reconnectDelay(attempts: number): number {
  return Math.min(attempts * 200, 3_000);
}
