import { VendureEntity, type DeepPartial } from '@vendure/core';
import { Column, Entity, Index } from 'typeorm';

/** Values by a name. One that was deleted stays, for what was decided by it. Written by ListService alone. */
@Entity()
@Index(['name'], { unique: true, where: '"removedIn" IS NULL' })
export class FraudList extends VendureEntity {
  constructor(input?: DeepPartial<FraudList>) {
    super(input);
  }

  @Column('varchar', { length: 64 })
  name!: string;

  @Column('varchar', { length: 500, default: '' })
  description!: string;

  /** The first version of the lists without it; null as long as it is there. */
  @Column('int', { nullable: true })
  removedIn!: number | null;

  @Column('timestamptz', { nullable: true })
  removedAt!: Date | null;
}
