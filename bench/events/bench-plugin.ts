import { type OnModuleInit } from '@nestjs/common';
import { PluginCommonModule, VendurePlugin } from '@vendure/core';
import { z } from 'zod';
import { DomainEventsPlugin, EventRegistry, defineEvent } from '../../src/plugins/domain-events';

export const HANDLER = 'bench.ignore';

/** What the benchmark publishes: about the size of a real event. */
export const Benched = defineEvent({
  type: 'Benched',
  aggregateType: 'Bench',
  schemaVersion: 1,
  schema: z.object({ orderId: z.string(), amount: z.number().int(), currencyCode: z.string() }),
});

/** One event, and one handler that does nothing. */
@VendurePlugin({ imports: [PluginCommonModule, DomainEventsPlugin] })
export class EventsBenchPlugin implements OnModuleInit {
  static batchSize = 10;

  constructor(private readonly registry: EventRegistry) {}

  onModuleInit(): void {
    this.registry.registerEvents(Benched);
    this.registry.registerHandlers({
      name: HANDLER,
      kind: 'database',
      events: [Benched],
      batchSize: EventsBenchPlugin.batchSize,
      handle: () => Promise.resolve(),
    });
  }
}
