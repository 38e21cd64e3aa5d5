import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { EffectState } from '../rules/effect-state';
import type { EffectResult } from '../types';
import { OrderStatusEntry } from './order-status-entry.entity';

/**
 * The ledger: one row for each thing that happens outside because an order moved, and one for taking it back. A
 * transition asks for an action once (per parcel, where it is about parcels). Written by EffectLedgerService alone.
 */
@Entity()
@Index(['orderId', 'id'])
@Index(['dueAt'], { where: `state = 'waiting' AND "dueAt" IS NOT NULL` })
@Index(['updatedAt'], { where: `state IN ('requested', 'running')` })
@Index('IDX_order_effect_once', ['statusEntryId', 'action', 'fulfillmentKey'], {
  unique: true,
  where: `"compensatesId" IS NULL`,
})
export class OrderEffect extends VendureEntity {
  constructor(input?: DeepPartial<OrderEffect>) {
    super(input);
  }

  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  /** The channel in which it was asked for, and runs. */
  @EntityId()
  channelId!: ID;

  /** The step that asked for it. */
  @ManyToOne(() => OrderStatusEntry, { onDelete: 'CASCADE' })
  statusEntry!: OrderStatusEntry;

  @EntityId()
  statusEntryId!: ID;

  @Column('varchar', { length: 64 })
  action!: string;

  /** The parcel it is about; empty when it is about the whole order. */
  @Column('varchar', { length: 32, default: '' })
  fulfillmentKey!: string;

  /** The effect that this one takes back. */
  @ManyToOne(() => OrderEffect, { onDelete: 'CASCADE', nullable: true })
  compensates!: OrderEffect | null;

  @Index({ unique: true })
  @EntityId({ nullable: true })
  compensatesId!: ID | null;

  @Column('varchar', { length: 16 })
  state!: EffectState;

  @Column('int', { default: 0 })
  attempts!: number;

  /** When a waiting one is due; nothing while it waits for other effects. */
  @Column('timestamptz', { nullable: true })
  dueAt!: Date | null;

  @Column('jsonb', { nullable: true })
  result!: EffectResult | null;

  @Column('text', { nullable: true })
  error!: string | null;

  /** Why staff skipped it. */
  @Column('varchar', { length: 1000, nullable: true })
  reason!: string | null;

  /** Who retried or skipped it last. */
  @EntityId({ nullable: true })
  changedByUserId!: ID | null;

  @Column('timestamptz', { nullable: true })
  startedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
