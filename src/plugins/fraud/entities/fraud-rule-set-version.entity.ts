import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

/**
 * The rules as they were published at one time; the newest are in use. Never changed, and kept: decisions name their
 * version. Written by RuleSetService alone.
 */
@Entity()
export class FraudRuleSetVersion extends VendureEntity {
  constructor(input?: DeepPartial<FraudRuleSetVersion>) {
    super(input);
  }

  /** Rises by one with each publication, beginning with 1. */
  @Index({ unique: true })
  @Column('int')
  number!: number;

  /** `Rule[]`. Checked again when it is read: an earlier release may have written it. */
  @Column('jsonb')
  rules!: unknown;

  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  @Column('int', { nullable: true })
  restoredFrom!: number | null;

  /** Who published it. Null for a script, or once the login is gone. */
  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;
}
