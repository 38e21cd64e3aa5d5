import { Injectable } from '@nestjs/common';
import { type RequestContext, TransactionalConnection } from '@vendure/core';
import { In } from 'typeorm';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../privacy';
import { DomainEvent } from '../entities/domain-event.entity';
import { erasePaths, pickPaths } from '../rules/personal-paths';
import { EventRegistry } from './event-registry';

const BATCH = 500;

/**
 * The personal data in stored events: what the definitions declare as such, found by the customer whom an event
 * concerns. Erasing puts null in its place; ids stay, so that the history still adds up.
 */
@Injectable()
export class EventPersonalData implements PersonalDataContributor {
  readonly name = 'domain-events';

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: EventRegistry,
  ) {}

  classify(): readonly DataClass[] {
    return this.definitions().flatMap(definition =>
      definition.personalData.map(path => ({
        field: fieldOf(definition.type, path),
        category: 'behaviour' as const,
        purpose: 'The record of what happened in the shop, from which its parts do their work.',
        retention: 'Deleted with the event, as the retention time of domain events says.',
        onErasure: 'erased' as const,
      })),
    );
  }

  async export(ctx: RequestContext, subject: DataSubject): Promise<readonly ExportedRecord[]> {
    const records: ExportedRecord[] = [];
    for await (const event of this.eventsOf(ctx, subject)) {
      for (const [path, values] of Object.entries(pickPaths(event.eventData, this.pathsOf(event)))) {
        for (const value of values)
          records.push({ field: fieldOf(event.eventType, path), source: event.eventId, value });
      }
    }
    return records;
  }

  async erase(ctx: RequestContext, subject: DataSubject): Promise<ErasureReport> {
    const repository = this.connection.getRepository(ctx, DomainEvent);
    let changed = 0;
    for await (const event of this.eventsOf(ctx, subject)) {
      const paths = this.pathsOf(event);
      if (Object.keys(pickPaths(event.eventData, paths)).length === 0) continue;
      await repository.update({ id: event.id }, { eventData: erasePaths(event.eventData, paths) as never });
      changed += 1;
    }
    return { changed };
  }

  /** The subject's events that can hold personal data, in batches: a customer may have many. */
  private async *eventsOf(ctx: RequestContext, subject: DataSubject): AsyncGenerator<DomainEvent> {
    const types = this.definitions().map(definition => definition.type);
    if (types.length === 0) return;
    let after = 0;
    for (;;) {
      const events = await this.connection
        .getRepository(ctx, DomainEvent)
        .createQueryBuilder('event')
        .where({ customerId: subject.customerId, eventType: In(types) })
        .andWhere('event.id > :after', { after })
        .orderBy('event.id')
        .limit(BATCH)
        .getMany();
      yield* events;
      const last = events.at(-1);
      if (last === undefined || events.length < BATCH) return;
      after = Number(last.id);
    }
  }

  private definitions() {
    return this.registry.eventTypes().filter(definition => definition.personalData.length > 0);
  }

  private pathsOf(event: DomainEvent): readonly string[] {
    return this.registry.findEvent(event.eventType)?.personalData ?? [];
  }
}

function fieldOf(eventType: string, path: string): string {
  return `domain_event.eventData ${eventType}.${path}`;
}
