import {
  EntityId,
  Order,
  OrderLine,
  ProductVariant,
  StockLocation,
  VendureEntity,
  type DeepPartial,
  type ID,
} from '@vendure/core';
import { Column, Entity, Index, ManyToOne, OneToMany } from 'typeorm';
import type { PickListState } from '../rules/states';

/**
 * What is to be picked of an order at one location. An order has at most one open list at a location, so no two can
 * list the same units. Written by PickListService alone.
 */
@Entity()
@Index(['orderId', 'stockLocationId'], { unique: true, where: `state = 'open'` })
@Index(['stockLocationId'], { where: `state = 'open'` })
@Index(['endedAt'])
export class PickList extends VendureEntity {
  constructor(input?: DeepPartial<PickList>) {
    super(input);
  }

  @Index()
  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @ManyToOne(() => StockLocation, { onDelete: 'CASCADE' })
  stockLocation!: StockLocation;

  @EntityId()
  stockLocationId!: ID;

  @Column({ type: 'varchar', default: 'open' })
  state!: PickListState;

  /** When it was picked or cancelled. */
  @Column({ type: 'timestamptz', nullable: true })
  endedAt!: Date | null;

  @OneToMany(() => PickListLine, line => line.pickList)
  lines!: PickListLine[];
}

/** Units of an order line on a pick list; a line is on a list once. */
@Entity()
@Index(['pickListId', 'orderLineId'], { unique: true })
@Index(['productVariantId'], { where: `"closedAt" IS NULL` })
export class PickListLine extends VendureEntity {
  constructor(input?: DeepPartial<PickListLine>) {
    super(input);
  }

  @ManyToOne(() => PickList, list => list.lines, { onDelete: 'CASCADE' })
  pickList!: PickList;

  @EntityId()
  pickListId!: ID;

  @Index()
  @ManyToOne(() => OrderLine, { onDelete: 'CASCADE' })
  orderLine!: OrderLine;

  @EntityId()
  orderLineId!: ID;

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  productVariant!: ProductVariant;

  @EntityId()
  productVariantId!: ID;

  @Column()
  quantity!: number;

  /** When its units had left the location, or had been put back: from then on they take up no stock there. */
  @Column({ type: 'timestamptz', nullable: true })
  closedAt!: Date | null;
}
