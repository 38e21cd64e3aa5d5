import { Injectable } from '@nestjs/common';
import { type RequestContext, TransactionalConnection } from '@vendure/core';
import { DomainEventDelivery } from '../entities/domain-event-delivery.entity';
import type { EventData } from '../types';
import { DomainEventActionsService } from './domain-event-actions.service';

/** Which events: those of one aggregate and type whose data contains this. */
export interface EventMatch {
  aggregateType: string;
  aggregateId: string;
  eventType: string;
  data: EventData;
}

/** For plugins that see to their own failures: what they have settled must not stay in the dead letter queue. */
@Injectable()
export class DeadLetterService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly actions: DomainEventActionsService,
  ) {}

  /** Whether any delivery of these events may still run. */
  async isUnderWay(ctx: RequestContext, match: EventMatch): Promise<boolean> {
    const { manager } = this.connection.getRepository(ctx, DomainEventDelivery);
    const open: unknown[] = await manager.query(
      `SELECT 1 FROM domain_event_delivery d JOIN domain_event e ON e."id" = d."sequence"
        WHERE d."aggregateType" = $1 AND d."aggregateId" = $2 AND d."eventType" = $3
          AND e."eventData" @> $4::jsonb AND d."state" IN ('waiting', 'ready', 'queued', 'running')
        LIMIT 1`,
      [match.aggregateType, match.aggregateId, match.eventType, JSON.stringify(match.data)],
    );
    return open.length > 0;
  }

  /** Discards the dead letters of these events, for a reason that is kept. In the caller's transaction. Gives how many. */
  async discardOf(ctx: RequestContext, match: EventMatch, reason: string): Promise<number> {
    const { manager } = this.connection.getRepository(ctx, DomainEventDelivery);
    const dead: { id: string }[] = await manager.query(
      `SELECT d."id" FROM domain_event_delivery d JOIN domain_event e ON e."id" = d."sequence"
        WHERE d."aggregateType" = $1 AND d."aggregateId" = $2 AND d."eventType" = $3
          AND e."eventData" @> $4::jsonb AND d."state" = 'dead'
        ORDER BY d."id" LIMIT 100`,
      [match.aggregateType, match.aggregateId, match.eventType, JSON.stringify(match.data)],
    );
    if (dead.length === 0) return 0;
    const { changed } = await this.actions.discardSettled(
      ctx,
      dead.map(({ id }) => id),
      reason,
    );
    return changed.length;
  }
}
