import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { ProviderDispute } from '../types';
import { PaymentAttempt } from './payment-attempt.entity';

/** A dispute as its provider has told of it. Written by DisputesService alone; lives as long as its order. */
@Entity()
@Index('IDX_payment_dispute_once', ['provider', 'providerDisputeId'], { unique: true })
@Index(['status', 'id'])
@Index(['openedAt'])
@Index(['closedAt'], { where: '"closedAt" IS NOT NULL' })
export class PaymentDispute extends VendureEntity {
  constructor(input?: DeepPartial<PaymentDispute>) {
    super(input);
  }

  @Column('varchar', { length: 64 })
  provider!: string;

  @Column('varchar', { length: 100 })
  providerDisputeId!: string;

  /** Null for a payment that the shop has no record of. */
  @Index()
  @ManyToOne(() => Order, { nullable: true, onDelete: 'CASCADE' })
  order!: Order | null;

  @EntityId({ nullable: true })
  orderId!: ID | null;

  /** The authorization that made the payment. */
  @Index()
  @ManyToOne(() => PaymentAttempt, { nullable: true, onDelete: 'CASCADE' })
  attempt!: PaymentAttempt | null;

  @EntityId({ nullable: true })
  attemptId!: ID | null;

  @EntityId({ nullable: true })
  paymentId!: ID | null;

  /** The provider's id of the payment. */
  @Column('varchar', { length: 255, nullable: true })
  transactionId!: string | null;

  /** In minor units. */
  @Column('int')
  amount!: number;

  @Column('varchar', { length: 3 })
  currencyCode!: string;

  @Column('varchar', { length: 100 })
  reason!: string;

  @Column('varchar', { length: 16 })
  status!: ProviderDispute['status'];

  @Column('timestamptz', { nullable: true })
  respondBy!: Date | null;

  @Column('timestamptz')
  openedAt!: Date;

  @Column('timestamptz', { nullable: true })
  closedAt!: Date | null;

  /** When what stands here was so, as the provider says: an earlier message that comes later changes nothing. */
  @Column('timestamptz')
  toldAt!: Date;
}
