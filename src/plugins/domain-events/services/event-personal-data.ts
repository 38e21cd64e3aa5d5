import { Injectable } from '@nestjs/common';
import { type RequestContext, TransactionalConnection } from '@vendure/core';
import { type FindOptionsWhere, In } from 'typeorm';
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

const CONCERNS = 'domain_event.customerId';
const CAUSED = 'domain_event.userId';
const RETENTION = 'Deleted with the event, as the retention time of domain events says.';

/**
 * The personal data in stored events: that an event concerns a customer or was caused by their login, and what the
 * definitions declare as such. Erasing puts null in the place of the latter. Ids stay, so that the history still adds
 * up; once the customer and the login are erased they lead to nobody.
 */
@Injectable()
export class EventPersonalData implements PersonalDataContributor {
  readonly name = 'domain-events';

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: EventRegistry,
  ) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: CONCERNS,
        category: 'behaviour',
        purpose:
          'What happened to your orders, payments and account, from which the parts of the shop do their work.',
        retention: RETENTION,
        onErasure: 'anonymized',
      },
      {
        field: CAUSED,
        category: 'technical',
        purpose: 'That you were signed in when something happened in the shop.',
        retention: RETENTION,
        onErasure: 'anonymized',
      },
      ...this.definitions().flatMap(definition =>
        definition.personalData.map(path => ({
          field: fieldOf(definition.type, path),
          category: 'behaviour' as const,
          purpose: 'The record of what happened in the shop, from which its parts do their work.',
          retention: RETENTION,
          onErasure: 'erased' as const,
        })),
      ),
    ];
  }

  async export(ctx: RequestContext, subject: DataSubject): Promise<readonly ExportedRecord[]> {
    const records: ExportedRecord[] = [];
    for await (const event of this.eventsOf(ctx, { customerId: subject.customerId })) {
      const { eventType, aggregateType, aggregateId, timestamp, eventData } = event;
      // What is personal in the data is a record of its own: it is erased, and this is not.
      const data = erasePaths(eventData, this.pathsOf(event));
      const value = { eventType, aggregateType, aggregateId, timestamp, data };
      records.push({ field: CONCERNS, source: event.eventId, value });
      for (const [path, values] of Object.entries(pickPaths(event.eventData, this.pathsOf(event)))) {
        for (const value of values)
          records.push({ field: fieldOf(event.eventType, path), source: event.eventId, value });
      }
    }
    if (subject.userId == null) return records;
    for await (const event of this.eventsOf(ctx, { userId: subject.userId })) {
      const { eventType, aggregateType, aggregateId, timestamp } = event;
      const value = { eventType, aggregateType, aggregateId, timestamp };
      records.push({ field: CAUSED, source: event.eventId, value });
    }
    return records;
  }

  async erase(ctx: RequestContext, subject: DataSubject): Promise<ErasureReport> {
    const repository = this.connection.getRepository(ctx, DomainEvent);
    let changed = 0;
    const eventType = In(this.definitions().map(({ type }) => type));
    for await (const event of this.eventsOf(ctx, { customerId: subject.customerId, eventType })) {
      const paths = this.pathsOf(event);
      if (Object.keys(pickPaths(event.eventData, paths)).length === 0) continue;
      await repository.update({ id: event.id }, { eventData: erasePaths(event.eventData, paths) as never });
      changed += 1;
    }
    return { changed };
  }

  /** In batches: a customer may have many. */
  private async *eventsOf(
    ctx: RequestContext,
    where: FindOptionsWhere<DomainEvent>,
  ): AsyncGenerator<DomainEvent> {
    let after = 0;
    for (;;) {
      const events = await this.connection
        .getRepository(ctx, DomainEvent)
        .createQueryBuilder('event')
        .where(where)
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
