import { Customer, EntityId, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { SavedMethodState } from '../rules/saved-method';

/**
 * A card or account that a customer pays with again. The provider keeps it; here is what stands for it, and what the
 * customer knows it by. Written by SavedMethodStore alone.
 */
@Entity()
@Index('IDX_saved_payment_method_once', ['provider', 'savedMethodId'], {
  unique: true,
  where: '"savedMethodId" IS NOT NULL',
})
@Index('IDX_saved_payment_method_default', ['customerId'], { unique: true, where: '"isDefault"' })
@Index(['customerId'])
@Index(['tryAt'], { where: '"tryAt" IS NOT NULL' })
export class SavedPaymentMethod extends VendureEntity {
  constructor(input?: DeepPartial<SavedPaymentMethod>) {
    super(input);
  }

  /** Null once the customer is erased: then it is only to be deleted at the provider. */
  @ManyToOne(() => Customer, { onDelete: 'SET NULL', nullable: true })
  customer!: Customer | null;

  @EntityId({ nullable: true })
  customerId!: ID | null;

  @Column('varchar', { length: 64 })
  provider!: string;

  /** The idempotency key of the calls about it. */
  @Column('uuid')
  reference!: string;

  /** What the provider is given for it. Kept until the provider has answered for certain. */
  @Column('varchar', { length: 255, nullable: true })
  token!: string | null;

  /** The provider's id of the customer. Never told to anybody. */
  @Column('varchar', { length: 255, nullable: true })
  providerCustomerId!: string | null;

  /** The provider's id of the method. Never told to anybody. */
  @Column('varchar', { length: 255, nullable: true })
  savedMethodId!: string | null;

  @Column('varchar', { length: 16, nullable: true })
  type!: string | null;

  @Column('varchar', { length: 32, nullable: true })
  brand!: string | null;

  @Column('varchar', { length: 4, nullable: true })
  last4!: string | null;

  @Column('int', { nullable: true })
  expiryMonth!: number | null;

  @Column('int', { nullable: true })
  expiryYear!: number | null;

  /** The same card gives the same one. */
  @Column('varchar', { length: 255, nullable: true })
  fingerprint!: string | null;

  @Column('boolean', { default: false })
  isDefault!: boolean;

  @Column('varchar', { length: 16 })
  state!: SavedMethodState;

  /** How often the provider was asked to clear it away. */
  @Column('int', { default: 0 })
  attempts!: number;

  /** When it is cleared away, unless it has ended before; null while it is active. */
  @Column('timestamptz', { nullable: true })
  tryAt!: Date | null;
}
