import type { StateGraph } from './lifecycle';

/** What core's default process allows in 3.7.3. */
export const CORE_STATES: StateGraph = {
  Created: { to: ['AddingItems', 'Draft'] },
  Draft: { to: ['Cancelled', 'ArrangingPayment'] },
  AddingItems: { to: ['ArrangingPayment', 'Cancelled'] },
  ArrangingPayment: { to: ['PaymentAuthorized', 'PaymentSettled', 'AddingItems', 'Cancelled'] },
  PaymentAuthorized: { to: ['PaymentSettled', 'Cancelled', 'Modifying', 'ArrangingAdditionalPayment'] },
  PaymentSettled: {
    to: [
      'PartiallyDelivered',
      'Delivered',
      'PartiallyShipped',
      'Shipped',
      'Cancelled',
      'Modifying',
      'ArrangingAdditionalPayment',
    ],
  },
  PartiallyShipped: { to: ['Shipped', 'PartiallyDelivered', 'Cancelled', 'Modifying'] },
  Shipped: { to: ['PartiallyDelivered', 'Delivered', 'Cancelled', 'Modifying'] },
  PartiallyDelivered: { to: ['Delivered', 'Cancelled', 'Modifying'] },
  Delivered: { to: ['Cancelled'] },
  Modifying: {
    to: [
      'PaymentAuthorized',
      'PaymentSettled',
      'PartiallyShipped',
      'Shipped',
      'PartiallyDelivered',
      'ArrangingAdditionalPayment',
    ],
  },
  ArrangingAdditionalPayment: {
    to: [
      'PaymentAuthorized',
      'PaymentSettled',
      'PartiallyShipped',
      'Shipped',
      'PartiallyDelivered',
      'Cancelled',
    ],
  },
  Cancelled: { to: [] },
};
