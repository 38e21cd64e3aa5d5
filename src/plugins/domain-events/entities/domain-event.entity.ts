import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { EventData } from '../types';
import { bigintAsNumber } from './bigint';

/**
 * A published event. Written by `domain_event_commit()` as the publisher's transaction commits, and never changed
 * after that, except that personal data is erased from it. Its id is a bigint of its own, not the shop's id type:
 * an integer would run out.
 */
@Entity('domain_event')
@Index('UQ_domain_event_eventId', ['eventId'], { unique: true })
@Index('UQ_domain_event_version', ['aggregateType', 'aggregateId', 'version'], { unique: true })
@Index('IDX_domain_event_type', ['eventType', 'id'])
@Index('IDX_domain_event_timestamp', ['timestamp'])
@Index('IDX_domain_event_customer', ['customerId'], { where: '"customerId" IS NOT NULL' })
export class DomainEvent {
  /** The global sequence: for one aggregate rising with `version`; over all, about in the order of the commits. */
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id!: number;

  @Column('uuid')
  eventId!: string;

  @Column('varchar', { length: 100 })
  eventType!: string;

  @Column('varchar', { length: 100 })
  aggregateType!: string;

  @Column('varchar', { length: 100 })
  aggregateId!: string;

  @Column('bigint', { transformer: bigintAsNumber })
  version!: number;

  @Column('integer')
  schemaVersion!: number;

  @Column('jsonb')
  eventData!: EventData;

  /** The publisher's clock. */
  @Column('timestamptz')
  timestamp!: Date;

  @Column('varchar', { length: 100, nullable: true })
  channelId!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  userId!: string | null;

  /** The customer whom it concerns: how their data is found. */
  @Column('varchar', { length: 100, nullable: true })
  customerId!: string | null;
}
