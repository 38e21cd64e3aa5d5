import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { DifferenceAction, DifferenceKind, DifferenceResolution, Side } from '../rules/reconcile';
import { PaymentAttempt } from './payment-attempt.entity';

/**
 * Where the shop and a provider say different things of a payment: one open row for a payment and kind. Written by
 * DifferencesService alone.
 */
@Entity()
@Index('IDX_payment_difference_one_open', ['subject', 'kind'], { unique: true, where: `status = 'open'` })
@Index(['subject', 'kind', 'id'])
@Index(['status', 'id'])
@Index(['resolvedAt'], { where: '"resolvedAt" IS NOT NULL' })
export class PaymentDifference extends VendureEntity {
  constructor(input?: DeepPartial<PaymentDifference>) {
    super(input);
  }

  /** The payment: `attempt:<id>`, or `<provider>:<transactionId>` of one that the shop has no record of. */
  @Column('varchar', { length: 330 })
  subject!: string;

  @Column('varchar', { length: 32 })
  kind!: DifferenceKind;

  @Column('varchar', { length: 16, default: 'open' })
  status!: 'open' | 'resolved';

  @Column('varchar', { length: 64 })
  provider!: string;

  @Index()
  @ManyToOne(() => Order, { nullable: true, onDelete: 'CASCADE' })
  order!: Order | null;

  @EntityId({ nullable: true })
  orderId!: ID | null;

  @Index()
  @ManyToOne(() => PaymentAttempt, { nullable: true, onDelete: 'CASCADE' })
  attempt!: PaymentAttempt | null;

  @EntityId({ nullable: true })
  attemptId!: ID | null;

  @Column('varchar', { length: 3 })
  currencyCode!: string;

  @Column('jsonb')
  ours!: Side;

  @Column('jsonb', { nullable: true })
  theirs!: Side | null;

  /** What one side has more than the other, in minor units. */
  @Column('int')
  amount!: number;

  /** What staff may do as long as it is open. */
  @Column('jsonb')
  possible!: readonly DifferenceAction[];

  @Column('timestamptz')
  lastSeenAt!: Date;

  @Column('timestamptz', { nullable: true })
  resolvedAt!: Date | null;

  @Column('varchar', { length: 16, nullable: true })
  resolution!: DifferenceResolution | null;

  /** The user who resolved it; null when it closed by itself. */
  @EntityId({ nullable: true })
  resolvedById!: ID | null;

  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /** Until then somebody is at work on it. */
  @Column('timestamptz', { nullable: true })
  workedOnUntil!: Date | null;
}
