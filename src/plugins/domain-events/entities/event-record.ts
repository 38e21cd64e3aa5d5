import { Column } from 'typeorm';
import type { EventData } from '../types';
import { EventSubject } from './event-subject';

/** Columns of a whole event, as it is published and as it is kept: the commit copies them over. */
export abstract class EventRecord extends EventSubject {
  @Column('uuid')
  eventId!: string;

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
