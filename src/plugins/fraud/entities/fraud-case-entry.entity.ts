import { EntityId, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import { FraudCase } from './fraud-case.entity';

export const CASE_ENTRY_KINDS = [
  'opened',
  /** Another decision came. */
  'scored',
  'assigned',
  'taken_over',
  'released',
  'noted',
  /** It was decided; what follows is carried out. */
  'deciding',
  /** The decision could not be carried out. */
  'failed',
  'approved',
  'rejected',
  'closed',
  'due',
] as const;
export type CaseEntryKind = (typeof CASE_ENTRY_KINDS)[number];

/** What happened to a case: only added to. Written by CaseStore alone. */
@Entity()
export class FraudCaseEntry extends VendureEntity {
  constructor(input?: DeepPartial<FraudCaseEntry>) {
    super(input);
  }

  @Index()
  @ManyToOne(() => FraudCase, { onDelete: 'CASCADE' })
  case!: FraudCase;

  @EntityId()
  caseId!: ID;

  @Column('varchar', { length: 16 })
  kind!: CaseEntryKind;

  /** Who did it; null for what the shop did by itself. */
  @EntityId({ nullable: true })
  userId!: ID | null;

  @Column('varchar', { length: 500, nullable: true })
  text!: string | null;
}
