import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { Actor, LifecycleStatus } from '../types';

/** One step in the life of an order. Append-only; kept as long as the order. Written by OrderHistoryService alone. */
@Entity()
@Index(['orderId', 'id'])
export class OrderStatusEntry extends VendureEntity {
  constructor(input?: DeepPartial<OrderStatusEntry>) {
    super(input);
  }

  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @Column('varchar', { length: 64 })
  trigger!: string;

  @Column('varchar', { length: 32 })
  fromStatus!: LifecycleStatus;

  @Column('varchar', { length: 32 })
  toStatus!: LifecycleStatus;

  /** Core's states. */
  @Column('varchar', { length: 64 })
  fromState!: string;

  @Column('varchar', { length: 64 })
  toState!: string;

  @Column('timestamptz')
  timestamp!: Date;

  @Column('varchar', { length: 16 })
  actorKind!: Actor['kind'];

  @EntityId({ nullable: true })
  actorUserId!: ID | null;

  @Column('varchar', { length: 1000, nullable: true })
  note!: string | null;

  /** Whether the customer may read the note. */
  @Column({ default: false })
  notePublic!: boolean;
}
