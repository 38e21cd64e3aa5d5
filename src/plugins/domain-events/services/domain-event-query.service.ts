import { Injectable } from '@nestjs/common';
import {
  EntityNotFoundError,
  type ID,
  ListQueryBuilder,
  type ListQueryOptions,
  type PaginatedList,
  type RequestContext,
  TransactionalConnection,
  type Type,
  type VendureEntity,
} from '@vendure/core';
import { In } from 'typeorm';
import { DomainEvent } from '../entities/domain-event.entity';
import { DomainEventDelivery } from '../entities/domain-event-delivery.entity';
import { DomainEventHandlerRecord } from '../entities/domain-event-handler.entity';
import { channelScope, requireDefaultChannel } from '../rules/channel-scope';
import type { DeliveryState } from '../types';
import { EventRegistry } from './event-registry';
import { DomainEventMetrics } from './metrics.service';

export interface HandlerOverview extends Omit<DomainEventHandlerRecord, 'registeredAt' | 'seenAt'> {
  registered: boolean;
  backlog: number;
  lagSeconds: number;
  deadLetters: number;
}

export interface EventTypeOverview {
  name: string;
  aggregateType: string;
}

/** What staff browse: the events of their channel, in the default channel all. Reads only. */
@Injectable()
export class DomainEventQueryService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lists: ListQueryBuilder,
    private readonly registry: EventRegistry,
    private readonly metrics: DomainEventMetrics,
  ) {}

  events(ctx: RequestContext, options: ListQueryOptions<never> = {}): Promise<PaginatedList<DomainEvent>> {
    return this.list(ctx, DomainEvent, options, ofChannel(ctx));
  }

  /** @param state only deliveries in this state, whatever the filter says */
  deliveries(
    ctx: RequestContext,
    options: ListQueryOptions<never> = {},
    state?: DeliveryState,
  ): Promise<PaginatedList<DomainEventDelivery>> {
    return this.list(ctx, DomainEventDelivery, options, {
      ...deliveriesOfChannel(ctx),
      ...(state === undefined ? {} : { state }),
    });
  }

  async event(ctx: RequestContext, id: ID): Promise<DomainEvent | undefined> {
    const repository = this.connection.getRepository(ctx, DomainEvent);
    return (await repository.findOne({ where: { id: Number(id), ...ofChannel(ctx) } })) ?? undefined;
  }

  /** Of these deliveries those that staff may see, in the order of their events. */
  deliveriesWith(ctx: RequestContext, ids: readonly ID[]): Promise<DomainEventDelivery[]> {
    return this.connection.getRepository(ctx, DomainEventDelivery).find({
      where: { id: In(ids.map(Number)), ...deliveriesOfChannel(ctx) },
      order: { sequence: 'ASC' },
    });
  }

  async eventOf(ctx: RequestContext, delivery: DomainEventDelivery): Promise<DomainEvent> {
    const event = await this.event(ctx, delivery.sequence);
    if (event === undefined) throw new EntityNotFoundError('DomainEvent', delivery.sequence);
    return event;
  }

  deliveriesOf(ctx: RequestContext, event: DomainEvent): Promise<DomainEventDelivery[]> {
    return this.connection
      .getRepository(ctx, DomainEventDelivery)
      .find({ where: { sequence: Number(event.id) }, order: { handler: 'ASC' } });
  }

  /** @throws DomainEventInputError outside the default channel: the figures are those of all channels */
  async handlers(ctx: RequestContext): Promise<HandlerOverview[]> {
    requireDefaultChannel(ctx);
    const records = await this.connection.rawConnection
      .getRepository(DomainEventHandlerRecord)
      .find({ order: { name: 'ASC' } });
    const metrics = new Map((await this.metrics.snapshot()).map(item => [item.handler, item]));
    return records.map(record => ({
      ...record,
      registered: this.registry.findHandler(record.name) !== undefined,
      backlog: metrics.get(record.name)?.backlog ?? 0,
      lagSeconds: metrics.get(record.name)?.oldestUndeliveredSeconds ?? 0,
      deadLetters: metrics.get(record.name)?.deadLetters ?? 0,
    }));
  }

  eventTypes(): EventTypeOverview[] {
    return this.registry
      .eventTypes()
      .map(({ type, aggregateType }) => ({ name: type, aggregateType }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  private async list<T extends object>(
    ctx: RequestContext,
    entity: Type<T>,
    options: ListQueryOptions<never>,
    where: object = {},
  ): Promise<PaginatedList<T>> {
    // The builder lets its own order win over the caller's, so it must not get one then.
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    // These rows have ids of their own kind, so they are no VendureEntity to the compiler.
    const [items, totalItems] = await this.lists
      .build(entity as unknown as Type<VendureEntity>, options, {
        ctx,
        where,
        ...(sorted ? {} : { orderBy: { id: 'DESC' } }),
      })
      .getManyAndCount();
    return { items: items as unknown as T[], totalItems };
  }
}

function ofChannel(ctx: RequestContext): { channelId?: string } {
  const channelId = channelScope(ctx);
  return channelId === undefined ? {} : { channelId };
}

function deliveriesOfChannel(ctx: RequestContext): { event?: { channelId?: string } } {
  const where = ofChannel(ctx);
  return where.channelId === undefined ? {} : { event: where };
}
