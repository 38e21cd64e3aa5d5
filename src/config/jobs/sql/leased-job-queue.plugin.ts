import { PluginCommonModule, type Type, VendurePlugin } from '@vendure/core';
import { cleanJobsTask } from './clean-jobs.task';
import { JobBufferStrategy } from './job-buffer-strategy';
import { LeasedJobQueueStrategy } from './leased-job-queue-strategy';
import { DEFAULT_OPTIONS, type LeasedJobQueueOptions } from './options';

/** The job queue in PostgreSQL. Takes the place of core's `DefaultJobQueuePlugin`; needs `JobTablesPlugin`. */
@VendurePlugin({
  imports: [PluginCommonModule],
  configuration: config => {
    config.jobQueueOptions.jobQueueStrategy = new LeasedJobQueueStrategy(LeasedJobQueuePlugin.options);
    config.jobQueueOptions.jobBufferStorageStrategy = new JobBufferStrategy();
    config.schedulerOptions.tasks.push(cleanJobsTask);
    return config;
  },
  compatibility: '^3.7.0',
})
export class LeasedJobQueuePlugin {
  static options = DEFAULT_OPTIONS;

  static init(options: Partial<LeasedJobQueueOptions> = {}): Type<LeasedJobQueuePlugin> {
    this.options = { ...DEFAULT_OPTIONS, ...options };
    return LeasedJobQueuePlugin;
  }
}
