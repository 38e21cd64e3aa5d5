import type { Injector } from '@vendure/core';
import { RedisJobBufferStorageStrategy } from '@vendure/job-queue-plugin/package/bullmq/redis-job-buffer-storage-strategy';
import type { Redis } from 'ioredis';
import { OutageReporter } from './outage-reporter';

/** The plugin's storage of buffered jobs, whose connection has nobody to tell of an outage, or to close it. */
export class WatchedBufferStrategy extends RedisJobBufferStorageStrategy {
  override init(injector: Injector): void {
    super.init(injector);
    new OutageReporter('DurableBullMq').watch(this.connection);
  }

  destroy(): void {
    this.connection.disconnect();
  }

  private get connection(): Redis {
    return (this as unknown as { redis: Redis }).redis;
  }
}
