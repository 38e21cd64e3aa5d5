import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { JobQueueService, RequestContextService, type JobQueue, type RequestContext } from '@vendure/core';
import type { PaymentReconciliationRun } from '../../entities/payment-reconciliation-run.entity';
import { ReconciliationRuns } from './reconciliation-runs';

/** Runs that staff ask for. A job that is lost is no harm: the scheduled task takes the run up. */
@Injectable()
export class ReconciliationQueue implements OnApplicationBootstrap {
  private queue?: JobQueue<{ runId: string }>;

  constructor(
    private readonly jobs: JobQueueService,
    private readonly contexts: RequestContextService,
    private readonly runs: ReconciliationRuns,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    this.queue = await this.jobs.createQueue({
      name: 'payments.reconcile',
      process: async () => {
        const run = await this.runs.work(await this.contexts.create({ apiType: 'admin' }));
        return run === undefined ? { underWay: true } : { state: run.state, checked: run.checked };
      },
    });
  }

  /** @returns the run that is under way, or the one that is begun now */
  async start(ctx: RequestContext): Promise<PaymentReconciliationRun> {
    const run = await this.runs.request(ctx, 'staff');
    await this.queue?.add({ runId: String(run.id) });
    return run;
  }
}
