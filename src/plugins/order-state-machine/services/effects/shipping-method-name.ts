import type { Order } from '@vendure/core';

/** How an order is sent; null when nothing of it is. */
export function shippingMethodName(order: Pick<Order, 'shippingLines'>): string | null {
  const method = order.shippingLines.find(line => line.shippingMethod)?.shippingMethod;
  if (!method) return null;
  // The code stands in where the method was loaded without its texts.
  return method.translations?.[0]?.name ?? method.code;
}
