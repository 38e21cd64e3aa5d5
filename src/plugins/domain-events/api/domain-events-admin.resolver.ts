import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  RequestContext,
  Transaction,
} from '@vendure/core';
import { domainEventsPermission } from '../constants';
import type { DomainEvent } from '../entities/domain-event.entity';
import type { DomainEventDelivery } from '../entities/domain-event-delivery.entity';
import {
  type DeliveryChange,
  DomainEventActionsService,
  type DryRun,
} from '../services/domain-event-actions.service';
import {
  DomainEventQueryService,
  type EventTypeOverview,
  type HandlerOverview,
} from '../services/domain-event-query.service';
import { ReplayService } from '../services/replay.service';
import type { ReplayEstimate, ReplayRange } from '../types';

@Resolver()
export class DomainEventsAdminResolver {
  constructor(
    private readonly queries: DomainEventQueryService,
    private readonly actions: DomainEventActionsService,
    private readonly replays: ReplayService,
  ) {}

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEvents(
    @Ctx() ctx: RequestContext,
    @Args() args: { options?: ListQueryOptions<DomainEvent & { updatedAt: Date; createdAt: Date }> },
  ): Promise<PaginatedList<DomainEvent>> {
    return this.queries.events(ctx, args.options);
  }

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEvent(@Ctx() ctx: RequestContext, @Args() args: { id: ID }): Promise<DomainEvent | undefined> {
    return this.queries.event(ctx, args.id);
  }

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEventDeliveries(
    @Ctx() ctx: RequestContext,
    @Args() args: { options?: ListQueryOptions<DomainEventDelivery & { updatedAt: Date; createdAt: Date }> },
  ): Promise<PaginatedList<DomainEventDelivery>> {
    return this.queries.deliveries(ctx, args.options);
  }

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEventDeadLetters(
    @Ctx() ctx: RequestContext,
    @Args() args: { options?: ListQueryOptions<DomainEventDelivery & { updatedAt: Date; createdAt: Date }> },
  ): Promise<PaginatedList<DomainEventDelivery>> {
    return this.queries.deliveries(ctx, args.options, 'dead');
  }

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEventHandlers(@Ctx() ctx: RequestContext): Promise<HandlerOverview[]> {
    return this.queries.handlers(ctx);
  }

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEventTypes(): EventTypeOverview[] {
    return this.queries.eventTypes();
  }

  @Query()
  @Allow(domainEventsPermission.Update)
  dryRunDomainEvents(
    @Ctx() ctx: RequestContext,
    @Args() args: { deliveryIds: ID[]; rehearse?: boolean | null },
  ): Promise<DryRun[]> {
    return this.actions.dryRun(ctx, args.deliveryIds, args.rehearse === true);
  }

  @Query()
  @Allow(domainEventsPermission.Read)
  domainEventReplayEstimate(
    @Ctx() ctx: RequestContext,
    @Args() args: { input: ReplayRange },
  ): Promise<ReplayEstimate> {
    return this.replays.estimate(ctx, args.input);
  }

  @Mutation()
  @Transaction()
  @Allow(domainEventsPermission.Update)
  retryDomainEventDeliveries(
    @Ctx() ctx: RequestContext,
    @Args() args: { ids: ID[] },
  ): Promise<DeliveryChange> {
    return this.actions.retry(ctx, args.ids);
  }

  @Mutation()
  @Transaction()
  @Allow(domainEventsPermission.Update)
  discardDomainEventDeliveries(
    @Ctx() ctx: RequestContext,
    @Args() args: { ids: ID[]; reason: string },
  ): Promise<DeliveryChange> {
    return this.actions.discard(ctx, args.ids, args.reason);
  }

  @Mutation()
  @Transaction()
  @Allow(domainEventsPermission.Update)
  replayDomainEvents(
    @Ctx() ctx: RequestContext,
    @Args() args: { input: ReplayRange },
  ): Promise<ReplayEstimate> {
    return this.replays.replay(ctx, args.input);
  }

  @Mutation()
  @Transaction()
  @Allow(domainEventsPermission.Update)
  retireDomainEventHandler(
    @Ctx() ctx: RequestContext,
    @Args() args: { name: string; reason: string },
  ): Promise<HandlerOverview> {
    return this.actions.retire(ctx, args.name, args.reason);
  }
}

@Resolver('DomainEvent')
export class DomainEventEntityResolver {
  constructor(private readonly queries: DomainEventQueryService) {}

  @ResolveField()
  deliveries(@Ctx() ctx: RequestContext, @Parent() event: DomainEvent): Promise<DomainEventDelivery[]> {
    return this.queries.deliveriesOf(ctx, event);
  }
}

@Resolver('DomainEventDelivery')
export class DomainEventDeliveryEntityResolver {
  constructor(private readonly queries: DomainEventQueryService) {}

  @ResolveField()
  event(@Ctx() ctx: RequestContext, @Parent() delivery: DomainEventDelivery): Promise<DomainEvent> {
    return this.queries.eventOf(ctx, delivery);
  }
}
