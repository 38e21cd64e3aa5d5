import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { JobState, SortOrder } from '@vendure/common/lib/generated-types';
import {
  ConfigService,
  isInspectableJobQueueStrategy,
  Job,
  type JobQueue,
  JobQueueService,
  PluginCommonModule,
  TransactionalConnection,
  VendurePlugin,
} from '@vendure/core';
import { jobQueueInspector } from '../../../src/config/jobs';
import { type JobReport, type ProbeCommand, type ProbeJob, type ProbeQueue, QUEUES } from './protocol';

const STEP_MS = 100;

/** Queues whose jobs write down when and where they run, and the commands of the tests. */
@Injectable()
export class ProbeService implements OnModuleInit {
  private readonly queues = new Map<ProbeQueue, JobQueue<ProbeJob>>();

  constructor(
    private readonly jobQueueService: JobQueueService,
    private readonly connection: TransactionalConnection,
    private readonly config: ConfigService,
  ) {}

  async onModuleInit(): Promise<void> {
    const known = process.env.PROBE_QUEUES?.split(',') ?? [];
    for (const name of QUEUES.filter(queue => known.includes(queue))) {
      const queue = await this.jobQueueService.createQueue<ProbeJob>({ name, process: job => this.run(job) });
      this.queues.set(name, queue);
    }
  }

  async obey(command: ProbeCommand): Promise<unknown> {
    const strategy = this.config.jobQueueOptions.jobQueueStrategy;
    if (!isInspectableJobQueueStrategy(strategy)) throw new Error('The queue cannot be inspected.');
    switch (command.name) {
      case 'add': {
        const ids: string[] = [];
        for (const job of command.jobs) {
          const added = await this.queues.get(command.queue)!.add(job, { retries: command.retries });
          ids.push(String(added.id));
        }
        return ids;
      }
      case 'job': {
        const job = await strategy.findOne(command.id);
        return job === undefined ? undefined : report(job);
      }
      case 'failed': {
        const found = await strategy.findMany({
          filter: { state: { eq: JobState.FAILED }, queueName: { eq: command.queue } },
          sort: { createdAt: SortOrder.DESC },
          take: 100,
        });
        return found.items.map(report);
      }
      case 'cancel':
        return strategy.cancelJob(command.id).then(() => undefined);
      case 'depths':
        return jobQueueInspector(this.config)?.queueDepths();
    }
  }

  private async run(job: Job<ProbeJob>): Promise<{ pid: number; run: number }> {
    const { key, runsMs, end } = job.data;
    const [{ run }] = await this.query<{ run: number }>(
      `INSERT INTO probe_run (key, pid, run)
       VALUES ($1, $2, (SELECT count(*) + 1 FROM probe_run WHERE key = $1)) RETURNING run`,
      [key, process.pid],
    );
    const ms = runsMs[Math.min(run, runsMs.length) - 1] ?? 0;
    for (let done = 0; done < ms && job.state !== JobState.CANCELLED; done += STEP_MS) {
      await sleep(Math.min(STEP_MS, ms - done));
      job.setProgress(Math.round((done / ms) * 100));
    }
    if (end === 'kill') process.kill(process.pid, 'SIGKILL');
    await this.query(
      'UPDATE probe_run SET finished_at = clock_timestamp() WHERE key = $1 AND run = $2 RETURNING 1',
      [key, run],
    );
    if (end === 'fail') throw new Error(`the probe ${key} failed on purpose`);
    return { pid: process.pid, run };
  }

  private async query<Row>(sql: string, parameters: unknown[]): Promise<[Row, ...Row[]]> {
    const runner = this.connection.rawConnection.createQueryRunner();
    try {
      return (await runner.query(sql, parameters, true)).records as [Row, ...Row[]];
    } finally {
      await runner.release();
    }
  }
}

function report(job: Job): JobReport {
  return {
    id: String(job.id),
    state: job.state,
    attempts: job.attempts,
    progress: job.progress,
    result: job.result as unknown,
    error: (job.error as string | undefined) ?? null,
  };
}

@VendurePlugin({ imports: [PluginCommonModule], providers: [ProbeService], compatibility: '^3.7.0' })
export class ProbePlugin {}
