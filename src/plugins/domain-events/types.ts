import type { RequestContext } from '@vendure/core';
import type { z } from 'zod';

/** A value that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

export type EventData = Record<string, unknown>;

/** What a publisher hands over: which fact, about which thing. */
export interface NewDomainEvent<Data extends EventData = EventData> {
  eventType: string;
  aggregateType: string;
  aggregateId: string;
  eventData: Data;
}

/** A published event, as handlers get it. The first seven fields are the contract; they never change. */
export interface DomainEventMessage<Data extends EventData = EventData> extends NewDomainEvent<Data> {
  /** UUIDv7. */
  eventId: string;
  /** When it was published, by the publisher's clock. */
  timestamp: Date;
  /** 1 for the first event of this aggregate, then rising by one, in the order of the commits. */
  version: number;
  /** Which shape `eventData` has, as the definition said when it was published. */
  schemaVersion: number;
  /** Position among all events: rising in the order of the commits of one aggregate, with gaps. */
  sequence: number;
  /** The channel it happened in. */
  channelId: string | null;
  /** The user who caused it (staff or customer), if one was signed in. */
  userId: string | null;
}

/** Declares an event type: see `defineEvent`. */
export interface DomainEventDefinition<Data extends EventData = EventData> {
  /** Past tense, such as `OrderPlaced`. Unique in the shop. */
  readonly type: string;
  /** What it is about, such as `Order`. Events of one aggregate reach a handler in order. */
  readonly aggregateType: string;
  /** Raised when the shape of the data changes in a way that a handler must know. */
  readonly schemaVersion: number;
  /** Checks the data at `publish`; keys that it does not name are dropped. */
  readonly schema: z.ZodType<Data>;
  /** Dotted paths in the data that hold personal data (`*` for every item of a list). They are erased with the customer. */
  readonly personalData: readonly string[];
  /** The id of the customer whom the data is about, if any: how it is found when they ask for it. */
  readonly customerId?: ((data: Data) => string | null | undefined) | undefined;
  /** The event for one aggregate, ready for `publish`. */
  of(aggregateId: string | number, data: Data): NewDomainEvent<Data>;
}

/** `any` is the union of all definitions here: a definition is contravariant in its data. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type AnyEventDefinition = DomainEventDefinition<any>;

export interface RetryPolicy {
  /** How often a delivery is tried in all before it becomes a dead letter. */
  attempts: number;
  /** Upper bound of the wait before the second attempt (ms); it doubles from there. */
  baseMs: number;
  /** The longest wait (ms). */
  maxMs: number;
}

interface HandlerSettings {
  /** `<plugin>.<verb>`; unique, and part of the idempotency key, so never renamed. */
  name: string;
  /** The events it wants. */
  events: readonly AnyEventDefinition[];
  retry?: Partial<RetryPolicy>;
  /** How long one call may take (ms). Default 30 s. */
  timeoutMs?: number;
  /** How many calls (for `database`: transactions) one worker runs at once. Default 2. */
  concurrency?: number;
  /**
   * What later events of the same aggregate do when one became a dead letter: `continue` (default) goes on
   * without it; `block` waits until staff retried or discarded it.
   */
  onDeadLetter?: 'continue' | 'block';
}

/**
 * A handler that only writes the database: its effect and its "done" are one transaction, so it takes effect
 * exactly once. Use `ctx` for every read and write, and touch nothing outside: the transaction may be rolled
 * back and run again, and a rehearsal by staff always is.
 */
export interface DatabaseHandler extends HandlerSettings {
  kind: 'database';
  /** How many deliveries share a transaction while all goes well. Default 10. After a failure each gets its own. */
  batchSize?: number;
  handle(ctx: RequestContext, event: DomainEventMessage): Promise<void>;
}

export interface EffectInfo {
  /** `<eventId>:<handler>`: the same on every attempt and replay. Hand it to the outside. */
  idempotencyKey: string;
  /** 1 for the first. */
  attempt: number;
  /** Aborted at the timeout. */
  signal: AbortSignal;
}

/**
 * A handler with an effect outside the database (a mail, a webhook). It runs as a job of the platform's queue,
 * without a transaction, at least once: the outside must drop a second call with the same idempotency key.
 */
export interface EffectHandler extends HandlerSettings {
  kind: 'effect';
  handle(ctx: RequestContext, event: DomainEventMessage, info: EffectInfo): Promise<void>;
}

export type DomainEventHandler = DatabaseHandler | EffectHandler;

/** A handler with all defaults filled in. */
export type ResolvedHandler = DomainEventHandler & {
  retry: RetryPolicy;
  timeoutMs: number;
  concurrency: number;
  batchSize: number;
  onDeadLetter: 'continue' | 'block';
};

/**
 * `waiting` behind an earlier event of its aggregate, `ready` to run (perhaps later, after a failure), `queued` as a
 * job, `running`; then `done`, `dead` (attempts used up) or `discarded` by staff.
 */
export type DeliveryState = 'waiting' | 'ready' | 'queued' | 'running' | 'done' | 'dead' | 'discarded';

export const DELIVERY_STATES: readonly DeliveryState[] = [
  'waiting',
  'ready',
  'queued',
  'running',
  'done',
  'dead',
  'discarded',
];

export interface DomainEventsPluginOptions {
  /** How long processed events are kept (days). Dead letters and what waits are kept longer. Default 90. */
  retentionDays?: number;
  /** Whether a worker process delivers. Default true. */
  relay?: boolean;
  /** Whether core's events are captured (see `events/core-capture.ts`). Default true. */
  captureCoreEvents?: boolean;
}

export type ResolvedOptions = Required<DomainEventsPluginOptions>;

/** Backlog of one handler, as the metrics source gives it. */
export interface HandlerMetrics {
  handler: string;
  /** Deliveries that are not done, dead or discarded. */
  backlog: number;
  /** Age of the oldest of them (s); 0 without one. */
  oldestUndeliveredSeconds: number;
  deadLetters: number;
  /** Deliveries done by this process since it started. */
  deliveredTotal: number;
}

/** Which past events go to a handler again. */
export interface ReplayRange {
  handler: string;
  from: Date;
  to: Date;
  eventTypes?: string[] | null;
  aggregateType?: string | null;
  aggregateId?: string | null;
}

export interface ReplayEstimate {
  events: number;
  again: number;
  first: number;
  limit: number;
}
