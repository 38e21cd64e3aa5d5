import type { OrderProcess } from '@vendure/core';
import { isDeliverable } from './rules/address';

/**
 * Nobody pays for an order that cannot be sent anywhere: the platform asks for a customer, for contents and for
 * a shipping method, but not for an address.
 */
export const shippingAddressProcess: OrderProcess<string> = {
  onTransitionStart(_from, to, { order }) {
    if (to !== 'ArrangingPayment' || isDeliverable(order.shippingAddress)) return undefined;
    return 'message.order-needs-shipping-address';
  },
};
