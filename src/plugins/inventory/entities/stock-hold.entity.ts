import {
  Channel,
  EntityId,
  Order,
  OrderLine,
  ProductVariant,
  StockLocation,
  VendureEntity,
  type DeepPartial,
  type ID,
} from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';
import type { StockHoldState } from '../rules/states';

/**
 * Units of a variant at a location that one checkout keeps from all others. It counts while it is active and its time
 * has not passed; the sweep only tidies up. Written by StockHoldService alone.
 */
@Entity()
@Index(['productVariantId', 'stockLocationId'], { where: `state = 'active'` })
@Index(['expiresAt'], { where: `state = 'active'` })
@Index(['productVariantId', 'createdAt'])
@Index(['createdAt'])
@Index(['stockLocationId'])
@Index(['endedAt'])
export class StockHold extends VendureEntity {
  constructor(input?: DeepPartial<StockHold>) {
    super(input);
  }

  @Index()
  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @Index()
  @ManyToOne(() => OrderLine, { onDelete: 'CASCADE' })
  orderLine!: OrderLine;

  @EntityId()
  orderLineId!: ID;

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  productVariant!: ProductVariant;

  @EntityId()
  productVariantId!: ID;

  @ManyToOne(() => StockLocation, { onDelete: 'CASCADE' })
  stockLocation!: StockLocation;

  @EntityId()
  stockLocationId!: ID;

  @ManyToOne(() => Channel, { onDelete: 'CASCADE' })
  channel!: Channel;

  @EntityId()
  channelId!: ID;

  @Column()
  quantity!: number;

  @Column({ type: 'timestamptz' })
  expiresAt!: Date;

  @Column({ type: 'varchar', default: 'active' })
  state!: StockHoldState;

  /** When it was consumed, released or expired. */
  @Column({ type: 'timestamptz', nullable: true })
  endedAt!: Date | null;
}
