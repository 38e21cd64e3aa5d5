import { Column, Entity, PrimaryColumn } from 'typeorm';
import { MAX_CATEGORY_LENGTH } from '../engine/signals/category-values';

/**
 * Running totals of a value that many attempts share, such as an e-mail domain or a country: too many to be counted anew
 * each time. Changed in the transaction of what changes them, in the order of the key. Written by AttemptHistoryService
 * alone.
 */
@Entity()
export class FraudCategory {
  /** Of `engine/fields.ts`. */
  @PrimaryColumn('varchar', { length: 64 })
  field!: string;

  @PrimaryColumn('varchar', { length: MAX_CATEGORY_LENGTH })
  value!: string;

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
