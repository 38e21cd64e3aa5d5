import { Column, Entity, PrimaryColumn } from 'typeorm';
import { MAX_CATEGORY_LENGTH } from '../engine/signals/category-values';

/**
 * Running totals of a value that many attempts share, such as an e-mail domain or a country: too many to be counted anew
 * each time. Changed in the transaction of what changes them, in the order of the key. Nearly every attempt has some value in
 * common with the next one, so a total is the sum of several rows: attempts at the same time rarely wait for each other's
 * commit. Written by AttemptHistoryService alone.
 */
@Entity()
export class FraudCategory {
  /** Of `engine/fields.ts`. */
  @PrimaryColumn('varchar', { length: 64 })
  field!: string;

  @PrimaryColumn('varchar', { length: MAX_CATEGORY_LENGTH })
  value!: string;

  /** Which part of the total: the attempt's id decides. A part may be below 0, where an outcome was corrected. */
  @PrimaryColumn('smallint')
  shard!: number;

  @Column('int')
  attempts!: number;

  /** Of those whose outcome is known. */
  @Column('int', { default: 0 })
  good!: number;

  @Column('int', { default: 0 })
  bad!: number;

  /** When an attempt last had it: values that nobody has any more are forgotten. */
  @Column('timestamptz')
  lastAt!: Date;
}
