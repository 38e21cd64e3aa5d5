import { Column, Entity, Index, PrimaryGeneratedColumn } from 'typeorm';
import { bigintAsNumber } from './bigint';
import { EventRecord } from './event-record';

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
@Index('IDX_domain_event_user', ['userId'], { where: '"userId" IS NOT NULL' })
@Index('IDX_domain_event_channel', ['channelId', 'id'])
export class DomainEvent extends EventRecord {
  /** The global sequence: for one aggregate rising with `version`; over all, about in the order of the commits. */
  @PrimaryGeneratedColumn('increment', { type: 'bigint' })
  id!: number;

  @Column('bigint', { transformer: bigintAsNumber })
  version!: number;
}
