import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import type { EventData } from '../types';

/**
 * Events of transactions that are still open: outside of them this table is empty. At the commit its rows become
 * `domain_event` rows (see the README, "What happens at the commit").
 */
@Entity('domain_event_intake')
@Index('IDX_domain_event_intake_transaction', ['transactionId'])
export class DomainEventIntake {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id!: number;

  /** `pg_current_xact_id()` of the publisher: each transaction sees to its own rows by this key. */
  @Column('bigint')
  transactionId!: number;

  @Column('uuid')
  eventId!: string;

  @Column('varchar', { length: 100 })
  eventType!: string;

  @Column('varchar', { length: 100 })
  aggregateType!: string;

  @Column('varchar', { length: 100 })
  aggregateId!: string;

  @Column('integer')
  schemaVersion!: number;

  @Column('jsonb')
  eventData!: EventData;

  @Column('timestamptz')
  timestamp!: Date;

  @Column('varchar', { length: 100, nullable: true })
  channelId!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  userId!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  customerId!: string | null;
}
