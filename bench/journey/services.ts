import Redis from 'ioredis';
import { UserError } from '../../scripts/start/user-error';
import { redisOptions } from '../../src/config/redis';

/** Databases of the Redis server that the benchmark takes for itself, and the key that says so. */
const REDIS_DATABASES = { stock: 14, tradewind: 15 } as const;
const OWNER_KEY = 'tradewind-bench:owner';

/** Redis and OpenSearch, for the full mode: both sides use the same servers, one at a time. */
export class Services {
  private constructor(
    private readonly redisUrl: string,
    readonly searchUrl: string,
    private readonly redis: Redis,
  ) {}

  /** @throws UserError when one of the two is not set or does not answer */
  static async connect(env: NodeJS.ProcessEnv): Promise<Services> {
    const { REDIS_URL, SEARCH_URL } = env;
    if (!REDIS_URL || !SEARCH_URL) {
      throw new UserError(
        '--mode full needs REDIS_URL and SEARCH_URL: scripts/services up && eval "$(scripts/services env)"',
      );
    }
    const redis = new Redis({ ...redisOptions(REDIS_URL), lazyConnect: true, retryStrategy: () => null });
    redis.on('error', () => undefined);
    try {
      await redis.connect();
    } catch {
      redis.disconnect();
      throw new UserError('REDIS_URL: no Redis answers there. Start it: scripts/services up');
    }
    const services = new Services(REDIS_URL, SEARCH_URL.replace(/\/+$/, ''), redis);
    try {
      await services.searchCpuMs();
    } catch {
      redis.disconnect();
      throw new UserError('SEARCH_URL: no OpenSearch answers there. Start it: scripts/services up');
    }
    return services;
  }

  redisUrlOf(side: keyof typeof REDIS_DATABASES): string {
    const url = new URL(this.redisUrl);
    url.pathname = `/${REDIS_DATABASES[side]}`;
    return url.href;
  }

  /**
   * Empties the side's Redis database, since what is cached there belongs to a database that is made anew.
   *
   * @throws UserError when somebody else keeps keys in it
   */
  async clear(side: keyof typeof REDIS_DATABASES): Promise<void> {
    await this.redis.select(REDIS_DATABASES[side]);
    if ((await this.redis.dbsize()) > 0 && (await this.redis.exists(OWNER_KEY)) === 0) {
      throw new UserError(
        `Redis database ${REDIS_DATABASES[side]} holds keys that are not the benchmark's. Give REDIS_URL of another server.`,
      );
    }
    await this.redis.flushdb();
    await this.redis.set(OWNER_KEY, side);
  }

  /** CPU time of the Redis server so far, in ms. */
  async redisCpuMs(): Promise<number> {
    const info = await this.redis.info('cpu');
    const seconds = ['used_cpu_sys', 'used_cpu_user'].map(name =>
      Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(info)?.[1]),
    );
    return seconds.reduce((sum, value) => sum + value, 0) * 1000;
  }

  /** CPU time of all OpenSearch nodes so far, in ms. */
  async searchCpuMs(): Promise<number> {
    const response = await fetch(`${this.searchUrl}/_nodes/stats/process`);
    const answer = (await response.json()) as {
      nodes: Record<string, { process: { cpu: { total_in_millis: number } } }>;
    };
    return Object.values(answer.nodes).reduce((sum, node) => sum + node.process.cpu.total_in_millis, 0);
  }

  close(): void {
    this.redis.disconnect();
  }
}
