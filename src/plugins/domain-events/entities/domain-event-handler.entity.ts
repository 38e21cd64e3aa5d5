import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * A handler that the shop has registered, kept up by every process at its start. In the database, because each
 * commit makes its deliveries from it: whichever process publishes, and also while an older release still runs.
 */
@Entity('domain_event_handler')
export class DomainEventHandlerRecord {
  @PrimaryColumn('varchar', { length: 100 })
  name!: string;

  @Column('varchar', { length: 20 })
  kind!: 'database' | 'effect';

  @Column('varchar', { length: 100, array: true })
  eventTypes!: string[];

  /** A dead letter holds up the later events of its aggregate. */
  @Column('boolean')
  strict!: boolean;

  @Column('integer')
  maxAttempts!: number;

  @Column('timestamptz', { default: () => 'now()' })
  registeredAt!: Date;

  /** When a process that has it started last. */
  @Column('timestamptz', { default: () => 'now()' })
  seenAt!: Date;

  /** Set by staff for a handler that no release has any more: it gets no further deliveries. */
  @Column('timestamptz', { nullable: true })
  retiredAt!: Date | null;
}
