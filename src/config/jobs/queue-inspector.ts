import type { ConfigService } from '@vendure/core';

/** How full a queue is. */
export interface QueueDepth {
  queue: string;
  /** Jobs that wait, also those that wait for a retry. */
  waiting: number;
  running: number;
  /** Jobs that ended with an error and are still kept. */
  failed: number;
  /** Jobs that ended well and are still kept. */
  completed: number;
  /** How long ago the oldest waiting job was added (ms); null when none waits. */
  oldestWaitingMs: number | null;
}

/** Implemented by both job queue strategies. Each call costs a bounded number of statements or commands. */
export interface JobQueueInspector {
  /** One entry for each queue that holds any job, sorted by name. */
  queueDepths(): Promise<QueueDepth[]>;
}

/** Stands for the jobs of all queues that were too many to be looked at one by one. */
export const OTHER_JOBS = '(others)';

/**
 * The inspector of the queue in use.
 *
 * @returns undefined when the configured strategy is none of ours
 */
export function jobQueueInspector(config: ConfigService): JobQueueInspector | undefined {
  const strategy: object = config.jobQueueOptions.jobQueueStrategy;
  return 'queueDepths' in strategy ? (strategy as JobQueueInspector) : undefined;
}
