import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

/** A change of what decides about payments. Written by FraudAuditService alone, in the change's transaction. */
@Entity()
@Index(['at'])
@Index(['subject', 'target', 'id'])
export class FraudAuditEntry extends VendureEntity {
  constructor(input?: DeepPartial<FraudAuditEntry>) {
    super(input);
  }

  @Column('timestamptz')
  at!: Date;

  @Column('varchar', { length: 8 })
  subject!: 'rules' | 'list' | 'settings';

  @Column('varchar', { length: 32 })
  action!: string;

  @Column('varchar', { length: 64 })
  target!: string;

  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  @Column('jsonb', { nullable: true })
  before!: unknown;

  @Column('jsonb', { nullable: true })
  after!: unknown;

  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;
}
