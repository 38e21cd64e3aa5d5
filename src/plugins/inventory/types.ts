import type { ID, Order } from '@vendure/core';
import type { Shortage } from './rules/plan-allocation';
import type { ExpectedStock, ExpectedStockSource } from './ports/expected-stock-source';
import type { LedgerKind } from './rules/ledger';
import type { PickListState } from './rules/states';
import type { LocationStrategy } from './strategies/location-strategy';

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
  /**
   * Which stock location gives an order's units: the one that has the most of them, the one that is nearest to the
   * shipping address (see `rules/nearest.ts`), or what a strategy of your own says.
   *
   * @default 'most-stocked'
   */
  locationStrategy?: 'most-stocked' | 'nearest' | LocationStrategy;
  /**
   * Where the inventory learns what is on its way to the shop.
   *
   * @default nothing is
   */
  expectedStock?: ExpectedStockSource;
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
  orderCode: string;
  stockLocationId: string;
  stockLocationName: string;
  state: PickListState;
  createdAt: Date;
  lines: PickListLineView[];
}

export interface PickListLineView {
  orderLineId: string;
  productId: string;
  productVariantId: string;
  sku: string;
  name: string;
  quantity: number;
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

/** Which entries of the ledger are asked for. All that is given must fit. */
export interface LedgerFilter {
  productVariantId?: ID | null;
  sku?: string | null;
  stockLocationId?: ID | null;
  orderId?: ID | null;
  orderCode?: string | null;
  kinds?: readonly LedgerKind[] | null;
  /** From this moment on. */
  from?: Date | null;
  /** Before this moment. */
  to?: Date | null;
  /** The `nextCursor` of the page before. */
  after?: string | null;
  take: number;
}

/** Units of a variant at a location. */
export interface StockFigures {
  onHand: number;
  allocated: number;
  held: number;
}

export interface StockLedgerEntry {
  cursor: string;
  at: Date;
  kind: LedgerKind;
  /** Units that it is about; below zero only for an adjustment that took some away. */
  quantity: number;
  productId: string;
  productVariantId: string;
  sku: string;
  productVariantName: string;
  stockLocationId: string;
  stockLocationName: string;
  orderId: string | null;
  orderCode: string | null;
  orderLineId: string | null;
  userId: string | null;
  userIdentifier: string | null;
  change: StockFigures;
  /** What the location had of the variant right after it; null for a variant whose stock is not tracked. */
  balance: StockFigures | null;
}

export interface StockLedgerPage {
  items: StockLedgerEntry[];
  nextCursor: string | null;
}

/** What the stock levels say of a variant at a location, and what its movements add up to. */
export interface RecountRow {
  productVariantId: string;
  sku: string;
  stockLocationId: string;
  stockLocationName: string;
  onHand: number;
  allocated: number;
  countedOnHand: number;
  countedAllocated: number;
  differs: boolean;
}

export interface StockOverviewFilter {
  /** A part of the SKU or of the variant's name. */
  term?: string | null;
  productVariantId?: ID | null;
  stockLocationId?: ID | null;
  lowOnly?: boolean | null;
  skip: number;
  take: number;
}

/** Units that an order keeps from all others while it is paid. */
export interface RunningHold {
  id: string;
  createdAt: Date;
  expiresAt: Date;
  quantity: number;
  orderId: string;
  orderCode: string;
  productId: string;
  productVariantId: string;
  sku: string;
  productVariantName: string;
  stockLocationId: string;
  stockLocationName: string;
}

export interface RunningHoldsFilter {
  /** A part of the SKU, of the variant's name, or of the order's code. */
  term?: string | null;
  stockLocationId?: ID | null;
  skip: number;
  take: number;
}

/** What a location has of a variant now. */
export interface StockOverviewRow extends StockFigures {
  productId: string;
  productVariantId: string;
  sku: string;
  productVariantName: string;
  stockLocationId: string;
  stockLocationName: string;
  tracked: boolean;
  /** On hand, neither allocated nor held; below zero after units were sold ahead. */
  saleable: number;
  /** What is on its way of the variant, to whichever location. */
  expected: ExpectedStock[];
  expectedQuantity: number;
  /** At this many units that are not allocated, or fewer, it is low; null where nobody wants to know. */
  threshold: number | null;
  /** Whether the threshold was set here, and is not the shop's default. */
  ownThreshold: boolean;
  low: boolean;
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
  interface CustomStockMovementFields {
    userId?: number | null;
  }
  interface CustomStockLocationFields {
    countryCode?: string | null;
    postalCode?: string | null;
    latitude?: number | null;
    longitude?: number | null;
  }
  interface CustomGlobalSettingsFields {
    lowStockThreshold?: number | null;
  }
}
