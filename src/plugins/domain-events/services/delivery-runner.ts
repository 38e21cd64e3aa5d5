import { Injectable } from '@nestjs/common';
import { Logger } from '@vendure/core';
import type { EntityManager } from 'typeorm';
import { loggerCtx } from '../constants';
import { DeliveryLostError } from '../errors';
import { describeFailure } from '../rules/describe-failure';
import { isExhausted, retryDelay } from '../rules/retry-delay';
import type { DatabaseHandler, EffectHandler, ResolvedHandler } from '../types';
import { callWithTimeout } from './call-with-timeout';
import { Clock } from './clock';
import { type ClaimedDelivery, DeliveryStore } from './delivery-store';
import { HandlerContextService } from './handler-context.service';
import { HandlerTransaction } from './handler-transaction';
import { WorkerSession } from './worker-session';

type Database = ResolvedHandler & DatabaseHandler;
type Effect = ResolvedHandler & EffectHandler;

const REPORT_RETRY_MS = 1_000;

/** Runs claimed deliveries and records how they ended. Never throws: what fails is recorded on the delivery. */
@Injectable()
export class DeliveryRunner {
  /** Done by this process since it started, by handler. */
  readonly delivered = new Map<string, number>();
  private stopped = false;

  constructor(
    private readonly store: DeliveryStore,
    private readonly session: WorkerSession,
    private readonly contexts: HandlerContextService,
    private readonly transaction: HandlerTransaction,
    private readonly clock: Clock,
  ) {}

  /** From now on nothing that failed is recorded: the session hands it back. */
  stop(): void {
    this.stopped = true;
  }

  /**
   * Runs deliveries of one handler in one transaction. When any of them fails, each is run again in a transaction
   * of its own, so that only the faulty one is held up.
   */
  async runDatabase(handler: Database, deliveries: readonly ClaimedDelivery[]): Promise<void> {
    if (deliveries.length > 1) {
      try {
        await this.inOneTransaction(handler, deliveries);
        return;
      } catch (error) {
        Logger.verbose(`${handler.name}: one by one, after ${describeFailure(error)}`, loggerCtx);
      }
    }
    for (const delivery of deliveries) {
      if (this.stopped) return;
      try {
        await this.inOneTransaction(handler, [delivery]);
      } catch (error) {
        await this.recordFailure(handler, delivery, error);
      }
    }
  }

  /** Runs the handler of an effect, outside any transaction. */
  async runEffect(handler: Effect, delivery: ClaimedDelivery): Promise<void> {
    try {
      const ctx = await this.contexts.create(delivery.event);
      await callWithTimeout(handler.name, handler.timeoutMs, signal =>
        handler.handle(ctx, delivery.event, {
          idempotencyKey: idempotencyKey(delivery.event.eventId, handler.name),
          attempt: delivery.attempts,
          signal,
        }),
      );
    } catch (error) {
      await this.recordFailure(handler, delivery, error);
      return;
    }
    await this.report(async () => {
      await this.store.finish(this.session.id, [delivery.id], 'done', null);
    });
    this.count(handler.name, 1);
  }

  /**
   * Runs a database handler and rolls back: what would happen, without it happening.
   *
   * @returns the failure, or undefined when the handler went through
   */
  async rehearse(handler: Database, event: ClaimedDelivery['event']): Promise<string | undefined> {
    try {
      await this.transaction.run(handler.timeoutMs, manager => this.call(handler, event, manager), {
        keep: false,
      });
      return undefined;
    } catch (error) {
      return describeFailure(error);
    }
  }

  private async inOneTransaction(handler: Database, deliveries: readonly ClaimedDelivery[]): Promise<void> {
    const ids = deliveries.map(delivery => delivery.id);
    await this.transaction.run(handler.timeoutMs, async manager => {
      for (const { event } of deliveries) await this.call(handler, event, manager);
      const finished = await this.store.finish(this.session.id, ids, 'done', null, manager);
      if (finished.length < ids.length) throw new DeliveryLostError();
    });
    this.count(handler.name, ids.length);
  }

  private async call(handler: Database, event: ClaimedDelivery['event'], manager: EntityManager) {
    const ctx = await this.contexts.create(event, manager);
    await callWithTimeout(handler.name, handler.timeoutMs, () => handler.handle(ctx, event));
  }

  private async recordFailure(
    handler: ResolvedHandler,
    delivery: ClaimedDelivery,
    error: unknown,
  ): Promise<void> {
    if (error instanceof DeliveryLostError || this.stopped) return;
    const failure = describeFailure(error);
    const what = `${handler.name} failed on ${delivery.event.eventType} ${delivery.event.eventId}`;
    if (isExhausted(handler.retry, delivery.attempts)) {
      Logger.error(`${what}: dead letter after ${delivery.attempts} attempts. ${failure}`, loggerCtx);
      await this.report(async () => {
        await this.store.finish(this.session.id, [delivery.id], 'dead', failure);
      });
      return;
    }
    const delay = retryDelay(handler.retry, delivery.attempts, this.clock.random());
    Logger.warn(`${what} (attempt ${delivery.attempts}), again in ${delay} ms. ${failure}`, loggerCtx);
    await this.report(() => this.store.retryLater(this.session.id, delivery.id, delay, failure));
  }

  /** Records an end, as often as it takes: the database may be away for a while. */
  private async report(record: () => Promise<void>): Promise<void> {
    while (!this.stopped) {
      try {
        await record();
        return;
      } catch (error) {
        Logger.warn(`The end of a delivery was not recorded yet: ${describeFailure(error)}`, loggerCtx);
        await new Promise(resolve => setTimeout(resolve, REPORT_RETRY_MS));
      }
    }
  }

  private count(handler: string, deliveries: number): void {
    this.delivered.set(handler, (this.delivered.get(handler) ?? 0) + deliveries);
  }
}

/** The same on every attempt and replay of an event at a handler. */
export function idempotencyKey(eventId: string, handler: string): string {
  return `${eventId}:${handler}`;
}
