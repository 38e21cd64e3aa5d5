import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import { MAX_LIST_VALUE } from '../engine/lists/list-value';
import { FraudList } from './fraud-list.entity';

/**
 * A value of a list, from one version of the lists up to another: a backtest asks what live scoring was told. One that
 * was taken out is kept as long as decisions are. Written by ListService alone.
 */
@Entity()
@Index(['listId', 'value'], { unique: true, where: '"removedIn" IS NULL' })
@Index(['removedAt'], { where: '"removedAt" IS NOT NULL' })
export class FraudListEntry extends VendureEntity {
  constructor(input?: DeepPartial<FraudListEntry>) {
    super(input);
  }

  @ManyToOne(() => FraudList, { onDelete: 'CASCADE' })
  list!: FraudList;

  @EntityId()
  listId!: ID;

  /** In the form in which it is compared. */
  @Column('varchar', { length: MAX_LIST_VALUE + 8 })
  value!: string;

  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /** The first version of the lists with it. */
  @Column('int')
  addedIn!: number;

  @Column('timestamptz')
  addedAt!: Date;

  /** The first version without it; null as long as it is there. */
  @Column('int', { nullable: true })
  removedIn!: number | null;

  @Column('timestamptz', { nullable: true })
  removedAt!: Date | null;

  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;
}
