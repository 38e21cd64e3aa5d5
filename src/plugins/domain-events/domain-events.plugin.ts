import { Inject, type OnApplicationBootstrap, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { PluginCommonModule, ProcessContext, type Type, VendurePlugin } from '@vendure/core';
import { PersonalDataRegistry, PrivacyPlugin } from '../privacy';
import { adminApiExtensions } from './api/api-extensions';
import {
  DomainEventDeliveryEntityResolver,
  DomainEventEntityResolver,
  DomainEventsAdminResolver,
} from './api/domain-events-admin.resolver';
import { DOMAIN_EVENTS_PLUGIN_OPTIONS, domainEventsPermission } from './constants';
import { DomainEvent } from './entities/domain-event.entity';
import { DomainEventAggregate } from './entities/domain-event-aggregate.entity';
import { DomainEventDelivery } from './entities/domain-event-delivery.entity';
import { DomainEventHandlerRecord } from './entities/domain-event-handler.entity';
import { DomainEventIntake } from './entities/domain-event-intake.entity';
import { DomainEventWorker } from './entities/domain-event-worker.entity';
import { CORE_EVENTS } from './events/core-events';
import { retentionTask } from './jobs/retention.task';
import { resolveOptions } from './rules/options';
import { ChannelContextService } from './services/channel-context.service';
import { Clock } from './services/clock';
import { CoreCaptureService } from './services/core-capture.service';
import { DeadLetterService } from './services/dead-letter.service';
import { DeliveryRunner } from './services/delivery-runner';
import { DeliveryStore } from './services/delivery-store';
import { DomainEventActionsService } from './services/domain-event-actions.service';
import { DomainEventQueryService } from './services/domain-event-query.service';
import { EffectQueueService } from './services/effect-queue.service';
import { EventPersonalData } from './services/event-personal-data';
import { EventRegistry } from './services/event-registry';
import { HandlerContextService } from './services/handler-context.service';
import { HandlerTransaction } from './services/handler-transaction';
import { DomainEventMetrics } from './services/metrics.service';
import { OutboxService } from './services/outbox.service';
import { RelayService } from './services/relay.service';
import { ReplayService } from './services/replay.service';
import { RetentionService } from './services/retention.service';
import { RunningDeliveries } from './services/running-deliveries';
import { WakeService } from './services/wake.service';
import { WorkerSession } from './services/worker-session';
import type { DomainEventsPluginOptions, ResolvedOptions } from './types';

/**
 * Durable domain events: an outbox that is written in the transaction of the change, and deliveries that survive
 * crashes. Other plugins import it for `OutboxService` (publish) and `EventRegistry` (declare events, register
 * handlers in `onModuleInit`).
 *
 * @example
 * ```ts
 * DomainEventsPlugin.init({ retentionDays: 90 })
 * ```
 */
@VendurePlugin({
  imports: [PluginCommonModule, PrivacyPlugin],
  compatibility: '^3.7.0',
  entities: [
    DomainEvent,
    DomainEventAggregate,
    DomainEventDelivery,
    DomainEventHandlerRecord,
    DomainEventIntake,
    DomainEventWorker,
  ],
  providers: [
    { provide: DOMAIN_EVENTS_PLUGIN_OPTIONS, useFactory: () => DomainEventsPlugin.options },
    Clock,
    CoreCaptureService,
    DeadLetterService,
    DeliveryRunner,
    DeliveryStore,
    ChannelContextService,
    DomainEventActionsService,
    DomainEventMetrics,
    DomainEventQueryService,
    EffectQueueService,
    EventPersonalData,
    EventRegistry,
    HandlerContextService,
    HandlerTransaction,
    OutboxService,
    RelayService,
    ReplayService,
    RetentionService,
    RunningDeliveries,
    WakeService,
    WorkerSession,
  ],
  exports: [
    ChannelContextService,
    DeadLetterService,
    DomainEventMetrics,
    EventPersonalData,
    EventRegistry,
    OutboxService,
  ],
  adminApiExtensions: {
    schema: adminApiExtensions,
    resolvers: [DomainEventsAdminResolver, DomainEventEntityResolver, DomainEventDeliveryEntityResolver],
  },
  configuration: config => {
    config.authOptions.customPermissions.push(domainEventsPermission);
    config.schedulerOptions.tasks = [...(config.schedulerOptions.tasks ?? []), retentionTask];
    return config;
  },
})
export class DomainEventsPlugin implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  /** @internal */
  static options: ResolvedOptions = resolveOptions({});

  static init(options: DomainEventsPluginOptions = {}): Type<DomainEventsPlugin> {
    this.options = resolveOptions(options);
    return DomainEventsPlugin;
  }

  private relayRuns = false;

  constructor(
    private readonly processContext: ProcessContext,
    private readonly registry: EventRegistry,
    private readonly store: DeliveryStore,
    private readonly effects: EffectQueueService,
    private readonly relay: RelayService,
    private readonly session: WorkerSession,
    private readonly capture: CoreCaptureService,
    private readonly personalData: EventPersonalData,
    private readonly personalDataRegistry: PersonalDataRegistry,
    @Inject(DOMAIN_EVENTS_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  onModuleInit(): void {
    this.registry.registerEvents(...CORE_EVENTS);
    if (this.options.captureCoreEvents) this.capture.start();
  }

  async onApplicationBootstrap(): Promise<void> {
    this.registry.close();
    // Not before: what it classifies is what all plugins have declared.
    this.personalDataRegistry.register(this.personalData);
    await this.store.registerHandlers(this.registry.handlers());
    await this.effects.createQueues();
    if (this.options.relay && this.processContext.isWorker) {
      this.relayRuns = true;
      this.relay.start();
    }
  }

  async onModuleDestroy(): Promise<void> {
    if (this.relayRuns) await this.relay.stop();
    else await this.session.stop();
  }
}
