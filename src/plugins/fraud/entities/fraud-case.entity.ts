import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { CaseClosing, CaseStatus, CaseVerdict } from '../rules/review';
import type { Recommendation } from '../types';

/** A payment that somebody has to look at: one for an attempt to pay. Written by CaseStore alone. */
@Entity()
@Index(['status', 'dueAt', 'id'])
@Index(['endedAt'], { where: '"endedAt" IS NOT NULL' })
@Index('IDX_fraud_case_due_untold', ['dueAt'], { where: `status = 'open' AND "dueToldAt" IS NULL` })
@Index(['lookAt'], { where: '"lookAt" IS NOT NULL' })
export class FraudCase extends VendureEntity {
  constructor(input?: DeepPartial<FraudCase>) {
    super(input);
  }

  /** The attempt's id in the ledger of payments. */
  @Index({ unique: true })
  @EntityId()
  attemptId!: ID;

  @Index()
  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @Column('varchar', { length: 255 })
  orderCode!: string;

  @EntityId()
  channelId!: ID;

  @Column('varchar', { length: 16, default: 'open' })
  status!: CaseStatus;

  /** Points of the last decision; null where nothing could be scored. */
  @Column('double precision', { nullable: true })
  score!: number | null;

  @Column('varchar', { length: 8, nullable: true })
  recommendation!: Recommendation | null;

  /** Minor units of the order's currency. */
  @Column('int')
  amount!: number;

  @Column('varchar', { length: 3 })
  currencyCode!: string;

  /** Whether the money was taken already when the case was opened. */
  @Column('boolean')
  captured!: boolean;

  @Column('timestamptz')
  dueAt!: Date;

  /** When somebody was told that it is due. */
  @Column('timestamptz', { nullable: true })
  dueToldAt!: Date | null;

  /** The user who works on it, until `assignedUntil`. */
  @EntityId({ nullable: true })
  assigneeId!: ID | null;

  @Column('timestamptz', { nullable: true })
  assignedUntil!: Date | null;

  /** What was decided, or tried last. */
  @Column('varchar', { length: 8, nullable: true })
  verdict!: CaseVerdict | null;

  @Column('varchar', { length: 500, nullable: true })
  reason!: string | null;

  /** The user who decided. */
  @EntityId({ nullable: true })
  decidedById!: ID | null;

  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  /** Why the last decision could not be carried out. */
  @Column('varchar', { length: 500, nullable: true })
  problem!: string | null;

  @Column('timestamptz', { nullable: true })
  problemAt!: Date | null;

  /** How often it was tried to carry out the decision. */
  @Column('int', { default: 0 })
  tries!: number;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('varchar', { length: 20, nullable: true })
  closedBecause!: CaseClosing | null;

  /** When the shop looks at it by itself: to go on with a decision, or whether the payment is still there. */
  @Column('timestamptz', { nullable: true })
  lookAt!: Date | null;
}
