import { VendureEntity, type DeepPartial } from '@vendure/core';
import { Column, Entity, Index } from 'typeorm';
import type { DriftLevel, DriftMeasure } from '../engine/drift';
import type { DriftWeek } from '../engine/drift-weeks';

export interface DriftRates {
  readonly approval: number | null;
  readonly review: number | null;
  readonly decline: number | null;
}

/** What was found on a day. It names no attempt. Written by DriftService alone. */
@Entity()
export class FraudDriftReport extends VendureEntity {
  constructor(input?: DeepPartial<FraudDriftReport>) {
    super(input);
  }

  /** YYYY-MM-DD, UTC: one report a day; made once more it replaces the one before. */
  @Index({ unique: true })
  @Column('varchar', { length: 10 })
  day!: string;

  @Column('timestamptz')
  from!: Date;

  @Column('timestamptz')
  to!: Date;

  @Column('timestamptz')
  referenceFrom!: Date;

  @Column('timestamptz')
  referenceTo!: Date;

  @Column('int')
  rows!: number;

  @Column('int')
  referenceRows!: number;

  @Column('jsonb')
  rates!: DriftRates;

  @Column('jsonb')
  referenceRates!: DriftRates;

  @Column('varchar', { length: 64, nullable: true })
  modelVersion!: string | null;

  @Column('varchar', { length: 8 })
  level!: DriftLevel;

  @Column('jsonb')
  score!: DriftMeasure;

  /** The one that moved most first. */
  @Column('jsonb')
  features!: readonly DriftMeasure[];

  @Column('jsonb')
  weeks!: readonly DriftWeek[];
}
