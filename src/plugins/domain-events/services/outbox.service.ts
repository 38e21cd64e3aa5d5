import { Injectable } from '@nestjs/common';
import { type RequestContext, TransactionalConnection } from '@vendure/core';
import type { EntityManager } from 'typeorm';
import { MAX_EVENT_BYTES } from '../constants';
import { DomainEventIntake } from '../entities/domain-event-intake.entity';
import { InvalidEventError, NoTransactionError } from '../errors';
import { UUID_RANDOM_BYTES, uuidV7 } from '../rules/uuid-v7';
import type { NewDomainEvent } from '../types';
import { Clock } from './clock';
import { EventRegistry } from './event-registry';
import { WakeService } from './wake.service';

export interface PublishOptions {
  /**
   * Publish in a transaction of its own when the context has none. For facts that are not written with anything
   * else; a crash between the change and this loses the event.
   */
  ownTransaction?: boolean;
  /** The channel that it is about, for work that goes over all channels. The context's without it. */
  channelId?: string;
}

interface IntakeRow {
  eventId: string;
  eventType: string;
  aggregateType: string;
  aggregateId: string;
  schemaVersion: number;
  eventData: unknown;
  timestamp: string;
  channelId: string | null;
  userId: string | null;
  customerId: string | null;
}

/**
 * The statement that publishes facts. Also for the `WITH` of another one, see `publishBy`.
 *
 * @param facts the parameter
 * @param also what else each fact is joined to: it is published once for each row of it
 * @param data the fact's data, where the joined rows add to it
 */
export function intakeSql(facts: string, also = '', data = 'r."eventData"'): string {
  return `INSERT INTO domain_event_intake ("transactionId", "eventId", "eventType", "aggregateType", "aggregateId",
                                      "schemaVersion", "eventData", "timestamp", "channelId", "userId", "customerId")
     SELECT (pg_current_xact_id()::text)::bigint, r."eventId", r."eventType", r."aggregateType", r."aggregateId",
            r."schemaVersion", ${data}, r."timestamp", r."channelId", r."userId", r."customerId"
       FROM jsonb_to_recordset(${facts}::jsonb)
         AS r("eventId" uuid, "eventType" text, "aggregateType" text, "aggregateId" text, "schemaVersion" int,
              "eventData" jsonb, "timestamp" timestamptz, "channelId" text, "userId" text, "customerId" text) ${also}`;
}

/** The one door into the outbox. */
@Injectable()
export class OutboxService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly registry: EventRegistry,
    private readonly wake: WakeService,
    private readonly clock: Clock,
  ) {}

  /**
   * Publishes a fact in the caller's transaction: it is delivered if and only if that commits.
   *
   * @returns the event's id
   * @throws NoTransactionError without a transaction; UnknownEventTypeError; InvalidEventError when the data does
   * not fit the schema
   */
  async publish(ctx: RequestContext, event: NewDomainEvent, options: PublishOptions = {}): Promise<string> {
    const [eventId] = await this.publishAll(ctx, [event], options);
    return eventId as string;
  }

  /** Whether what is published with this context belongs to a transaction that is still open. */
  inTransaction(ctx: RequestContext): boolean {
    const { manager } = this.connection.getRepository(ctx, DomainEventIntake);
    return manager.queryRunner?.isTransactionActive === true;
  }

  /** Publishes several facts in their order, by one statement. */
  async publishAll(
    ctx: RequestContext,
    events: readonly NewDomainEvent[],
    options: PublishOptions = {},
  ): Promise<string[]> {
    if (events.length === 0) return [];
    const rows = events.map(event => this.toRow(ctx, event, options.channelId));
    const manager = this.connection.getRepository(ctx, DomainEventIntake).manager;
    const runner = manager.queryRunner;
    if (runner?.isTransactionActive === true) {
      await insert(manager, rows);
      this.wake.afterCommit(runner);
    } else if (options.ownTransaction === true) {
      // One statement is a transaction: the work at the commit is part of it.
      await insert(this.connection.rawConnection.manager, rows);
      this.wake.soon();
    } else {
      throw new NoTransactionError(rows[0]?.eventType ?? '');
    }
    return rows.map(row => row.eventId);
  }

  /**
   * Publishes facts by a statement of the caller's that writes what they tell as well. One statement is a transaction:
   * it is both or nothing, without the round trips of a longer one. For what is written at every checkout.
   *
   * @param run is given the facts for the parameter that `intakeSql` names. Never inside a transaction
   */
  async publishBy<T>(
    ctx: RequestContext,
    events: readonly NewDomainEvent[],
    run: (facts: string) => Promise<T>,
  ): Promise<T> {
    const done = await run(JSON.stringify(events.map(event => this.toRow(ctx, event))));
    this.wake.soon();
    return done;
  }

  private toRow(ctx: RequestContext, event: NewDomainEvent, channelId?: string): IntakeRow {
    const definition = this.registry.event(event.eventType);
    const problems: string[] = [];
    if (event.aggregateType !== definition.aggregateType)
      problems.push(`its aggregate is ${definition.aggregateType}, not ${event.aggregateType}`);
    if (event.aggregateId === '' || event.aggregateId.length > 100)
      problems.push('its aggregate id must have 1 to 100 characters');
    const parsed = definition.schema.safeParse(event.eventData);
    if (!parsed.success)
      problems.push(
        ...parsed.error.issues.map(
          issue => `${issue.path.map(String).join('.') || 'data'}: ${issue.message}`,
        ),
      );
    else if (Buffer.byteLength(JSON.stringify(parsed.data)) > MAX_EVENT_BYTES)
      problems.push(`its data is larger than ${MAX_EVENT_BYTES} bytes`);
    if (!parsed.success || problems.length > 0) throw new InvalidEventError(event.eventType, problems);
    const now = this.clock.now();
    return {
      eventId: uuidV7(now, this.clock.randomBytes(UUID_RANDOM_BYTES)),
      eventType: definition.type,
      aggregateType: definition.aggregateType,
      aggregateId: event.aggregateId,
      schemaVersion: definition.schemaVersion,
      eventData: parsed.data,
      timestamp: new Date(now).toISOString(),
      channelId: channelId ?? String(ctx.channelId),
      userId: ctx.activeUserId === undefined ? null : String(ctx.activeUserId),
      customerId: definition.customerId?.(parsed.data) ?? null,
    };
  }
}

async function insert(manager: EntityManager, rows: readonly IntakeRow[]): Promise<void> {
  await manager.query(intakeSql('$1'), [JSON.stringify(rows)]);
}
