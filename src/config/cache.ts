import { RedisCachePlugin, type VendureConfig } from '@vendure/core';
import type { Env } from './env';
import { redisOptions } from './redis';

/**
 * Redis when there is one. Otherwise nothing is added and the platform's own in-memory cache is used (at most
 * 10,000 entries): the embedded shop has a single server process, so nothing has to be shared.
 */
export function cachePlugins(env: Env): NonNullable<VendureConfig['plugins']> {
  if (env.REDIS_URL === undefined) return [];
  return [
    RedisCachePlugin.init({
      namespace: `${env.BULLMQ_PREFIX}-cache`,
      redisOptions: redisOptions(env.REDIS_URL),
    }),
  ];
}
