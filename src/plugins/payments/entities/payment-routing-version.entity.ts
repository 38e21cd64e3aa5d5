import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

/**
 * The routing table as it was saved at one time; the newest is the one in use. Never changed. Written by RoutingService
 * alone.
 */
@Entity()
export class PaymentRoutingVersion extends VendureEntity {
  constructor(input?: DeepPartial<PaymentRoutingVersion>) {
    super(input);
  }

  /** Rises by one with each save, beginning with 1. */
  @Index({ unique: true })
  @Column('integer')
  number!: number;

  /** `RoutingRule[]`. Checked again when it is read: an earlier release may have written it. */
  @Column('jsonb')
  rules!: unknown;

  /** Why it was saved, in the words of who saved it. */
  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  /** Who saved it. Null for a script, or once the login is gone. */
  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;
}
