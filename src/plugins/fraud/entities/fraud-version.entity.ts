import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Rises with each change of what scoring works with, in its transaction. Written by FraudVersionsService alone. */
@Entity()
export class FraudVersion {
  /** `rules`, `lists`, `settings` or `models`. */
  @PrimaryColumn('varchar', { length: 16 })
  name!: string;

  @Column('int')
  version!: number;
}
