import { Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import { POLL_MS, STOP_LIMIT_MS, SWEEP_MS, loggerCtx } from '../constants';
import { describeFailure } from '../rules/describe-failure';
import type { ResolvedHandler } from '../types';
import { Clock } from './clock';
import { type ClaimRequest, type ClaimedDelivery, DeliveryStore } from './delivery-store';
import { DeliveryRunner } from './delivery-runner';
import { EffectQueueService } from './effect-queue.service';
import { EventRegistry } from './event-registry';
import { RunningDeliveries } from './running-deliveries';
import { WorkerSession } from './worker-session';

/** Effects in the platform's queue, over all workers, for each that a handler may run at once. */
const QUEUED_PER_SLOT = 5;

/** Sweeps between two looks for lanes that wait for nothing: about a minute. */
const HEAL_EVERY = 20;

/**
 * Delivers events in a worker process: claims what is ready, has it run, and takes over what dead workers left.
 * Any number of workers do this side by side; one claim serves all handlers, each with slots of its own.
 */
@Injectable()
export class RelayService {
  private readonly busy = new Map<string, number>();
  private suspectRuns = false;
  private woken = false;
  private rouse: (() => void) | undefined;
  private stopping = false;
  private loop: Promise<void> | undefined;
  private nextSweep = 0;
  private sweeps = 0;

  constructor(
    private readonly registry: EventRegistry,
    private readonly store: DeliveryStore,
    private readonly runner: DeliveryRunner,
    private readonly effects: EffectQueueService,
    private readonly running: RunningDeliveries,
    private readonly session: WorkerSession,
    private readonly clock: Clock,
  ) {}

  start(): void {
    if (this.loop !== undefined) return;
    this.session.onWake(() => this.wake());
    this.loop = this.run();
  }

  /** Lets what runs finish, within a limit; hands the rest back, for another worker to take at once. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.wake();
    await this.loop;
    await this.running.settled(STOP_LIMIT_MS);
    this.runner.stop();
    await this.store.handBack(this.session.id).catch((error: unknown) => {
      Logger.warn(`Deliveries were not handed back: ${describeFailure(error)}`, loggerCtx);
    });
    await this.session.stop();
  }

  private wake(): void {
    this.woken = true;
    this.rouse?.();
  }

  private async run(): Promise<void> {
    await this.session.start();
    while (!this.stopping) {
      this.woken = false;
      let claimed = 0;
      try {
        await this.sweepWhenDue();
        claimed = await this.claimAndRun();
      } catch (error) {
        Logger.warn(`The relay could not claim: ${describeFailure(error)}`, loggerCtx);
      }
      if (claimed === 0) await this.untilWoken(POLL_MS);
    }
  }

  private async claimAndRun(): Promise<number> {
    const requests = this.registry
      .handlers()
      .map(handler => this.claimRequest(handler))
      .filter(request => request.free > 0);
    if (requests.length === 0) return 0;
    const claimed = await this.store.claim(this.session.id, requests);
    for (const [handler, deliveries] of this.byHandler(claimed)) this.launch(handler, deliveries);
    return claimed.length;
  }

  private claimRequest(handler: ResolvedHandler): ClaimRequest {
    const slots = handler.concurrency - (this.busy.get(handler.name) ?? 0);
    const free =
      handler.kind === 'effect' ? handler.concurrency * QUEUED_PER_SLOT : slots * handler.batchSize;
    return { handler: handler.name, kind: handler.kind, free };
  }

  private byHandler(claimed: readonly ClaimedDelivery[]): Map<ResolvedHandler, ClaimedDelivery[]> {
    const groups = new Map<ResolvedHandler, ClaimedDelivery[]>();
    for (const delivery of claimed) {
      const handler = this.registry.findHandler(delivery.handler);
      if (handler === undefined) continue; // cannot be: only registered handlers are claimed for
      const group = groups.get(handler);
      if (group === undefined) groups.set(handler, [delivery]);
      else group.push(delivery);
    }
    return groups;
  }

  private launch(handler: ResolvedHandler, deliveries: readonly ClaimedDelivery[]): void {
    if (handler.kind === 'effect') {
      for (const delivery of deliveries)
        this.inSlot(handler, [], () => this.effects.dispatch(handler, delivery));
      return;
    }
    // Evenly over the free slots: many small transactions side by side before a few large ones.
    const slots = handler.concurrency - (this.busy.get(handler.name) ?? 0);
    const size = Math.max(1, Math.ceil(deliveries.length / Math.max(1, slots)));
    for (let start = 0; start < deliveries.length; start += size) {
      const batch = deliveries.slice(start, start + size);
      this.inSlot(
        handler,
        batch.map(delivery => delivery.id),
        () => this.runner.runDatabase(handler, batch),
      );
    }
  }

  private inSlot(handler: ResolvedHandler, ids: readonly number[], work: () => Promise<void>): void {
    const change = (by: number) => this.busy.set(handler.name, (this.busy.get(handler.name) ?? 0) + by);
    change(1);
    void this.running.track(ids, work).finally(() => {
      change(-1);
      this.wake();
    });
  }

  private async sweepWhenDue(): Promise<void> {
    if (this.clock.now() < this.nextSweep) return;
    this.nextSweep = this.clock.now() + SWEEP_MS;
    this.sweeps += 1;
    const taken = await this.store.takeOver(this.session.id, this.running.ids);
    if (taken > 0) Logger.warn(`Took over ${taken} deliveries of workers or jobs that ended.`, loggerCtx);
    await this.runSuspect();
    if (this.sweeps % HEAL_EVERY === 0) {
      const healed = await this.store.healLanes();
      if (healed > 0) Logger.warn(`${healed} lanes waited for nothing and go on.`, loggerCtx);
      await this.store.forgetWorkers();
    }
  }

  /** One at a time: see `DeliveryStore.claimSuspect`. */
  private async runSuspect(): Promise<void> {
    if (this.suspectRuns) return;
    const requests = this.registry
      .handlers()
      .map(({ name, kind }): ClaimRequest => ({ handler: name, kind, free: 1 }));
    const [suspect] = await this.store.claimSuspect(this.session.id, requests);
    const handler = suspect === undefined ? undefined : this.registry.findHandler(suspect.handler);
    if (suspect === undefined || handler === undefined) return;
    this.suspectRuns = true;
    const run =
      handler.kind === 'effect'
        ? () => this.effects.dispatch(handler, suspect)
        : () => this.runner.runDatabase(handler, [suspect]);
    void this.running.track(handler.kind === 'effect' ? [] : [suspect.id], run).finally(() => {
      this.suspectRuns = false;
      this.nextSweep = 0; // the next suspect, if any
      this.wake();
    });
  }

  private async untilWoken(limitMs: number): Promise<void> {
    if (this.woken || this.stopping) return;
    await new Promise<void>(resolve => {
      const timer = setTimeout(resolve, limitMs);
      this.rouse = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.rouse = undefined;
  }
}
