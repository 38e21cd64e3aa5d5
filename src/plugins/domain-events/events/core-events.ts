import { z } from 'zod';
import { defineEvent } from './define-event';

/**
 * The facts of Vendure's core, as this shop publishes them. Ids are strings, amounts are in minor units of the
 * event's currency, people appear by their id only. Events of orders, payments and refunds are all about the
 * `Order`, so that a handler gets one order's facts in the order in which they happened.
 */

const id = z.string().min(1);
const money = z.number().int();
const ofCustomer = ({ customerId }: { customerId: string | null }) => customerId;
const changed = z.enum(['created', 'updated', 'deleted']);

const order = z.object({ orderId: id, code: z.string(), customerId: id.nullable() });

/** An order row came to be: a cart, or a draft of staff. The first event of an order. */
export const OrderCreated = defineEvent({
  type: 'OrderCreated',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: order.extend({ state: z.string(), currencyCode: z.string() }),
  customerId: ofCustomer,
});

/** Customer, custom fields, addresses or, by staff, contents were changed. */
export const OrderUpdated = defineEvent({
  type: 'OrderUpdated',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: order,
  customerId: ofCustomer,
});

export const OrderDeleted = defineEvent({
  type: 'OrderDeleted',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: order,
  customerId: ofCustomer,
});

export const OrderLineChanged = defineEvent({
  type: 'OrderLineChanged',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: order.extend({
    change: z.enum(['created', 'updated', 'deleted', 'cancelled']),
    orderLineId: id,
    productVariantId: id.nullable(),
    /** After the change, as core reports it. */
    quantity: z.number().int(),
  }),
  customerId: ofCustomer,
});

export const OrderCouponChanged = defineEvent({
  type: 'OrderCouponChanged',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: z.object({ orderId: id, couponCode: z.string(), change: z.enum(['assigned', 'removed']) }),
});

/** The shopper has bought: what, and for how much. `lines` is `null` when they are too many to list. */
export const OrderPlaced = defineEvent({
  type: 'OrderPlaced',
  aggregateType: 'Order',
  schemaVersion: 2,
  schema: order.extend({
    currencyCode: z.string(),
    subTotalWithTax: money,
    shippingWithTax: money,
    totalWithTax: money,
    couponCodes: z.array(z.string()),
    lineCount: z.number().int(),
    lines: z
      .array(
        z.object({
          orderLineId: id,
          productVariantId: id,
          quantity: z.number().int(),
          /** After all discounts. */
          linePriceWithTax: money,
        }),
      )
      .nullable(),
  }),
  customerId: ofCustomer,
});

export const OrderStateChanged = defineEvent({
  type: 'OrderStateChanged',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: order.extend({ fromState: z.string(), toState: z.string() }),
  customerId: ofCustomer,
});

const payment = order.extend({ paymentId: id, method: z.string(), amount: money, currencyCode: z.string() });

/** A payment attempt has an outcome: money came (`success`), is held (`authorized`), or did not come. */
export const PaymentProcessed = defineEvent({
  type: 'PaymentProcessed',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: payment.extend({ paymentStatus: z.enum(['success', 'authorized', 'declined', 'error']) }),
  customerId: ofCustomer,
});

export const PaymentStateChanged = defineEvent({
  type: 'PaymentStateChanged',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: payment.extend({ fromState: z.string(), toState: z.string() }),
  customerId: ofCustomer,
});

const refund = order.extend({
  refundId: id,
  paymentId: id.nullable(),
  total: money,
  currencyCode: z.string(),
});

export const RefundCreated = defineEvent({
  type: 'RefundCreated',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: refund.extend({ state: z.string() }),
  customerId: ofCustomer,
});

export const RefundStateChanged = defineEvent({
  type: 'RefundStateChanged',
  aggregateType: 'Order',
  schemaVersion: 1,
  schema: refund.extend({ fromState: z.string(), toState: z.string() }),
  customerId: ofCustomer,
});

export const FulfillmentCreated = defineEvent({
  type: 'FulfillmentCreated',
  aggregateType: 'Fulfillment',
  schemaVersion: 1,
  schema: z.object({
    fulfillmentId: id,
    orderIds: z.array(id),
    method: z.string(),
    lines: z.array(z.object({ orderLineId: id, quantity: z.number().int() })),
  }),
});

