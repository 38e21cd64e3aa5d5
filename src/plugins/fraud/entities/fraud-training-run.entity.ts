import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import { FraudModel } from './fraud-model.entity';

/** One training. Written by TrainingRuns alone. */
@Entity()
@Index(['endedAt'], { where: '"endedAt" IS NOT NULL' })
export class FraudTrainingRun extends VendureEntity {
  constructor(input?: DeepPartial<FraudTrainingRun>) {
    super(input);
  }

  @Column('varchar', { length: 16 })
  state!: 'queued' | 'running' | 'done' | 'too_few_labels' | 'failed';

  @Column('varchar', { length: 16 })
  trigger!: 'schedule' | 'staff';

  /** 1 until it has ended, then null: the index lets one run be under way. */
  @Index({ unique: true })
  @Column('smallint', { nullable: true })
  slot!: number | null;

  /** The process that is at work on it. */
  @Column('uuid', { nullable: true })
  worker!: string | null;

  /** Until then it is left to its worker; whoever comes later begins it anew. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  /** How often it was begun: one that takes its worker down with it is given up. */
  @Column('smallint', { default: 0 })
  begun!: number;

  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  requestedBy!: User | null;

  @EntityId({ nullable: true })
  requestedById!: ID | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  /** Known outcomes that it found. */
  @Column('int', { nullable: true })
  good!: number | null;

  @Column('int', { nullable: true })
  frauds!: number | null;

  /** What it has made. */
  @Index()
  @ManyToOne(() => FraudModel, { nullable: true, onDelete: 'SET NULL' })
  model!: FraudModel | null;

  @EntityId({ nullable: true })
  modelId!: ID | null;

  @Column('varchar', { length: 500, nullable: true })
  error!: string | null;
}
