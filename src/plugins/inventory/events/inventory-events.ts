import type { RequestContext } from '@vendure/core';

interface HeldUnits {
  orderId: string;
  lines: { orderLineId: string; productVariantId: string; stockLocationId: string; quantity: number }[];
}

/** What happens in the inventory. Each is told in the transaction that makes it true. */
export type InventoryEvent =
  | ({ type: 'InventoryReserved'; expiresAt: Date } & HeldUnits)
  | ({ type: 'InventoryReservationConfirmed' } & HeldUnits)
  | ({ type: 'InventoryReservationReleased' } & HeldUnits)
  | ({ type: 'HoldExpired' } & HeldUnits)
  /** A payment came for units that were sold in the meantime: staff must refund it or restock. */
  | {
      type: 'PaidOrderOutOfStock';
      orderId: string;
      lines: { orderLineId: string; productVariantId: string; asked: number; left: number }[];
    };

/** Where the events go. Owned here; the outbox implements it. */
export interface InventoryEventPublisher {
  /** Writes in the transaction of `ctx`, so that an event is never told of something that was undone. */
  publish(ctx: RequestContext, event: InventoryEvent): Promise<void>;
}

/** Nobody listens yet. */
export class SilentInventoryEventPublisher implements InventoryEventPublisher {
  async publish(): Promise<void> {}
}
