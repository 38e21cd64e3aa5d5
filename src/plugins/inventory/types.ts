import type { ID, Order } from '@vendure/core';
import type { Shortage } from './rules/plan-allocation';
import type { PickListState } from './rules/states';

export interface InventoryPluginOptions {
  /**
   * How long a checkout keeps its units, in seconds, where the channel does not say otherwise.
   *
   * @default 900
   */
  holdSeconds?: number;
  /**
   * How many days pick lists that were picked or cancelled are kept.
   *
   * @default 365
   */
  pickListDays?: number;
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

/** One location's part of an order: what is to be picked there. */
export interface PickListView {
  id: string;
  orderId: string;
  stockLocationId: string;
  stockLocationName: string;
  state: PickListState;
  createdAt: Date;
  lines: { orderLineId: string; productVariantId: string; sku: string; name: string; quantity: number }[];
}

export interface PickListFilter {
  state: PickListState;
  /** Without it, of all locations. */
  stockLocationId?: ID | null;
  skip: number;
  take: number;
}

/** Units of an order line that cannot be shipped yet. */
export interface MissingUnits {
  orderLineId: string;
  name: string;
  quantity: number;
}

/** At how many saleable units a variant is low at a location. */
export interface StockThresholdInput {
  productVariantId: ID;
  stockLocationId: ID;
  /** Null for the shop's default. */
  threshold?: number | null;
}

declare module '@vendure/core/dist/entity/custom-entity-fields' {
  interface CustomChannelFields {
    stockHoldMinutes?: number | null;
  }
  interface CustomGlobalSettingsFields {
    lowStockThreshold?: number | null;
  }
}
