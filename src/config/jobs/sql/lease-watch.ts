import { Logger } from '@vendure/core';
import type { DataSource } from 'typeorm';
import { afterLostRun } from '../rules/lost-run';
import { DedicatedConnection } from './connection';
import { LeaseStore, type RunKey } from './lease-store';
import type { LeasedJobQueueOptions } from './options';
import { repeat } from './repeat';

const loggerCtx = 'LeasedJobQueue';

/** How many expired leases one heartbeat recovers; more wait for the next, or for another worker's. */
const RECOVER_AT_ONCE = 200;

/** What the watch asks of the strategy, and tells it. */
export interface WatchedRuns {
  queuesToLookAt(): string[];
  onDue(queueName: string): void;
  running(): RunKey[];
  onLost(run: RunKey): void;
}

/**
 * What a worker does beside its jobs, on a connection of its own: looks for due jobs, renews its leases in one
 * statement, and recovers the jobs of workers that died.
 */
export class LeaseWatch {
  private readonly connection: DedicatedConnection;
  private readonly store: LeaseStore;
  private readonly endings: Array<() => Promise<void>>;

  constructor(
    dataSource: DataSource,
    private readonly owner: string,
    private readonly options: LeasedJobQueueOptions,
    private readonly runs: WatchedRuns,
  ) {
    this.connection = new DedicatedConnection(dataSource);
    this.store = new LeaseStore(this.connection.run);
    const report = reportOnce();
    this.endings = [
      repeat(() => this.look(), options.lookMs, report),
      repeat(() => this.beat(), options.heartbeatMs, report),
      repeat(() => this.store.adopt(options.leaseMs), options.adoptMs, report),
    ];
  }

  async stop(): Promise<void> {
    await Promise.all(this.endings.map(end => end()));
    await this.connection.release();
  }

  private async look(): Promise<void> {
    const names = this.runs.queuesToLookAt();
    if (names.length === 0) return;
    for (const name of await this.store.queuesWithDueJobs(names)) this.runs.onDue(name);
  }

  private async beat(): Promise<void> {
    await this.renew();
    for (const { lostRuns, ...run } of await this.store.expired(RECOVER_AT_ONCE)) {
      await this.recover(run, lostRuns + 1);
    }
  }

  private async renew(): Promise<void> {
    const running = this.runs.running();
    if (running.length === 0) return;
    const ids = running.map(run => run.jobId);
    const held = await this.store.renew(this.owner, ids, this.options.leaseMs);
    const still = new Map(held.map(run => [run.jobId, run.run]));
    for (const run of running) {
      if (still.get(run.jobId) !== run.run) this.runs.onLost(run);
    }
  }

  private async recover(run: RunKey, lostRuns: number): Promise<void> {
    const { lostRunBackoff, maxLostRuns } = this.options;
    const next = afterLostRun(lostRuns, Math.random, lostRunBackoff, maxLostRuns);
    const recovered = next.again
      ? await this.store.recover(run, next.pauseMs, null)
      : await this.store.recover(run, 0, next.error);
    if (!recovered) return;
    const outcome = next.again ? 'it runs again' : 'it is given up';
    Logger.warn(`The worker of job ${run.jobId} is gone (${lostRuns} times now): ${outcome}.`, loggerCtx);
  }
}

/** While the database is away, the watch fails several times a second: one line in ten seconds says enough. */
function reportOnce(): (error: unknown) => void {
  let quietUntil = 0;
  return error => {
    if (Date.now() < quietUntil) return;
    quietUntil = Date.now() + 10_000;
    const message = error instanceof Error ? error.message : String(error);
    Logger.error(`The job queue cannot reach the database, and goes on trying: ${message}`, loggerCtx);
  };
}
