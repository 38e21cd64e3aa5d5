import type { Order } from '@vendure/core';

const ENDED: readonly string[] = ['Cancelled', 'Refunded', 'Returned'];

/** The customer does not get the goods, or does not keep them. */
export function hasEnded(order: Pick<Order, 'state'>): boolean {
  return ENDED.includes(order.state);
}
