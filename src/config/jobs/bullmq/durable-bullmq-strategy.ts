import type { EventEmitter } from 'node:events';
import type { Injector, Job as VendureJob, JobData } from '@vendure/core';
import { Logger } from '@vendure/core';
import { BullMQJobQueueStrategy } from '@vendure/job-queue-plugin/package/bullmq/bullmq-job-queue-strategy';
import { DelayedError, type Job, type Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { requireRedis } from '../../redis';
import { PROCESSOR_WAIT_MS, UNKNOWN_QUEUE_MS } from '../limits';
import type { JobQueueInspector, QueueDepth } from '../queue-inspector';
import { bullMqQueueDepths } from './bullmq-queue-depths';
import { OutageReporter } from './outage-reporter';

const loggerCtx = 'DurableBullMq';

const LOOK_FOR_PROCESSOR_MS = 50;
const TRY_ELSEWHERE_AFTER_MS = 5_000;

type Processor = (job: Job, token?: string) => Promise<unknown>;

/** The parts of the plugin's strategy that it keeps to itself and that have to be reached here. */
interface Inner {
  redisConnection: Redis;
  cancellationSub: Redis;
  queue: Queue;
  workers: Map<number, EventEmitter>;
  workerProcessor: Processor;
  queueNameProcessFnMap: Map<string, unknown>;
  jobListIndexService: { queueEvents?: EventEmitter };
  CANCEL_JOB_CHANNEL: string;
  CANCELLED_JOB_LIST_NAME: string;
}

/**
 * The BullMQ plugin's strategy, made to lose nothing at the edges of a process's life:
 *
 * - Redis is asked for before anything connects, so that a wrong URL ends the start with one line.
 * - BullMQ hands out jobs as soon as the first queue has started. A job of a queue that starts a moment later
 *   would fail with "No processor defined": it waits. One of a queue that only a newer release knows is left to
 *   the workers of that release.
 * - The plugin waits for running jobs without end. After the grace period this process goes: its locks expire
 *   and the jobs run again elsewhere.
 * - Shops that share a Redis do not cancel each other's jobs, whose ids are small numbers in each.
 * - While Redis is away, a line is logged now and then, not a stack for each connection and second.
 */
export class DurableBullMqStrategy extends BullMQJobQueueStrategy implements JobQueueInspector {
  private readonly outage = new OutageReporter(loggerCtx);
  private readonly startedAt = Date.now();

  constructor(
    private readonly redisUrl: string,
    private readonly prefix: string,
    private readonly graceMs: number,
  ) {
    super();
  }

  override async init(injector: Injector): Promise<void> {
    await requireRedis(this.redisUrl);
    const inner = this.inner;
    inner.CANCEL_JOB_CHANNEL = `${this.prefix}:cancel-job`;
    inner.CANCELLED_JOB_LIST_NAME = `${this.prefix}:cancelled-jobs`;
    await super.init(injector);
    const process = inner.workerProcessor;
    inner.workerProcessor = async (job, token) => {
      await this.awaitProcessor(job, token);
      return process(job, token);
    };
    this.outage.watch(inner.redisConnection);
    this.outage.watch(inner.cancellationSub);
    // Subscribing before the connection is ready makes ioredis' own check of it fail.
    await inner.cancellationSub.ping();
    this.outage.replace(inner.queue);
    this.outage.replace(inner.jobListIndexService.queueEvents);
  }

  override async start<Data extends JobData<Data> = object>(
    queueName: string,
    process: (job: VendureJob<Data>) => Promise<unknown>,
  ): Promise<void> {
    await super.start(queueName, process);
    for (const worker of this.inner.workers.values()) this.outage.replace(worker);
  }

  override async stop<Data extends JobData<Data> = object>(
    queueName: string,
    process: (job: VendureJob<Data>) => Promise<unknown>,
  ): Promise<void> {
    const inTime = await finishesWithin(super.stop(queueName, process), this.graceMs);
    if (!inTime)
      Logger.warn('Some jobs did not finish in time: other workers will run them again.', loggerCtx);
  }

  override async destroy(): Promise<void> {
    // Closes what stop() has closed, and would wait once more for jobs that were given up there.
    await finishesWithin(super.destroy(), 1_000);
    // The plugin leaves its own connections open: a script that has done its work would never end.
    this.inner.redisConnection.disconnect();
    this.inner.cancellationSub.disconnect();
  }

  queueDepths(): Promise<QueueDepth[]> {
    return bullMqQueueDepths(this.inner.redisConnection, this.inner.queue, Date.now);
  }

  private get inner(): Inner {
    return this as unknown as Inner;
  }

  private async awaitProcessor(job: Job, token: string | undefined): Promise<void> {
    const known = () => this.inner.queueNameProcessFnMap.has(job.name);
    while (!known() && Date.now() < this.startedAt + PROCESSOR_WAIT_MS) await sleep(LOOK_FOR_PROCESSOR_MS);
    if (known() || Date.now() > job.timestamp + UNKNOWN_QUEUE_MS) return;
    await job.moveToDelayed(Date.now() + TRY_ELSEWHERE_AFTER_MS, token);
    throw new DelayedError();
  }
}

async function finishesWithin(work: Promise<void>, limitMs: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<boolean>(resolve => {
    timer = setTimeout(() => resolve(false), limitMs);
  });
  try {
    return await Promise.race([work.then(() => true), limit]);
  } finally {
    clearTimeout(timer);
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms));
}
