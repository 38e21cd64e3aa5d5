import { EntityId, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import { FraudCase } from './fraud-case.entity';

/** What somebody wrote to a case. Written by CaseStore alone. */
@Entity()
export class FraudCaseNote extends VendureEntity {
  constructor(input?: DeepPartial<FraudCaseNote>) {
    super(input);
  }

  @Index()
  @ManyToOne(() => FraudCase, { onDelete: 'CASCADE' })
  case!: FraudCase;

  @EntityId()
  caseId!: ID;

  /** Empty once it was erased. */
  @Column('varchar', { length: 4000 })
  text!: string;

  /** The user who wrote it. */
  @EntityId({ nullable: true })
  authorId!: ID | null;
}
