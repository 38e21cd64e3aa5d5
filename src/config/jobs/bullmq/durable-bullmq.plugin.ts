import { type Type, VendurePlugin } from '@vendure/core';
import { DurableBullMqStrategy } from './durable-bullmq-strategy';
import { WatchedBufferStrategy } from './watched-buffer-strategy';

export interface DurableBullMqOptions {
  redisUrl: string;
  /** Of all keys and channels. */
  prefix: string;
  /** How long running jobs may take to finish when the process stops (ms). */
  graceMs: number;
}

/** Goes behind `BullMQJobQueuePlugin` and puts sturdier strategies in the place of its own. */
@VendurePlugin({
  configuration: config => {
    const { redisUrl, prefix, graceMs } = DurableBullMqPlugin.options;
    config.jobQueueOptions.jobQueueStrategy = new DurableBullMqStrategy(redisUrl, prefix, graceMs);
    config.jobQueueOptions.jobBufferStorageStrategy = new WatchedBufferStrategy();
    return config;
  },
  compatibility: '^3.7.0',
})
export class DurableBullMqPlugin {
  static options: DurableBullMqOptions;

  static init(options: DurableBullMqOptions): Type<DurableBullMqPlugin> {
    this.options = options;
    return DurableBullMqPlugin;
  }
}
