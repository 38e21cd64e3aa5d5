import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { EventRecord } from './event-record';

/**
 * Events of transactions that are still open: outside of them this table is empty. At the commit its rows become
 * `domain_event` rows (see the README, "What happens at the commit").
 */
@Entity('domain_event_intake')
@Index('IDX_domain_event_intake_transaction', ['transactionId'])
export class DomainEventIntake extends EventRecord {
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id!: number;

  /** `pg_current_xact_id()` of the publisher: each transaction sees to its own rows by this key. */
  @Column('bigint')
  transactionId!: number;
}
