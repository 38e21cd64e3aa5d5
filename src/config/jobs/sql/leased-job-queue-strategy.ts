import { randomUUID } from 'node:crypto';
import { JobState } from '@vendure/common/lib/generated-types';
import type { ID } from '@vendure/common/lib/shared-types';
import { type Injector, Job, type JobData, Logger, TransactionalConnection } from '@vendure/core';
import { SqlJobQueueStrategy } from '@vendure/core/dist/plugin/default-job-queue-plugin/sql-job-queue-strategy';
import type { JobQueueInspector, QueueDepth } from '../queue-inspector';
import { delayBeforeRetry } from '../rules/backoff';
import { pooled } from './connection';
import { type ClaimedRow, LeaseStore, type RunKey } from './lease-store';
import { LeaseWatch } from './lease-watch';
import type { LeasedJobQueueOptions } from './options';
import { sqlQueueDepths } from './sql-queue-depths';

const loggerCtx = 'LeasedJobQueue';

/** What this process knows of a run that it began. */
interface Run {
  key: RunKey;
  attemptsBefore: number;
  savedProgress: number;
  /** Its end is being saved: a lease that is gone is no news then. */
  ending: boolean;
  /** Cancelled, or told to stop: nobody waits for its result. */
  abandoned: boolean;
}

/**
 * Core's SQL queue, with leases: a job belongs to the worker process that claimed it for as long as that process
 * gives signs of life. When it dies its jobs run again elsewhere; when it was only thought dead (paused for
 * long), its late result is not saved over the new run's.
 *
 * Core's runner (slots, retries, graceful stop) is kept. It asks `next()` at short intervals; here that costs no
 * statement unless `LeaseWatch` has seen a due job in the queue.
 */
export class LeasedJobQueueStrategy extends SqlJobQueueStrategy implements JobQueueInspector {
  private readonly owner = randomUUID();
  private readonly active = new Set<string>();
  private readonly due = new Set<string>();
  private readonly running = new Map<number, Job>();
  private readonly runs = new WeakMap<Job, Run>();
  private transactional!: TransactionalConnection;
  private store!: LeaseStore;
  private watch: LeaseWatch | undefined;

  constructor(private readonly settings: LeasedJobQueueOptions) {
    super({
      concurrency: settings.concurrency,
      pollInterval: settings.slotMs,
      gracefulShutdownTimeout: settings.graceMs,
    });
  }

  override init(injector: Injector): void {
    this.transactional = injector.get(TransactionalConnection);
    this.store = new LeaseStore(pooled(this.transactional.rawConnection));
    super.init(injector);
  }

  override async start<Data extends JobData<Data> = object>(
    queueName: string,
    process: (job: Job<Data>) => Promise<unknown>,
  ): Promise<void> {
    if (this.hasInitialized) {
      this.active.add(queueName);
      this.watch ??= new LeaseWatch(this.transactional.rawConnection, this.owner, this.settings, {
        queuesToLookAt: () => [...this.active].filter(name => !this.due.has(name)),
        onDue: name => this.due.add(name),
        running: () => [...this.running.values()].map(job => this.runOf(job).key),
        onLost: key => this.abandon(key),
      });
    }
    await super.start(queueName, process);
  }

  /** Takes no more jobs, waits for those that run, and hands back what does not finish in time. */
  override async stop<Data extends JobData<Data> = object>(
    queueName: string,
    process: (job: Job<Data>) => Promise<unknown>,
  ): Promise<void> {
    this.active.delete(queueName);
    await super.stop(queueName, process);
    if (this.active.size === 0) await this.stopWatch();
  }

  override destroy(): void {
    void this.stopWatch();
    super.destroy();
  }

  override async next(queueName: string): Promise<Job | undefined> {
    if (!this.due.delete(queueName)) return undefined;
    const row = await this.store.claim(queueName, this.owner, this.settings.leaseMs);
    if (row === undefined) return undefined;
    this.due.add(queueName);
    const job = toJob(row);
    const key = { jobId: row.id, owner: this.owner, run: row.run };
    this.runs.set(job, {
      key,
      attemptsBefore: row.attempts - 1,
      savedProgress: row.progress,
      ending: false,
      abandoned: false,
    });
    if (!this.active.has(queueName)) {
      // The queue was stopped while the claim was under way: nobody waits for this job any more.
      job.defer();
      await this.saveEnd(job, 0);
      return undefined;
    }
    this.running.set(row.id, job);
    return job;
  }

