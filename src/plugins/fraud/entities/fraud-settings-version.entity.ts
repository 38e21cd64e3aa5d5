import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

/** The settings as they were saved at one time. Never changed, and kept. Written by FraudSettingsService alone. */
@Entity()
export class FraudSettingsVersion extends VendureEntity {
  constructor(input?: DeepPartial<FraudSettingsVersion>) {
    super(input);
  }

  /** Rises by one with each save, beginning with 1. */
  @Index({ unique: true })
  @Column('int')
  number!: number;

  /** `FraudSettings`; what an earlier release did not know is missing. */
  @Column('jsonb')
  settings!: object;

  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;
}
