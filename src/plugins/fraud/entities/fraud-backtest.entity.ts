import { EntityId, User, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { BacktestResult } from '../engine/backtest/tally';
import type { Rule } from '../types';

/** Past decisions, decided once more. Written by BacktestService and BacktestRunner alone. */
@Entity()
@Index(['state'])
@Index(['endedAt'], { where: '"endedAt" IS NOT NULL' })
export class FraudBacktest extends VendureEntity {
  constructor(input?: DeepPartial<FraudBacktest>) {
    super(input);
  }

  @Column('varchar', { length: 9, default: 'queued' })
  state!: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

  @Column('varchar', { length: 500, nullable: true })
  note!: string | null;

  @Column('timestamptz')
  from!: Date;

  /** Excluded. */
  @Column('timestamptz')
  to!: Date;

  @Column('int', { nullable: true })
  rulesVersion!: number | null;

  /** Null where the rules are those of then. */
  @Column('jsonb', { nullable: true })
  rules!: readonly Rule[] | null;

  /** Null where the model is that of then. */
  @Column('varchar', { length: 64, nullable: true })
  modelVersion!: string | null;

  @Column('int', { default: 0 })
  checked!: number;

  @Column('int', { nullable: true })
  total!: number | null;

  /** The process that is at work on it. */
  @Column('uuid', { nullable: true })
  worker!: string | null;

  /** Until then it is left to its worker; whoever comes later begins anew. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('varchar', { length: 500, nullable: true })
  error!: string | null;

  @Column('jsonb', { nullable: true })
  result!: BacktestResult | null;

  @Index()
  @ManyToOne(() => User, { nullable: true, onDelete: 'SET NULL' })
  user!: User | null;

  @EntityId({ nullable: true })
  userId!: ID | null;
}
