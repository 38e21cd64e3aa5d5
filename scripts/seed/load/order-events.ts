import type { OrderRecord } from './orders';

/** An entry of an order's history, as the platform writes them. */
export interface OrderEvent {
  at: number;
  type: string;
  data: Record<string, unknown>;
}

/** What happened to an order, in order, with the times at which it did. */
export function orderEvents(
  { order, lineIds, paymentId }: OrderRecord,
  made: { fulfillmentId?: number; refundId?: number },
  coupon: { code: string; promotionId: unknown },
): OrderEvent[] {
  const events: OrderEvent[] = [];
  const push = (at: number, type: string, data: Record<string, unknown>) => events.push({ at, type, data });
  const state = (at: number, from: string, to: string) => push(at, 'ORDER_STATE_TRANSITION', { from, to });
  state(order.createdAt, 'Created', 'AddingItems');
  if (order.coupon) {
    push(order.placedAt - 30_000, 'ORDER_COUPON_APPLIED', {
      couponCode: coupon.code,
      promotionId: coupon.promotionId,
    });
  }
  state(order.placedAt - 20_000, 'AddingItems', 'ArrangingPayment');
  push(order.placedAt, 'ORDER_PAYMENT_TRANSITION', { paymentId, from: 'Created', to: 'Settled' });
  state(order.placedAt, 'ArrangingPayment', 'PaymentSettled');
  if (order.cancelledAt !== undefined) {
    const lines = order.lines.map(({ quantity }, i) => ({ orderLineId: lineIds[i], quantity }));
    push(order.cancelledAt, 'ORDER_CANCELLATION', { lines, shippingCancelled: true });
    state(order.cancelledAt, 'PaymentSettled', 'Cancelled');
    push(order.cancelledAt, 'ORDER_REFUND_TRANSITION', {
      refundId: made.refundId,
      from: 'Pending',
      to: 'Settled',
    });
  }
  if (order.packedAt === undefined || order.shippedAt === undefined) return events;
  const { fulfillmentId } = made;
  const parcel = (at: number, from: string, to: string) =>
    push(at, 'ORDER_FULFILLMENT_TRANSITION', { fulfillmentId, from, to });
  push(order.packedAt, 'ORDER_FULFILLMENT', { fulfillmentId });
  parcel(order.packedAt, 'Created', 'Pending');
  parcel(order.shippedAt, 'Pending', 'Shipped');
  state(order.shippedAt, 'PaymentSettled', 'Shipped');
  if (order.deliveredAt === undefined) return events;
  parcel(order.deliveredAt, 'Shipped', 'Delivered');
  state(order.deliveredAt, 'Shipped', 'Delivered');
  return events;
}
