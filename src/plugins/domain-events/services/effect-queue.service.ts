import { Injectable } from '@nestjs/common';
import { JobQueue, JobQueueService, Logger } from '@vendure/core';
import { loggerCtx } from '../constants';
import { describeFailure } from '../rules/describe-failure';
import { retryDelay } from '../rules/retry-delay';
import type { EffectHandler, ResolvedHandler } from '../types';
import { Clock } from './clock';
import { type ClaimedDelivery, DeliveryStore } from './delivery-store';
import { DeliveryRunner } from './delivery-runner';
import { EventRegistry } from './event-registry';
import { RunningDeliveries } from './running-deliveries';
import { WorkerSession } from './worker-session';

interface EffectJob {
  deliveryId: number;
  dispatch: number;
}

/**
 * Runs effects as jobs of the platform's queue, one queue per handler, so that a slow one holds up none but itself.
 * The delivery row says what is done, never the job: a job that comes twice, late or after a takeover finds that
 * its dispatch is over and does nothing; one that is lost is added again after its lease.
 */
@Injectable()
export class EffectQueueService {
  private readonly queues = new Map<string, JobQueue<EffectJob>>();

  constructor(
    private readonly jobQueues: JobQueueService,
    private readonly registry: EventRegistry,
    private readonly store: DeliveryStore,
    private readonly runner: DeliveryRunner,
    private readonly running: RunningDeliveries,
    private readonly session: WorkerSession,
    private readonly clock: Clock,
  ) {}

  /** In every process: each must know every queue. */
  async createQueues(): Promise<void> {
    for (const handler of this.registry.handlers()) {
      if (handler.kind !== 'effect') continue;
      const queue = await this.jobQueues.createQueue<EffectJob>({
        name: `domain-events.${handler.name}`,
        process: job => this.process(handler, job.data),
      });
      this.queues.set(handler.name, queue);
    }
  }

  /** Adds the job of a claimed delivery, which is committed as `queued` already. */
  async dispatch(handler: ResolvedHandler, delivery: ClaimedDelivery): Promise<void> {
    try {
      const queue = this.queues.get(handler.name);
      if (queue === undefined) throw new Error(`no queue for ${handler.name}`);
      await queue.add({ deliveryId: delivery.id, dispatch: delivery.dispatches });
    } catch (error) {
      const failure = describeFailure(error);
      const delay = retryDelay(handler.retry, delivery.dispatches, this.clock.random());
      Logger.warn(`No job could be added for ${handler.name}, again in ${delay} ms. ${failure}`, loggerCtx);
      // If this fails too, the delivery comes back after its lease.
      await this.store.unqueue(delivery.id, delivery.dispatches, delay, failure).catch(() => undefined);
    }
  }

  private async process(handler: ResolvedHandler & EffectHandler, job: EffectJob): Promise<string> {
    await this.session.start();
    return this.running.track([job.deliveryId], async () => {
      const delivery = await this.store.startQueued(this.session.id, job.deliveryId, job.dispatch);
      if (delivery === undefined) return 'superseded';
      await this.runner.runEffect(handler, delivery);
      return 'handled';
    });
  }
}
