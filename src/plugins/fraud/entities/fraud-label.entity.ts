import { EntityId, Order, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { Verdict } from '../engine/labels';
import type { LabelSource } from '../types';

/**
 * What somebody said of an attempt to pay. Rows are only added: what counts is found from all of them by `outcomeOf`, so
 * it can be found anew at any time. Written by LabelService alone; lives as long as its order.
 */
@Entity()
@Index(['attemptId', 'id'])
export class FraudLabel extends VendureEntity {
  constructor(input?: DeepPartial<FraudLabel>) {
    super(input);
  }

  /** Of the authorization in the ledger of payments. */
  @EntityId()
  attemptId!: ID;

  @Index()
  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @Column('varchar', { length: 16 })
  source!: LabelSource;

  @Column('varchar', { length: 9 })
  verdict!: Verdict;

  /** See `Statement.final`. */
  @Column('boolean', { default: false })
  final!: boolean;

  @Column('timestamptz')
  knownAt!: Date;

  /** The provider's id of the dispute, the refund's, the case's. */
  @Column('varchar', { length: 100 })
  reference!: string;

  /** What is heard twice is kept once: the event's id, or what else there is one of. */
  @Index({ unique: true })
  @Column('varchar', { length: 100 })
  key!: string;

  /** Of the staff member who said it. */
  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;

  @Column('varchar', { length: 1000, nullable: true })
  note!: string | null;
}
