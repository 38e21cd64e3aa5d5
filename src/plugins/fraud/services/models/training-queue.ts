import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueueService, RequestContextService, type JobQueue, type RequestContext } from '@vendure/core';
import type { FraudTrainingRun } from '../../entities/fraud-training-run.entity';
import { TrainingRuns } from './training-runs';

/** Trainings that staff ask for. A job that is lost is no harm: the scheduled task takes the run up. */
@Injectable()
export class TrainingQueue implements OnApplicationBootstrap {
  private queue?: JobQueue<{ runId: string }>;

  constructor(
    private readonly jobs: JobQueueService,
    private readonly contexts: RequestContextService,
    private readonly runs: TrainingRuns,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.queue = await this.jobs.createQueue({
      name: 'fraud.train-model',
      process: async () => {
        const run = await this.runs.work(await this.contexts.create({ apiType: 'admin' }));
        return run === undefined ? { underWay: true } : { state: run.state };
      },
    });
  }

  /** @returns the run that is under way, or the one that is begun now */
  async start(ctx: RequestContext): Promise<FraudTrainingRun> {
    const run = await this.runs.request(ctx, 'staff', ctx.activeUserId ?? null);
    await this.queue?.add({ runId: String(run.id) });
    return run;
  }
}
