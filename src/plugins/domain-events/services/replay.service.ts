import { Injectable } from '@nestjs/common';
import { type RequestContext, TransactionalConnection } from '@vendure/core';
import { MAX_REPLAY_EVENTS } from '../constants';
import { DomainEvent } from '../entities/domain-event.entity';
import { DomainEventInputError } from '../errors';
import { requireDefaultChannel } from '../rules/channel-scope';
import type { ReplayEstimate, ReplayRange, ResolvedHandler } from '../types';
import { EventRegistry } from './event-registry';
import { WakeService } from './wake.service';

/** Gives past events to one handler again: after a repair, or because the handler is new. */
@Injectable()
export class ReplayService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: EventRegistry,
    private readonly wake: WakeService,
  ) {}

  /** @throws DomainEventInputError when the range or the handler cannot be replayed, or outside the default channel */
  async estimate(ctx: RequestContext, range: ReplayRange): Promise<ReplayEstimate> {
    requireDefaultChannel(ctx);
    const { text, values } = this.matching(range);
    const { manager } = this.connection.getRepository(ctx, DomainEvent);
    // Counted no further than needed to say that it is too much.
    const rows = await manager.query<Array<Omit<ReplayEstimate, 'limit'>>>(
      `SELECT count(*)::int AS "events", count(*) FILTER (WHERE m."state" = 'done')::int AS "again",
              count(*) FILTER (WHERE m."state" IS NULL OR m."state" = 'discarded')::int AS "first"
         FROM (${text} LIMIT ${MAX_REPLAY_EVENTS + 1}) m`,
      values,
    );
    return { events: 0, again: 0, first: 0, ...rows[0], limit: MAX_REPLAY_EVENTS };
  }

  /**
   * Replays in the order of the events. A delivery that is not finished is left as it is; a dead letter too (it is
   * for `retry`). Runs in the caller's transaction.
   *
   * @throws DomainEventInputError also when it would be more than the limit: nothing is replayed then
   */
  async replay(ctx: RequestContext, range: ReplayRange): Promise<ReplayEstimate> {
    const estimate = await this.estimate(ctx, range);
    if (estimate.events > MAX_REPLAY_EVENTS)
      throw new DomainEventInputError(
        'REPLAY_TOO_LARGE',
        `More than ${MAX_REPLAY_EVENTS} events match. Choose a shorter time; nothing was replayed.`,
      );
    const { text, values } = this.matching(range);
    const { manager } = this.connection.getRepository(ctx, DomainEvent);
    const user = ctx.activeUserId === undefined ? null : String(ctx.activeUserId);
    // Rows first, as waiting; then the locks, and what may run. A delivery that ends meanwhile lets nothing of these
    // run before the commit, because it does not see them.
    const rows = await manager.query<Array<{ ids: string[] | null }>>(
      `WITH replayed AS (
         INSERT INTO domain_event_delivery AS d
                ("sequence", "handler", "eventType", "aggregateType", "aggregateId", "state", "changedBy", "changedAt")
         SELECT m."id", $1, m."eventType", m."aggregateType", m."aggregateId", 'waiting', $${values.length + 1}, now()
           FROM (${text}) m ORDER BY m."id"
         ON CONFLICT ("sequence", "handler") DO UPDATE
            SET "state" = 'waiting', "attempts" = 0, "crashes" = 0, "finishedAt" = NULL, "lastError" = NULL,
                "reason" = NULL, "changedBy" = excluded."changedBy", "changedAt" = now()
          WHERE d."state" IN ('done', 'discarded')
         RETURNING d."id"
       ) SELECT array_agg("id") AS "ids" FROM replayed`,
      [...values, user],
    );
    const ids = rows[0]?.ids ?? [];
    await manager.query('SELECT domain_event_lock($1::bigint[])', [ids]);
    await manager.query('SELECT domain_event_promote($1::bigint[])', [ids]);
    if (manager.queryRunner !== undefined) this.wake.afterCommit(manager.queryRunner);
    return estimate;
  }

  /** The events of the range, each with the state of its delivery to the handler, if it has one. `$1` is the handler. */
  private matching(range: ReplayRange): { text: string; values: unknown[] } {
    const handler = this.handlerOf(range);
    const wanted = handler.events.map(event => event.type);
    const types = range.eventTypes ?? wanted;
    const foreign = types.filter(type => !wanted.includes(type));
    if (foreign.length > 0)
      throw new DomainEventInputError(
        'NOT_SUBSCRIBED',
        `${handler.name} does not want ${foreign.join(', ')}. It wants ${wanted.join(', ')}.`,
      );
    const from = new Date(range.from);
    const to = new Date(range.to);
    if (!(from < to))
      throw new DomainEventInputError('WRONG_RANGE', 'The time in "from" must be before the one in "to".');
    if ((range.aggregateType ?? null) === null && (range.aggregateId ?? null) !== null)
      throw new DomainEventInputError('WRONG_RANGE', 'An aggregateId needs its aggregateType.');
    return {
      text: `SELECT e."id", e."eventType", e."aggregateType", e."aggregateId", x."state"
               FROM domain_event e
               LEFT JOIN domain_event_delivery x ON x."sequence" = e."id" AND x."handler" = $1
              WHERE e."eventType" = ANY ($2::text[]) AND e."timestamp" >= $3 AND e."timestamp" < $4
                AND ($5::text IS NULL OR e."aggregateType" = $5) AND ($6::text IS NULL OR e."aggregateId" = $6)`,
      values: [handler.name, types, from, to, range.aggregateType ?? null, range.aggregateId ?? null],
    };
  }

  private handlerOf(range: ReplayRange): ResolvedHandler {
    const handler = this.registry.findHandler(range.handler);
    if (handler === undefined)
      throw new DomainEventInputError('HANDLER_NOT_FOUND', `There is no handler ${range.handler}.`);
    if (handler.kind === 'effect')
      throw new DomainEventInputError(
        'EFFECT_HANDLER',
        `${range.handler} acts outside the shop. Its effects are not repeated; retry its dead letters instead.`,
      );
    return handler;
  }
}
