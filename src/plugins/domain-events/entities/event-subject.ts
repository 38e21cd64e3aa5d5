import { Column } from 'typeorm';

/** Columns that say what happened, and to what. An aggregate is named by type and id. */
export abstract class EventSubject {
  @Column('varchar', { length: 100 })
  eventType!: string;

  @Column('varchar', { length: 100 })
  aggregateType!: string;

  @Column('varchar', { length: 100 })
  aggregateId!: string;
}
