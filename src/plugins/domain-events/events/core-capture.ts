import {
  AccountVerifiedEvent,
  ChannelEvent,
  CollectionEvent,
  CollectionModificationEvent,
  CouponCodeEvent,
  CustomerEvent,
  FulfillmentEvent,
  FulfillmentStateTransitionEvent,
  type ID,
  type Order,
  type OrderLine,
  OrderEvent,
  OrderLineEvent,
  OrderPlacedEvent,
  OrderStateTransitionEvent,
  PaymentStateTransitionEvent,
  ProductChannelEvent,
  ProductEvent,
  ProductVariantChannelEvent,
  ProductVariantEvent,
  ProductVariantPriceEvent,
  RefundEvent,
  RefundStateTransitionEvent,
  type RequestContext,
  StockMovementEvent,
  type Type,
  type VendureEvent,
} from '@vendure/core';
import { paymentStatusOf } from '../rules/payment-status';
import type { NewDomainEvent } from '../types';
import * as core from './core-events';

/**
 * Where core fires an event (read in 3.7.3):
 * - `transaction`: always inside a transaction of the service that fires it;
 * - `caller`: with the caller's context. Every GraphQL mutation that reaches it has a transaction, except
 *   `importProducts`; a script or job may have none. The event is then published in a transaction of its own, right
 *   then, after the change was committed: a crash between the two loses it;
 * - `unawaited`: like `caller`, and fired in one place outside a transaction without being awaited, so that it
 *   must not fail: `collection.service` after its filter job.
 */
export type FiredIn = 'transaction' | 'caller' | 'unawaited';

/** What a mapping may look up: facts that core leaves out of its event. */
export interface CaptureLookup {
  /** The variant of each price, by the price's id. */
  variantsOfPrices(ctx: RequestContext, priceIds: readonly ID[]): Promise<ReadonlyMap<string, string>>;
}

export interface CoreCapture<E extends VendureEvent & { ctx: RequestContext } = never> {
  readonly event: Type<E>;
  readonly firedIn: FiredIn;
  map(event: E, lookup: CaptureLookup): readonly NewDomainEvent[] | Promise<readonly NewDomainEvent[]>;
}

/** The most ids that a collection's event lists. */
export const MAX_LISTED_IDS = 1_000;

/** The most lines that an order's event lists: with the longest numbers it is well below what an event may have. */
export const MAX_LISTED_LINES = 400;

function capture<E extends VendureEvent & { ctx: RequestContext }>(
  event: Type<E>,
  firedIn: FiredIn,
  map: CoreCapture<E>['map'],
): CoreCapture {
  return { event, firedIn, map } as unknown as CoreCapture;
}

