import type { RequestContext } from '@vendure/core';

/** What of the plugin's options the effects, adapters and documents read. */
export interface OutsideOptions {
  /** On labels and packing lists, as the sender. */
  shopName: string;
  storefrontUrl: string;
  /** Paths of the storefront; `{code}` and `{slug}` are filled in. */
  storefrontPaths: { order: string; product: string };
  /** Days between the delivery and the question how it was. */
  feedbackAfterDays: number;
  /** Days after which labels and packing lists are deleted. */
  documentRetentionDays: number;
}

export const OUTSIDE_DEFAULTS: Pick<
  OutsideOptions,
  'storefrontPaths' | 'feedbackAfterDays' | 'documentRetentionDays'
> = {
  storefrontPaths: { order: '/account/orders/{code}', product: '/products/{slug}' },
  feedbackAfterDays: 7,
  documentRetentionDays: 365,
};

export const OUTSIDE_OPTIONS = Symbol('ORDER_OUTSIDE_OPTIONS');

/** Bound to a `ShippingCarrier`. */
export const SHIPPING_CARRIER = Symbol('SHIPPING_CARRIER');

/** Bound to a `WarehouseNotifier`; to null when no warehouse is connected. */
export const WAREHOUSE_NOTIFIER = Symbol('WAREHOUSE_NOTIFIER');

/** Bound to a `PickListSource`. */
export const PICK_LIST_SOURCE = Symbol('PICK_LIST_SOURCE');

/** Bound to a function that tells the time. */
export const OUTSIDE_CLOCK = Symbol('ORDER_OUTSIDE_CLOCK');

export type Now = () => Date;

/** What is to be taken from one stock location for an order. */
export interface PickList {
  readonly id: string;
  readonly orderId: string;
  readonly stockLocationId: string;
  readonly stockLocationName: string;
  readonly state: 'open' | 'picked' | 'cancelled';
  readonly createdAt: Date;
  readonly lines: ReadonlyArray<{
    readonly orderLineId: string;
    readonly productVariantId: string;
    readonly sku: string;
    readonly name: string;
    readonly quantity: number;
  }>;
}

/** The pick lists of the plugin inventory, as far as they are needed here. */
export interface PickListSource {
  ofOrder(ctx: RequestContext, orderId: string): Promise<readonly PickList[]>;
}
