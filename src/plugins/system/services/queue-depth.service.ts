import { Injectable } from '@nestjs/common';
import { ConfigService, JobQueueService } from '@vendure/core';
import { jobQueueInspector } from '../../../config/jobs';
import { withIdleQueues } from '../rules/queue-depths';
import type { QueueDepth } from '../types';

/** Asks the job queue in use how full it is. */
@Injectable()
export class QueueDepthService {
  constructor(
    private readonly configService: ConfigService,
    private readonly jobQueueService: JobQueueService,
  ) {}

  /**
   * All queues of this installation, by name. It may take as long as the queue's backend takes.
   *
   * @throws Error when the configured job queue cannot be counted
   */
  async depths(): Promise<QueueDepth[]> {
    const inspector = jobQueueInspector(this.configService);
    if (inspector === undefined) throw new Error('The job queue in use cannot be counted.');
    const names = this.jobQueueService.getJobQueues().map(({ name }) => name);
    return withIdleQueues(await inspector.queueDepths(), names);
  }
}