/** Every core event that is captured; the bus matches the exact class. Those not named here are not captured. */
export const CORE_CAPTURES: readonly CoreCapture[] = [
  capture(OrderEvent, 'caller', ({ entity, type }) => {
    const facts = orderFacts(entity);
    if (type === 'created')
      return [
        core.OrderCreated.of(entity.id, { ...facts, state: entity.state, currencyCode: entity.currencyCode }),
      ];
    return [(type === 'deleted' ? core.OrderDeleted : core.OrderUpdated).of(entity.id, facts)];
  }),
  capture(OrderLineEvent, 'caller', ({ order, orderLine, type }) => [
    core.OrderLineChanged.of(order.id, {
      ...orderFacts(order),
      change: type,
      orderLineId: String(orderLine.id),
      productVariantId: variantOf(orderLine),
      quantity: orderLine.quantity,
    }),
  ]),
  capture(CouponCodeEvent, 'caller', ({ orderId, couponCode, type }) => [
    core.OrderCouponChanged.of(orderId, { orderId: String(orderId), couponCode, change: type }),
  ]),
  capture(OrderPlacedEvent, 'transaction', ({ order }) => [
    core.OrderPlaced.of(order.id, {
      ...orderFacts(order),
      currencyCode: order.currencyCode,
      subTotalWithTax: order.subTotalWithTax,
      shippingWithTax: order.shippingWithTax,
      totalWithTax: order.totalWithTax,
      couponCodes: order.couponCodes,
      lineCount: order.lines.length,
      // Too large an event would undo the order's payment.
      lines:
        order.lines.length > MAX_LISTED_LINES
          ? null
          : order.lines.map(line => ({
              orderLineId: String(line.id),
              productVariantId: String(line.productVariantId),
              quantity: line.quantity,
              linePriceWithTax: line.proratedLinePriceWithTax,
            })),
    }),
  ]),
  capture(OrderStateTransitionEvent, 'transaction', ({ order, fromState, toState }) => [
    core.OrderStateChanged.of(order.id, { ...orderFacts(order), fromState, toState }),
  ]),
  capture(PaymentStateTransitionEvent, 'transaction', ({ order, payment, fromState, toState }) => {
    const facts = {
      ...orderFacts(order),
      paymentId: String(payment.id),
      method: payment.method,
      amount: payment.amount,
      currencyCode: order.currencyCode,
    };
    const paymentStatus = paymentStatusOf(toState);
    return [
      core.PaymentStateChanged.of(order.id, { ...facts, fromState, toState }),
      ...(paymentStatus === undefined
        ? []
        : [core.PaymentProcessed.of(order.id, { ...facts, paymentStatus })]),
    ];
  }),
  capture(RefundEvent, 'caller', ({ order, refund }) => [
    core.RefundCreated.of(order.id, { ...refundFacts(order, refund), state: refund.state }),
  ]),
  capture(RefundStateTransitionEvent, 'transaction', ({ order, refund, fromState, toState }) => [
    core.RefundStateChanged.of(order.id, { ...refundFacts(order, refund), fromState, toState }),
  ]),
  capture(FulfillmentEvent, 'caller', ({ entity, input }) => [
    core.FulfillmentCreated.of(entity.id, {
      fulfillmentId: String(entity.id),
      orderIds: (input?.orders ?? []).map(order => String(order.id)),
      method: entity.method,
      lines: lineFacts(input?.lines ?? []),
    }),
  ]),
  capture(FulfillmentStateTransitionEvent, 'transaction', ({ fulfillment, fromState, toState }) => [
    core.FulfillmentStateChanged.of(fulfillment.id, {
      fulfillmentId: String(fulfillment.id),
      fromState,
      toState,
      lines: lineFacts(fulfillment.lines),
    }),
  ]),
  capture(StockMovementEvent, 'caller', ({ stockMovements }) =>
    stockMovements.map(movement =>
      core.StockMoved.of(movement.productVariant.id, {
        productVariantId: String(movement.productVariant.id),
        stockMovementId: String(movement.id),
        movement: movement.type,
        quantity: movement.quantity,
        stockLocationId: idOrNull(movement.stockLocation?.id ?? movement.stockLocationId),
        orderLineId: idOrNull((movement as { orderLine?: OrderLine }).orderLine?.id),
      }),
    ),
  ),
  capture(ProductEvent, 'caller', ({ entity, type }) => [
    core.ProductChanged.of(entity.id, { productId: String(entity.id), change: type }),
  ]),
  capture(ProductChannelEvent, 'caller', ({ product, channelId, type }) => [
    core.ProductChannelChanged.of(product.id, {
      productId: String(product.id),
      channelId: String(channelId),
      change: type,
    }),
  ]),
  capture(ProductVariantEvent, 'caller', ({ entity, type }) =>
    entity.map(variant =>
      core.ProductVariantChanged.of(variant.id, {
        productVariantId: String(variant.id),
        productId: idOrNull(variant.productId ?? variant.product?.id),
        change: type,
      }),
    ),
  ),
  capture(ProductVariantChannelEvent, 'caller', ({ productVariant, channelId, type }) => [
    core.ProductVariantChannelChanged.of(productVariant.id, {
      productVariantId: String(productVariant.id),
      channelId: String(channelId),
      change: type,
    }),
  ]),
  // Core names no variant when a price is deleted (neither its id nor the relation is there any more). The
  // `ProductVariantChanged` of the same mutation covers it.
  capture(ProductVariantPriceEvent, 'caller', async ({ ctx, entity, type }, lookup) => {
    const unnamed = entity.filter(price => price.variant === undefined && price.id !== undefined);
    const variants = await lookup.variantsOfPrices(
      ctx,
      unnamed.map(price => price.id),
    );
    return entity.flatMap(price => {
      const variantId = price.variant?.id ?? variants.get(String(price.id));
      if (variantId === undefined) return [];
      return core.ProductVariantPriceChanged.of(variantId, {
        productVariantId: String(variantId),
        channelId: String(price.channelId),
        currencyCode: price.currencyCode,
        price: price.price,
        change: type,
      });
    });
  }),
  capture(CollectionEvent, 'caller', ({ entity, type }) => [
    core.CollectionChanged.of(entity.id, { collectionId: String(entity.id), change: type }),
  ]),
  capture(CollectionModificationEvent, 'unawaited', ({ collection, productVariantIds }) => [
    core.CollectionContentChanged.of(collection.id, {
      collectionId: String(collection.id),
      productVariantCount: productVariantIds.length,
      productVariantIds: productVariantIds.length > MAX_LISTED_IDS ? null : productVariantIds.map(String),
    }),
  ]),
  capture(ChannelEvent, 'caller', ({ entity, type }) => [
    core.ChannelChanged.of(entity.id, { channelId: String(entity.id), change: type }),
  ]),
  capture(CustomerEvent, 'caller', ({ entity, type }) => [
    core.CustomerChanged.of(entity.id, { customerId: String(entity.id), change: type }),
  ]),
  capture(AccountVerifiedEvent, 'caller', ({ customer }) => [
    core.CustomerVerified.of(customer.id, { customerId: String(customer.id) }),
  ]),
];

function orderFacts(order: Order) {
  return {
    orderId: String(order.id),
    code: order.code,
    customerId: idOrNull(order.customer?.id ?? order.customerId),
  };
}

function refundFacts(order: Order, refund: { id: ID; paymentId?: ID; payment?: { id: ID }; total: number }) {
  return {
    ...orderFacts(order),
    refundId: String(refund.id),
    paymentId: idOrNull(refund.payment?.id ?? refund.paymentId),
    total: refund.total,
    currencyCode: order.currencyCode,
  };
}

function lineFacts(lines: ReadonlyArray<{ orderLineId: ID; quantity: number }>) {
  return lines.map(line => ({ orderLineId: String(line.orderLineId), quantity: line.quantity }));
}

function variantOf(line: OrderLine): string | null {
  return idOrNull(line.productVariant?.id ?? line.productVariantId);
}

function idOrNull(id: ID | null | undefined): string | null {
  return id === null || id === undefined ? null : String(id);
}
