import { Injectable } from '@nestjs/common';
import { type ID, type RequestContext, TransactionalConnection } from '@vendure/core';
import { In } from 'typeorm';
import { MAX_ACTION_IDS } from '../constants';
import { DomainEvent } from '../entities/domain-event.entity';
import { DomainEventDelivery } from '../entities/domain-event-delivery.entity';
import { DomainEventHandlerRecord } from '../entities/domain-event-handler.entity';
import { DomainEventInputError } from '../errors';
import { requireDefaultChannel } from '../rules/channel-scope';
import { type DeliveryAction, explainRun, refusal } from '../rules/delivery-actions';
import { DeliveryRunner } from './delivery-runner';
import { DomainEventQueryService, type HandlerOverview } from './domain-event-query.service';
import { EventRegistry } from './event-registry';
import { WakeService } from './wake.service';

/** Dry runs may rehearse handlers: few at a time. */
const MAX_DRY_RUN = 20;

const DISCARD = `"state" = 'discarded', "reason" = $3, "finishedAt" = now(), "owner" = NULL`;

export interface DeliveryChange {
  changed: DomainEventDelivery[];
  refused: Array<{ id: ID; code: string; message: string }>;
}

export interface DryRun {
  delivery: DomainEventDelivery;
  wouldRun: boolean;
  explanation: string;
  rehearsed: boolean;
  failure: string | null;
}

/**
 * What staff do to deliveries. Each change locks the aggregates first, as the relay does, so that a lane never
 * starts two deliveries or none. Staff reach the deliveries of their channel only, in the default channel all.
 */