export const FulfillmentStateChanged = defineEvent({
  type: 'FulfillmentStateChanged',
  aggregateType: 'Fulfillment',
  schemaVersion: 1,
  schema: z.object({
    fulfillmentId: id,
    fromState: z.string(),
    toState: z.string(),
    lines: z.array(z.object({ orderLineId: id, quantity: z.number().int() })),
  }),
});

/** One row of core's stock movements. */
export const StockMoved = defineEvent({
  type: 'StockMoved',
  aggregateType: 'ProductVariant',
  schemaVersion: 1,
  schema: z.object({
    productVariantId: id,
    stockMovementId: id,
    movement: z.string(),
    /** As core signs it: a sale is negative. */
    quantity: z.number().int(),
    stockLocationId: id.nullable(),
    orderLineId: id.nullable(),
  }),
});

export const ProductChanged = defineEvent({
  type: 'ProductChanged',
  aggregateType: 'Product',
  schemaVersion: 1,
  schema: z.object({ productId: id, change: changed }),
});

export const ProductChannelChanged = defineEvent({
  type: 'ProductChannelChanged',
  aggregateType: 'Product',
  schemaVersion: 1,
  schema: z.object({ productId: id, channelId: id, change: z.enum(['assigned', 'removed']) }),
});

export const ProductVariantChanged = defineEvent({
  type: 'ProductVariantChanged',
  aggregateType: 'ProductVariant',
  schemaVersion: 1,
  schema: z.object({ productVariantId: id, productId: id.nullable(), change: changed }),
});

export const ProductVariantChannelChanged = defineEvent({
  type: 'ProductVariantChannelChanged',
  aggregateType: 'ProductVariant',
  schemaVersion: 1,
  schema: z.object({ productVariantId: id, channelId: id, change: z.enum(['assigned', 'removed']) }),
});

export const ProductVariantPriceChanged = defineEvent({
  type: 'ProductVariantPriceChanged',
  aggregateType: 'ProductVariant',
  schemaVersion: 1,
  schema: z.object({
    productVariantId: id,
    channelId: id,
    currencyCode: z.string(),
    price: money,
    change: changed,
  }),
});

export const CollectionChanged = defineEvent({
  type: 'CollectionChanged',
  aggregateType: 'Collection',
  schemaVersion: 1,
  schema: z.object({ collectionId: id, change: changed }),
});

/** Which variants came into a collection or left it; `null` when they are too many to list. */
export const CollectionContentChanged = defineEvent({
  type: 'CollectionContentChanged',
  aggregateType: 'Collection',
  schemaVersion: 1,
  schema: z.object({
    collectionId: id,
    productVariantCount: z.number().int(),
    productVariantIds: z.array(id).nullable(),
  }),
});

export const ChannelChanged = defineEvent({
  type: 'ChannelChanged',
  aggregateType: 'Channel',
  schemaVersion: 1,
  schema: z.object({ channelId: id, change: changed }),
});

export const CustomerChanged = defineEvent({
  type: 'CustomerChanged',
  aggregateType: 'Customer',
  schemaVersion: 1,
  schema: z.object({ customerId: id, change: changed }),
  customerId: ofCustomer,
});

/** The customer has confirmed their e-mail address. */
export const CustomerVerified = defineEvent({
  type: 'CustomerVerified',
  aggregateType: 'Customer',
  schemaVersion: 1,
  schema: z.object({ customerId: id }),
  customerId: ofCustomer,
});

export const CORE_EVENTS = [
  OrderCreated,
  OrderUpdated,
  OrderDeleted,
  OrderLineChanged,
  OrderCouponChanged,
  OrderPlaced,
  OrderStateChanged,
  PaymentProcessed,
  PaymentStateChanged,
  RefundCreated,
  RefundStateChanged,
  FulfillmentCreated,
  FulfillmentStateChanged,
  StockMoved,
  ProductChanged,
  ProductChannelChanged,
  ProductVariantChanged,
  ProductVariantChannelChanged,
  ProductVariantPriceChanged,
  CollectionChanged,
  CollectionContentChanged,
  ChannelChanged,
  CustomerChanged,
  CustomerVerified,
] as const;
