export { DomainEventsPlugin } from './domain-events.plugin';
export { defineEvent, type EventDefinitionInput } from './events/define-event';
export * from './events/core-events';
export { EventPersonalData } from './services/event-personal-data';
export { EventRegistry } from './services/event-registry';
export { DomainEventMetrics } from './services/metrics.service';
export { OutboxService, type PublishOptions } from './services/outbox.service';
export * from './errors';
export type * from './types';
