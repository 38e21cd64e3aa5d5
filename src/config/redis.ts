import { Redis, type RedisOptions } from 'ioredis';

/** A `redis://` or `rediss://` URL as the options that ioredis takes. */
export function redisOptions(redisUrl: string): RedisOptions {
  const url = new URL(redisUrl);
  const database = url.pathname.replace('/', '');
  return {
    host: url.hostname,
    port: url.port === '' ? 6379 : Number(url.port),
    ...(url.username === '' ? {} : { username: decodeURIComponent(url.username) }),
    ...(url.password === '' ? {} : { password: decodeURIComponent(url.password) }),
    ...(database === '' ? {} : { db: Number(database) }),
    ...(url.protocol === 'rediss:' ? { tls: {} } : {}),
  };
}

/** Redis does not answer. The message says where it was looked for, and what to do. */
export class RedisUnavailableError extends Error {
  constructor(redisUrl: string, reason: string) {
    const { protocol, host } = new URL(redisUrl);
    super(
      `Redis at ${protocol}//${host} cannot be used (${reason}). ` +
        'Start it, or correct REDIS_URL, or unset REDIS_URL to run the jobs in PostgreSQL.',
    );
    this.name = 'RedisUnavailableError';
  }
}

/**
 * Checks once, on a connection of its own, that Redis answers and lets us in.
 *
 * @throws RedisUnavailableError after at most five seconds
 */
export async function requireRedis(redisUrl: string): Promise<void> {
  const redis = new Redis({
    ...redisOptions(redisUrl),
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: string | undefined;
  redis.on('error', (error: NodeJS.ErrnoException) => {
    reason ??= error.message === '' ? error.code : error.message;
  });
  try {
    await redis.connect();
    await redis.ping();
  } catch (error) {
    throw new RedisUnavailableError(redisUrl, reason ?? (error as Error).message);
  } finally {
    redis.disconnect();
  }
}
