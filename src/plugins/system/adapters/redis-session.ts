import Redis from 'ioredis';
import { redisOptions } from '../../../config/redis';

/**
 * Connects to Redis, does something and hangs up, so that no connection is held while nobody looks. After the
 * time limit it hangs up in any case, also on a server that accepts connections but says nothing: the work
 * always ends.
 *
 * @param limitMs for connecting and working together
 */
export async function withRedis<T>(
  url: string,
  limitMs: number,
  work: (client: Redis) => Promise<T>,
): Promise<T> {
  const client = new Redis({
    ...redisOptions(url),
    lazyConnect: true,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Without a listener ioredis writes each failure to the console. The promise often says less than the event.
  let failure: Error | undefined;
  client.on('error', error => (failure ??= error));
  const limit = setTimeout(() => {
    failure ??= new Error(`No answer within ${limitMs / 1000} s.`);
    client.disconnect();
  }, limitMs);
  try {
    await client.connect();
    return await work(client);
  } catch (error) {
    throw failure ?? error;
  } finally {
    clearTimeout(limit);
    client.disconnect();
  }
}
