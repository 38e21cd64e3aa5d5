import { VendureEntity, type DeepPartial } from '@vendure/core';
import { Column, Entity, Index } from 'typeorm';

/** One comparison of the ledger with the providers. Written by ReconciliationRuns alone. */
@Entity()
@Index(['endedAt'], { where: '"endedAt" IS NOT NULL' })
export class PaymentReconciliationRun extends VendureEntity {
  constructor(input?: DeepPartial<PaymentReconciliationRun>) {
    super(input);
  }

  @Column('varchar', { length: 16 })
  state!: 'queued' | 'running' | 'done' | 'failed';

  @Column('varchar', { length: 16 })
  trigger!: 'schedule' | 'staff';

  /** 1 until it has ended, then null: the index lets one run be under way. */
  @Index({ unique: true })
  @Column('smallint', { nullable: true })
  slot!: number | null;

  /** The process that is at work on it. */
  @Column('uuid', { nullable: true })
  worker!: string | null;

  /** Until then it is left to its worker; whoever comes later goes on with it. */
  @Column('timestamptz', { nullable: true })
  leaseUntil!: Date | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Column('int', { default: 0 })
  checked!: number;

  @Column('int', { default: 0 })
  repaired!: number;

  @Column('int', { default: 0 })
  differences!: number;

  @Column('int', { default: 0 })
  unreachable!: number;

  @Column('varchar', { length: 500, nullable: true })
  error!: string | null;
}
