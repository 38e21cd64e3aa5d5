import type { Order } from '@vendure/core';
import type { Shortage } from './rules/plan-allocation';

export interface InventoryPluginOptions {
  /**
   * How long a checkout keeps its units, in seconds, where the channel does not say otherwise.
   *
   * @default 900
   */
  holdSeconds?: number;
}

/** A line that cannot be had, in words that a shopper reads. */
export interface UnavailableLine {
  orderLineId: string;
  productVariantId: string;
  name: string;
  /** Units that were asked for. */
  asked: number;
  /** Units that are left for this order. */
  left: number;
  message: string;
}

/** An order whose lines cannot all be had. */
export interface OrderShortage {
  order: Order;
  shortages: Shortage[];
}

declare module '@vendure/core/dist/entity/custom-entity-fields' {
  interface CustomChannelFields {
    stockHoldMinutes?: number | null;
  }
}