  /**
   * Core calls this after the claim (nothing is new then), when the progress changes, and at the end of a run.
   * With a progress nobody awaits the promise, so no error of the database may leave this method.
   */
  override async update(job: Job): Promise<void> {
    const run = this.runOf(job);
    if (job.state !== JobState.RUNNING) {
      await this.finish(job);
    } else if (job.progress !== run.savedProgress) {
      run.savedProgress = job.progress;
      await this.store
        .saveProgress(run.key, Math.round(job.progress))
        .catch((error: unknown) =>
          Logger.warn(`${label(job)}: its progress was not saved: ${String(error)}`, loggerCtx),
        );
    }
  }

  override async cancelJob(jobId: ID): Promise<Job | undefined> {
    await this.store.cancel(Number(jobId));
    return this.findOne(jobId);
  }

  queueDepths(): Promise<QueueDepth[]> {
    return sqlQueueDepths(pooled(this.transactional.rawConnection));
  }

  /** Saves a run's end, also across a short absence of the database: else a job that is done would run again. */
  private async finish(job: Job): Promise<void> {
    const run = this.runOf(job);
    run.ending = true;
    run.abandoned ||= job.state === JobState.CANCELLED;
    const pauseMs =
      job.state === JobState.RETRYING
        ? delayBeforeRetry(job.attempts, Math.random)
        : this.settings.handBackPauseMs;
    for (let attempt = 1; attempt <= this.settings.saveAttempts; attempt++) {
      try {
        await this.saveEnd(job, pauseMs);
        break;
      } catch (error) {
        Logger.error(`${label(job)}: its end (${job.state}) was not saved: ${String(error)}`, loggerCtx);
        await new Promise(resolve => setTimeout(resolve, this.settings.savePauseMs));
      }
    }
    // Without a saved end the lease is no longer renewed, and the job runs again when it has expired.
    if (this.running.get(run.key.jobId) === job) this.running.delete(run.key.jobId);
  }

  private async saveEnd(job: Job, pauseMs: number): Promise<void> {
    const { key, attemptsBefore, abandoned } = this.runOf(job);
    const saved = await this.store.end(key, {
      state: job.state,
      isSettled: job.isSettled,
      progress: Math.round(job.progress),
      result: toJson(job),
      // PostgreSQL's text cannot hold a zero byte.
      error: job.error === undefined || job.error === null ? null : String(job.error).replaceAll('\0', ''),
      // A run that was handed back is not one of the job's attempts; core would forget all of them.
      attempts: job.state === JobState.PENDING ? attemptsBefore : job.attempts,
      pauseMs,
    });
    if (!saved && !abandoned) {
      Logger.warn(
        `${label(job)} had lost its lease: how this run ended (${job.state}) is not saved.`,
        loggerCtx,
      );
    }
  }

  /** A run that lost its lease goes on in this process: jobs that look at their state stop at their next step. */
  private abandon(key: RunKey): void {
    const job = this.running.get(key.jobId);
    if (job === undefined) return;
    const run = this.runOf(job);
    if (run.key.run !== key.run || run.ending) return;
    this.running.delete(key.jobId);
    run.abandoned = true;
    job.cancel();
    Logger.warn(`${label(job)} lost its lease, or was cancelled: this run is told to stop.`, loggerCtx);
  }

  private runOf(job: Job): Run {
    const run = this.runs.get(job);
    if (run === undefined) throw new Error(`${label(job)} was not claimed by this process.`);
    return run;
  }

  private async stopWatch(): Promise<void> {
    const watch = this.watch;
    this.watch = undefined;
    await watch?.stop();
  }
}

function toJob(row: ClaimedRow): Job {
  const parse = (json: string | null): unknown => (json === null ? undefined : JSON.parse(json));
  return new Job({
    id: row.id,
    queueName: row.queueName,
    data: parse(row.data) as object,
    state: JobState.RUNNING,
    progress: row.progress,
    result: parse(row.result),
    error: row.error ?? undefined,
    retries: row.retries,
    attempts: row.attempts,
    createdAt: row.createdAt,
    startedAt: row.startedAt,
  });
}

/** A result that is no JSON is dropped: the work is done, and must not be done again for it. */
function toJson(job: Job): string | null {
  try {
    return job.result === undefined ? null : (JSON.stringify(job.result) ?? null);
  } catch (error) {
    Logger.warn(`${label(job)}: its result cannot be saved as JSON: ${String(error)}`, loggerCtx);
    return null;
  }
}

function label(job: Job): string {
  return `Job ${String(job.id)} [${job.queueName}]`;
}
