import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { AttemptKind, AttemptStatus, Disposition } from '../rules/attempt-status';
import type { RiskDecision } from '../rules/risk';
import type { PaymentInstrument } from '../types';

/** What core is told when the outcome is applied: the result of a payment method handler; false for a refund by hand. */
export type HandlerAnswer = Readonly<Record<string, unknown>> | false;

/**
 * The ledger: one row for each thing that a payment provider was asked for, written and committed before the call, and
 * brought up to date with what is heard of it. What was heard when is in `PaymentAttemptEntry`. Written by
 * AttemptLedgerService alone; never deleted while its order exists.
 */
@Entity()
@Index(['orderId', 'id'])
@Index(['provider', 'transactionId'])
@Index(['createdAt'], { where: `kind = 'authorize' AND status = 'authorized' AND "expiryWarnedAt" IS NULL` })
@Index(['lookAt'], { where: '"lookAt" IS NOT NULL' })
@Index(['compareAt', 'id'], { where: '"compareAt" IS NOT NULL' })
@Index(['movedAt'], { where: '"movedAt" IS NOT NULL' })
@Index(['undoesId'], { where: '"undoesId" IS NOT NULL' })
@Index('IDX_payment_attempt_one_per_order', ['orderId'], {
  unique: true,
  where: `blocking AND kind = 'authorize'`,
})
@Index('IDX_payment_attempt_one_per_payment', ['paymentId'], {
  unique: true,
  where: `blocking AND kind IN ('capture', 'void')`,
})
export class PaymentAttempt extends VendureEntity {
  constructor(input?: DeepPartial<PaymentAttempt>) {
    super(input);
  }

  /** What the provider knows it by, and the idempotency key of its calls. */
  @Index({ unique: true })
  @Column('uuid')
  reference!: string;

  @Column('varchar', { length: 16 })
  kind!: AttemptKind;

  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @EntityId()
  channelId!: ID;

  /** Core's payment: of an authorization once it is applied, of all others from the start. */
  @Index()
  @EntityId({ nullable: true })
  paymentId!: ID | null;

  /** Core's refund, once it is applied. */
  @EntityId({ nullable: true })
  refundId!: ID | null;

  /** The authorization whose money this one gives back because no order could take it. */
  @EntityId({ nullable: true })
  undoesId!: ID | null;

  /** The code of core's payment method. */
  @Column('varchar', { length: 255 })
  method!: string;

  /** The provider's code; for a handler of another plugin the handler's, or that of `PLUGIN_HANDLER_FACTS`. */
  @Column('varchar', { length: 64 })
  provider!: string;

  /** What was asked for, in minor units; of a payment that was made outside, what was paid there. */
  @Column('int')
  amount!: number;

  @Column('varchar', { length: 3 })
  currency!: string;

  @Column('varchar', { length: 16 })
  status!: AttemptStatus;

  @Column('varchar', { length: 16, default: 'none' })
  disposition!: Disposition;

  /** See `blocksOthers`. */
  @Column('boolean')
  blocking!: boolean;

  @Column('varchar', { length: 255, nullable: true })
  transactionId!: string | null;

  @Column('int', { nullable: true })
  fees!: number | null;

  @Column('varchar', { length: 16, nullable: true })
  failureKind!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  failureCode!: string | null;

  @Column('varchar', { length: 1000, nullable: true })
  failureMessage!: string | null;

  @Column('jsonb', { nullable: true })
  instrument!: PaymentInstrument | null;

  /** What the risk check made of it once it was authorized; null before, and in a shop without one. */
  @Column('varchar', { length: 16, nullable: true })
  risk!: RiskDecision | null;

  /** Whether the money is still to be taken, now that the risk is known. */
  @Column('boolean', { default: false })
  toCapture!: boolean;

  /** Whether core has this refund as pending: it is to be told once the outcome is known. */
  @Column('boolean', { default: false })
  refundPending!: boolean;

  /** For a capture or refund of a part, what core is asked for when it is applied. */
  @Column('jsonb', { nullable: true })
  request!: Readonly<Record<string, unknown>> | null;

  @Column('jsonb', { nullable: true })
  answer!: HandlerAnswer | null;

  /** Why no order could take the money. */
  @Column('varchar', { length: 1000, nullable: true })
  strandedBecause!: string | null;

  /** When staff were told that its reservation is about to expire. */
  @Column('timestamptz', { nullable: true })
  expiryWarnedAt!: Date | null;

  /** How often it was looked at since it was made. */
  @Column('int', { default: 0 })
  looks!: number;

  /** When it is looked at next; null when nothing is open about it. */
  @Column('timestamptz', { nullable: true })
  lookAt!: Date | null;

  /**
   * When its money was taken or given back, as the report counts it. Null while none was, and for an authorization whose
   * money a capture has taken: that one counts.
   */
  @Column('timestamptz', { nullable: true })
  movedAt!: Date | null;

  /** When it is compared with its provider; null when nothing can differ any more. */
  @Column('timestamptz', { nullable: true })
  compareAt!: Date | null;
}
