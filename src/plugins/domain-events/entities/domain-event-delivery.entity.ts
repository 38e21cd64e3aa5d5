import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryGeneratedColumn } from 'typeorm';
import type { DeliveryState } from '../types';
import { bigintAsNumber } from './bigint';
import { DomainEvent } from './domain-event.entity';
import { EventSubject } from './event-subject';

/**
 * One event for one handler. A lane is all deliveries of one handler for one aggregate; at most the first of a lane
 * that is not finished is `ready`, `queued` or `running`, the others wait. The indexes on what is unfinished are
 * partial: they stay small however many rows are done.
 */
@Entity('domain_event_delivery')
@Index('UQ_domain_event_delivery', ['sequence', 'handler'], { unique: true })
@Index('IDX_domain_event_delivery_ready', ['handler', 'availableAt', 'id'], {
  where: `"state" = 'ready' AND "crashes" = 0`,
})
@Index('IDX_domain_event_delivery_suspect', ['availableAt'], {
  where: `"state" = 'ready' AND "crashes" > 0`,
})
@Index('IDX_domain_event_delivery_busy', ['handler', 'state'], { where: `"state" IN ('running', 'queued')` })
@Index('IDX_domain_event_delivery_lane', ['handler', 'aggregateType', 'aggregateId', 'sequence'], {
  where: `"state" IN ('waiting', 'ready', 'queued', 'running', 'dead')`,
})
@Index('IDX_domain_event_delivery_dead', ['id'], { where: `"state" = 'dead'` })
export class DomainEventDelivery extends EventSubject {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id!: number;

  @ManyToOne(() => DomainEvent, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'sequence' })
  event!: DomainEvent;

  /** The event's id: the order within a lane. */
  @Column('bigint', { transformer: bigintAsNumber })
  sequence!: number;

  @Column('varchar', { length: 100 })
  handler!: string;

  @Column('varchar', { length: 20 })
  state!: DeliveryState;

  /** Counted before the handler runs, so that one which kills its process comes to an end too. */
  @Column('integer', { default: 0 })
  attempts!: number;

  /** How many of the attempts ended with their worker. Such a delivery runs apart from the others. */
  @Column('integer', { default: 0 })
  crashes!: number;

  /** How often it was handed to the platform's queue: a job of an earlier hand-over does nothing. */
  @Column('integer', { default: 0 })
  dispatches!: number;

  /** Not to be run before, while `ready`; given up as lost after, while `queued`. */
  @Column('timestamptz', { default: () => 'now()' })
  availableAt!: Date;

  @Column('uuid', { nullable: true })
  owner!: string | null;

  @Column('text', { nullable: true })
  lastError!: string | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;

  /** Who of the staff changed it last (retry, discard, replay): a user's id. */
  @Column('varchar', { length: 100, nullable: true })
  changedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  changedAt!: Date | null;

  /** Why it was discarded. */
  @Column('text', { nullable: true })
  reason!: string | null;
}
