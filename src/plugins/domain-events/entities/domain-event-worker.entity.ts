import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** A running relay. One whose time is over is dead: the others take its deliveries over. */
@Entity('domain_event_worker')
@Index('IDX_domain_event_worker_alive', ['aliveUntil'])
export class DomainEventWorker {
  /** New at every start. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('varchar', { length: 255 })
  host!: string;

  @Column('integer')
  pid!: number;

  @Column('timestamptz', { default: () => 'now()' })
  startedAt!: Date;

  /** By the database's clock. */
  @Column('timestamptz')
  aliveUntil!: Date;
}
