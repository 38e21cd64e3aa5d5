import { EntityId, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { AttemptStatus } from '../rules/attempt-status';
import { PaymentAttempt } from './payment-attempt.entity';

/** `started`, what the provider `answered` or said when `asked` again, what the risk check said and what became of the money. */
export type AttemptEntryKind =
  'started' | 'answered' | 'asked' | 'applied' | 'stranded' | 'returned' | 'decided' | 'assessed';

/** What was heard of an attempt, and when. Only ever added. */
@Entity()
@Index(['attemptId', 'id'])
export class PaymentAttemptEntry extends VendureEntity {
  constructor(input?: DeepPartial<PaymentAttemptEntry>) {
    super(input);
  }

  @ManyToOne(() => PaymentAttempt, { onDelete: 'CASCADE' })
  attempt!: PaymentAttempt;

  @EntityId()
  attemptId!: ID;

  @Column('varchar', { length: 16 })
  kind!: AttemptEntryKind;

  /** The status that was reported, which may say less than what was known already. */
  @Column('varchar', { length: 16 })
  status!: AttemptStatus;

  @Column('varchar', { length: 1000, nullable: true })
  note!: string | null;

  /** Who decided, if staff did. */
  @EntityId({ nullable: true })
  userId!: ID | null;
}
