import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The last version of each aggregate. Its row lock is the last in the shop's lock order: whoever changes an
 * aggregate's lane (a commit with new events, a delivery that ends) holds it, and only until its own commit.
 */
@Entity('domain_event_aggregate')
export class DomainEventAggregate {
  @PrimaryColumn('varchar', { length: 100 })
  aggregateType!: string;

  @PrimaryColumn('varchar', { length: 100 })
  aggregateId!: string;

  @Column('bigint')
  version!: number;
}
