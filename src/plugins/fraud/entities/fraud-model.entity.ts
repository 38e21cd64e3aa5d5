import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { ModelReport } from '../engine/model-report';

/** A model, once made never changed but for its place. Written by ModelStore alone. */
@Entity()
@Index('IDX_fraud_model_one_champion', ['status'], { unique: true, where: `status = 'champion'` })
@Index(['status', 'id'])
export class FraudModel extends VendureEntity {
  constructor(input?: DeepPartial<FraudModel>) {
    super(input);
  }

  /** Stands in decisions. */
  @Index({ unique: true })
  @Column('varchar', { length: 64 })
  version!: string;

  @Column('varchar', { length: 8 })
  kind!: 'trained' | 'imported';

  @Column('varchar', { length: 10 })
  status!: 'challenger' | 'champion' | 'retired';

  /** The model as JSON: up to some megabytes, so it is read only where it is needed. */
  @Column('text', { select: false })
  file!: string;

  /** Of the file, in bytes. */
  @Column('int')
  size!: number;

  /** Why it could not be loaded; set by whoever tried, and gone once it loads again. */
  @Column('varchar', { length: 500, nullable: true })
  problem!: string | null;

  @Column('varchar', { length: 1000, nullable: true })
  note!: string | null;

  /** Attempts that it learned from. */
  @Column('int', { nullable: true })
  rows!: number | null;

  @Column('int', { nullable: true })
  frauds!: number | null;

  @Column('timestamptz', { nullable: true })
  trainedFrom!: Date | null;

  @Column('timestamptz', { nullable: true })
  trainedTo!: Date | null;

  @Column('jsonb')
  report!: ModelReport;

  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  createdBy!: User | null;

  @EntityId({ nullable: true })
  createdById!: ID | null;

  /** The last time. Kept when it is retired: it can be gone back to. */
  @Column('timestamptz', { nullable: true })
  promotedAt!: Date | null;

  /** Null where the rule did it. */
  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  promotedBy!: User | null;

  @EntityId({ nullable: true })
  promotedById!: ID | null;

  @Column('varchar', { length: 1000, nullable: true })
  promotedBecause!: string | null;

  @Column('timestamptz', { nullable: true })
  retiredAt!: Date | null;
}
