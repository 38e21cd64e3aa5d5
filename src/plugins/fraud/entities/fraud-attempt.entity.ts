import { EntityId, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index } from 'typeorm';
import type { LabelSource } from '../types';

/**
 * An attempt to pay, as velocity counts it: one row for an attempt of the ledger, however often it is repeated. The keys
 * are 128-bit hashes: they say whether two attempts have something in common, and not what. Written by
 * AttemptHistoryService alone.
 */
@Entity()
@Index(['customer', 'at'], { where: 'customer IS NOT NULL' })
@Index(['email', 'at'], { where: 'email IS NOT NULL' })
@Index(['ip', 'at'], { where: 'ip IS NOT NULL' })
@Index(['network', 'at'], { where: 'network IS NOT NULL' })
@Index(['device', 'at'], { where: 'device IS NOT NULL' })
@Index(['card', 'at'], { where: 'card IS NOT NULL' })
@Index(['address', 'at'], { where: 'address IS NOT NULL' })
@Index(['at'])
@Index(['at', 'id'], { where: `fraud IS NULL AND status = 'ordered'` })
@Index(['at', 'id'], { where: 'fraud IS NOT NULL' })
export class FraudAttempt extends VendureEntity {
  constructor(input?: DeepPartial<FraudAttempt>) {
    super(input);
  }

  /** The attempt's id in the ledger of payments. */
  @Index({ unique: true })
  @EntityId()
  attemptId!: ID;

  @Index()
  @EntityId()
  orderId!: ID;

  @EntityId()
  channelId!: ID;

  /** When it was assessed first. */
  @Column('timestamptz')
  at!: Date;

  /** Minor units of the base currency; null for a currency without a rate. */
  @Column('bigint', { nullable: true })
  amount!: string | null;

  @Column('uuid', { nullable: true })
  customer!: string | null;

  @Column('uuid', { nullable: true })
  email!: string | null;

  @Column('uuid', { nullable: true })
  ip!: string | null;

  @Column('uuid', { nullable: true })
  network!: string | null;

  @Column('uuid', { nullable: true })
  device!: string | null;

  @Column('uuid', { nullable: true })
  card!: string | null;

  @Column('uuid', { nullable: true })
  address!: string | null;

  /** By which values it is counted in FraudCategory, by field; they are cut to the length that is kept there. */
  @Column('jsonb', { default: {} })
  categories!: Readonly<Record<string, string>>;

  /** `failed`: declined or blocked. `ordered`: the money was reserved or taken. */
  @Column('varchar', { length: 8, default: 'open' })
  status!: 'open' | 'failed' | 'ordered';

  /** What became of it; null while nobody knows. */
  @Column('boolean', { nullable: true })
  fraud!: boolean | null;

  /** From then on features of later attempts may know it. */
  @Column('timestamptz', { nullable: true })
  outcomeKnownAt!: Date | null;

  @Column('varchar', { length: 16, nullable: true })
  outcomeSource!: LabelSource | null;
}
