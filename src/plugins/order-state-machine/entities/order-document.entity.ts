import { EntityId, Order, VendureEntity, type DeepPartial, type ID } from '@vendure/core';
import { Column, Entity, Index, ManyToOne } from 'typeorm';

export type OrderDocumentKind = 'label' | 'packing_list';

/**
 * A paper that goes with an order: a shipping label, a packing list. It holds an address. Written by OrderDocumentService
 * alone; a document is never changed, only voided, and emptied when its person is forgotten.
 */
@Entity()
@Index(['createdAt'])
export class OrderDocument extends VendureEntity {
  constructor(input?: DeepPartial<OrderDocument>) {
    super(input);
  }

  @Index()
  @ManyToOne(() => Order, { onDelete: 'CASCADE' })
  order!: Order;

  @EntityId()
  orderId!: ID;

  @Column('varchar', { length: 20 })
  kind!: OrderDocumentKind;

  /** From where it is sent. No foreign key: the document outlives the location. */
  @EntityId()
  stockLocationId!: ID;

  @Column('varchar', { length: 255 })
  stockLocationName!: string;

  /** Of labels. */
  @Column('varchar', { length: 100, nullable: true })
  carrier!: string | null;

  @Column('varchar', { length: 100, nullable: true })
  trackingNumber!: string | null;

  @Column('text', { nullable: true })
  trackingUrl!: string | null;

  @Column('varchar', { length: 100 })
  contentType!: string;

  /** Null once its person is forgotten. Read only where it is needed: it is large. */
  @Column('bytea', { nullable: true, select: false })
  bytes!: Buffer | null;

  @Column('integer')
  size!: number;

  /** The call that made it: made once, however often it is asked for. */
  @Index({ unique: true })
  @Column('varchar', { length: 200 })
  idempotencyKey!: string;

  /** Since then it must not be used. */
  @Column('timestamptz', { nullable: true })
  voidedAt!: Date | null;
}
