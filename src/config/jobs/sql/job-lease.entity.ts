import { JobRecord } from '@vendure/core/dist/plugin/default-job-queue-plugin/job-record.entity';
import { Column, Entity, Index, JoinColumn, OneToOne, PrimaryColumn } from 'typeorm';

/**
 * Who runs a job of the SQL queue, and until when that is believed. Core's job record has no place for it.
 *
 * A row exists from a job's first claim to its end. While the job runs, `owner` and `leasedUntil` are set;
 * between two runs they are null and `notBefore` says when the job may be claimed again. All times are the
 * database's clock. Rows are written only by `LeaseStore`, always together with the job record, which is locked
 * first.
 */
@Entity()
export class JobLease {
  @PrimaryColumn('int')
  jobId!: number;

  @OneToOne(() => JobRecord, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'jobId' })
  job?: JobRecord;

  /** The worker process that runs the job. */
  @Column('varchar', { nullable: true })
  owner!: string | null;

  /** Counts the claims. Owner and run together fence off a run that has lost its lease. */
  @Column('int')
  run!: number;

  /** How many runs ended because their worker died. */
  @Column('int', { default: 0 })
  lostRuns!: number;

  @Index()
  @Column('timestamptz', { nullable: true })
  leasedUntil!: Date | null;

  @Column('timestamptz', { default: () => 'now()' })
  notBefore!: Date;
}
