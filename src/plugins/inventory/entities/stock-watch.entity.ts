import {
  Channel,
  EntityId,
  ProductVariant,
  StockLocation,
  VendureEntity,
  type DeepPartial,
  type ID,
} from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

/** At how many saleable units a variant is low at a location, where it differs from the shop's default. */
@Entity()
@Index(['productVariantId', 'stockLocationId'], { unique: true })
export class StockThreshold extends VendureEntity {
  constructor(input?: DeepPartial<StockThreshold>) {
    super(input);
  }

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  productVariant!: ProductVariant;

  @EntityId()
  productVariantId!: ID;

  @ManyToOne(() => StockLocation, { onDelete: 'CASCADE' })
  stockLocation!: StockLocation;

  @EntityId()
  stockLocationId!: ID;

  @Column()
  threshold!: number;
}

/** Here it was told that stock is low; gone once it has risen again. Written by StockWatchService alone. */
@Entity()
@Index(['productVariantId', 'stockLocationId'], { unique: true })
export class LowStock extends VendureEntity {
  constructor(input?: DeepPartial<LowStock>) {
    super(input);
  }

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  productVariant!: ProductVariant;

  @EntityId()
  productVariantId!: ID;

  @ManyToOne(() => StockLocation, { onDelete: 'CASCADE' })
  stockLocation!: StockLocation;

  @EntityId()
  stockLocationId!: ID;
}

/** This channel can sell none of the variant; gone once it can again. Written by StockWatchService alone. */
@Entity()
@Index(['productVariantId', 'channelId'], { unique: true })
export class SoldOut extends VendureEntity {
  constructor(input?: DeepPartial<SoldOut>) {
    super(input);
  }

  @ManyToOne(() => ProductVariant, { onDelete: 'CASCADE' })
  productVariant!: ProductVariant;

  @EntityId()
  productVariantId!: ID;

  @ManyToOne(() => Channel, { onDelete: 'CASCADE' })
  channel!: Channel;

  @EntityId()
  channelId!: ID;
}
