import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { Contribution, Override, Recommendation, RuleHit, Signals, WeighedPart } from '../types';

/** What a challenger would have said. */
export interface ShadowScore {
  readonly modelVersion: string;
  readonly units: number;
  readonly recommendation: Recommendation;
}

/** How long it took (ms). */
export interface DecisionTimings {
  readonly signals: number;
  readonly history: number;
  readonly scoring: number;
  readonly total: number;
}

/**
 * What was decided about an attempt to pay, with everything that it was decided by: enough to say it again. One row for
 * the question before the authorization and one for that after it. Written by DecisionService alone.
 */
@Entity()
@Index(['attemptId', 'phase'], { unique: true })
@Index(['orderId', 'id'])
@Index(['at', 'id'])
export class FraudDecision extends VendureEntity {
  constructor(input?: DeepPartial<FraudDecision>) {
    super(input);
  }

  /** The attempt's id in the ledger of payments. */
  @EntityId()
  attemptId!: ID;

  @Column('varchar', { length: 6 })
  phase!: 'before' | 'after';

  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @EntityId()
  channelId!: ID;

  /** The transaction's `at`: by it the expiry of rules was judged. */
  @Column('timestamptz')
  at!: Date;

  /** Minor units of the order's currency. */
  @Column('int')
  amount!: number;

  @Column('varchar', { length: 3 })
  currency!: string;

  /** All signals, those of velocity too. Personal ones go with an erasure. */
  @Column('jsonb')
  signals!: Signals;

  /** Of the model, by name. */
  @Column('jsonb')
  features!: Readonly<Record<string, number>>;

  @Column('jsonb')
  parts!: readonly WeighedPart[];

  @Column('jsonb')
  contributions!: readonly Contribution[];

  @Column('jsonb')
  rules!: readonly RuleHit[];

  /** The score, in ten-thousandths of a point. */
  @Column('int')
  units!: number;

  @Column('varchar', { length: 8 })
  recommendation!: Recommendation;

  @Column('jsonb', { nullable: true })
  override!: Override | null;

  /** What payments were told. */
  @Column('varchar', { length: 9 })
  decision!: 'allow' | 'challenge' | 'review' | 'block';

  /** What could not be told, and why: `ip.country: no such database`. */
  @Column('jsonb')
  missing!: readonly string[];

  @Column('int')
  ruleSetVersion!: number;

  @Column('int')
  listsVersion!: number;

  @Column('int')
  settingsVersion!: number;

  @Column('varchar', { length: 64, nullable: true })
  modelVersion!: string | null;

  @Column('jsonb')
  challengers!: readonly ShadowScore[];

  @Column('jsonb')
  timings!: DecisionTimings;
}
