import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueueService, RequestContextService, type ID, type JobQueue } from '@vendure/core';
import { BacktestRunner } from './backtest-runner';

/** Hands backtests to the workers. A job that is lost is no harm: the scheduled task takes the backtest up. */
@Injectable()
export class BacktestQueue implements OnApplicationBootstrap {
  private queue?: JobQueue<{ backtestId: string }>;

  constructor(
    private readonly jobs: JobQueueService,
    private readonly contexts: RequestContextService,
    private readonly runner: BacktestRunner,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.queue = await this.jobs.createQueue({
      name: 'fraud.backtest',
      process: async ({ data }) => {
        const ctx = await this.contexts.create({ apiType: 'admin' });
        const backtest = await this.runner.run(ctx, data.backtestId);
        return { state: backtest?.state ?? 'elsewhere', checked: backtest?.checked ?? 0 };
      },
    });
  }

  /** After its row is committed. */
  async add(id: ID): Promise<void> {
    await this.queue?.add({ backtestId: String(id) });
  }
}