@Injectable()
export class DomainEventActionsService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: EventRegistry,
    private readonly runner: DeliveryRunner,
    private readonly queries: DomainEventQueryService,
    private readonly wake: WakeService,
  ) {}

  /** Has dead letters run again, with all their attempts. @throws DomainEventInputError for too many ids */
  async retry(ctx: RequestContext, ids: readonly ID[]): Promise<DeliveryChange> {
    checkCount(ids, MAX_ACTION_IDS);
    return this.change(
      ctx,
      { asked: ids, reachable: await this.reachable(ctx, ids) },
      'retry',
      `"state" = 'waiting', "attempts" = 0, "crashes" = 0, "dispatches" = "dispatches" + 1, "finishedAt" = NULL`,
    );
  }

  /** Gives deliveries up for good. @throws DomainEventInputError for too many ids, or without a reason */
  async discard(ctx: RequestContext, ids: readonly ID[], reason: string): Promise<DeliveryChange> {
    checkCount(ids, MAX_ACTION_IDS);
    const checked = checkedReason(reason);
    return this.change(
      ctx,
      { asked: ids, reachable: await this.reachable(ctx, ids) },
      'discard',
      DISCARD,
      checked,
    );
  }

  /** The same for what a plugin has settled itself, whatever the channel. */
  async discardSettled(ctx: RequestContext, ids: readonly ID[], reason: string): Promise<DeliveryChange> {
    checkCount(ids, MAX_ACTION_IDS);
    return this.change(
      ctx,
      { asked: ids, reachable: ids.map(Number) },
      'discard',
      DISCARD,
      checkedReason(reason),
    );
  }

  async dryRun(ctx: RequestContext, ids: readonly ID[], rehearse: boolean): Promise<DryRun[]> {
    checkCount(ids, MAX_DRY_RUN);
    const deliveries = await this.queries.deliveriesWith(ctx, ids);
    const runs: DryRun[] = [];
    for (const delivery of deliveries) {
      const handler = this.registry.findHandler(delivery.handler);
      const run = { delivery, ...explainRun(delivery.state, handler), rehearsed: false, failure: null };
      if (rehearse && handler?.kind === 'database') {
        const event = await this.queries.eventOf(ctx, delivery);
        const failure = await this.runner.rehearse(handler, toMessage(event));
        runs.push({ ...run, rehearsed: true, failure: failure ?? null });
      } else {
        runs.push(run);
      }
    }
    return runs;
  }

  /**
   * Ends the subscription of a handler that this release does not have, and discards what waits for it.
   *
   * @throws DomainEventInputError outside the default channel
   */
  async retire(ctx: RequestContext, name: string, reason: string): Promise<HandlerOverview> {
    requireDefaultChannel(ctx);
    checkedReason(reason);
    if (this.registry.findHandler(name) !== undefined)
      throw new DomainEventInputError(
        'HANDLER_REGISTERED',
        `The handler ${name} is part of this release. Only one that is gone can be retired.`,
      );
    const handlers = this.connection.getRepository(ctx, DomainEventHandlerRecord);
    const retired = await handlers.update({ name }, { retiredAt: new Date() });
    if (retired.affected !== 1)
      throw new DomainEventInputError('HANDLER_NOT_FOUND', `There is no handler ${name}.`);
    // Nobody runs them, and no lane goes on: the lanes' locks are not needed.
    await handlers.manager.query(
      `UPDATE domain_event_delivery SET "state" = 'discarded', "reason" = $2, "finishedAt" = now(),
              "changedBy" = $3, "changedAt" = now(), "owner" = NULL
        WHERE "handler" = $1 AND "state" IN ('waiting', 'ready', 'queued', 'running', 'dead')`,
      [name, reason.trim(), userId(ctx)],
    );
    const record = await handlers.findOneOrFail({ where: { name } });
    return { ...record, registered: false, backlog: 0, lagSeconds: 0, deadLetters: 0 };
  }

  private async change(
    ctx: RequestContext,
    ids: { asked: readonly ID[]; reachable: readonly number[] },
    action: DeliveryAction,
    assignments: string,
    reason: string | null = null,
  ): Promise<DeliveryChange> {
    const { manager } = this.connection.getRepository(ctx, DomainEventDelivery);
    const numbers = ids.asked.map(Number);
    await manager.query('SELECT domain_event_lock($1::bigint[])', [ids.reachable]);
    // Read after the lock. A relay may still start a ready one: the row locks keep it from these.
    const found = await manager
      .getRepository(DomainEventDelivery)
      .find({ where: { id: In(ids.reachable) }, lock: { mode: 'pessimistic_write' } });
    const byId = new Map(found.map(delivery => [Number(delivery.id), delivery]));
    const refused = numbers.flatMap(id => {
      const why = refusal(action, byId.get(id)?.state);
      return why === undefined ? [] : [{ id: String(id), ...why }];
    });
    const refusedIds = new Set(refused.map(item => Number(item.id)));
    const chosen = numbers.filter(id => !refusedIds.has(id));
    const parameters: unknown[] = [chosen, userId(ctx)];
    if (reason !== null) parameters.push(reason);
    await manager.query(
      `UPDATE domain_event_delivery SET ${assignments}, "changedBy" = $2, "changedAt" = now()
        WHERE "id" = ANY ($1::bigint[])`,
      parameters,
    );
    await manager.query('SELECT domain_event_promote($1::bigint[])', [chosen]);
    if (manager.queryRunner !== undefined) this.wake.afterCommit(manager.queryRunner);
    return { changed: await this.find(ctx, chosen), refused };
  }

  private async reachable(ctx: RequestContext, ids: readonly ID[]): Promise<number[]> {
    return (await this.queries.deliveriesWith(ctx, ids)).map(({ id }) => Number(id));
  }

  private find(ctx: RequestContext, ids: readonly ID[]): Promise<DomainEventDelivery[]> {
    return this.connection
      .getRepository(ctx, DomainEventDelivery)
      .find({ where: { id: In(ids.map(Number)) }, order: { sequence: 'ASC' } });
  }
}

function toMessage(event: DomainEvent) {
  const { id, customerId: _, ...message } = event;
  return { ...message, sequence: Number(id) };
}

function checkCount(ids: readonly ID[], most: number): void {
  if (ids.length === 0 || ids.length > most)
    throw new DomainEventInputError('WRONG_COUNT', `Choose 1 to ${most} deliveries, not ${ids.length}.`);
}

function checkedReason(reason: string): string {
  const trimmed = reason.trim();
  if (trimmed === '' || trimmed.length > 1_000)
    throw new DomainEventInputError('REASON_REQUIRED', 'Give a reason of 1 to 1,000 characters: it is kept.');
  return trimmed;
}

function userId(ctx: RequestContext): string | null {
  return ctx.activeUserId === undefined ? null : String(ctx.activeUserId);
}
