import {
  isGraphQlErrorResult,
  OrderService,
  type FulfillmentProcess,
  type FulfillmentState,
  type Injector,
  type Order,
  type RequestContext,
} from '@vendure/core';
import { statusOf } from '../rules/lifecycle-status';
import { ParcelProgressService } from '../services/parcel-progress.service';

let orders: OrderService;
let progress: ParcelProgressService;

const ENDED = ['Cancelled', 'Refunded', 'Returned'];

/** While staff change an order nobody knows what belongs into a parcel. */
const CHANGING = ['Modifying', 'ArrangingAdditionalPayment'];

/** From these on parcels may be made. */
const SENDABLE = ['processing', 'ready_to_ship', 'shipped', 'delivered'];

/**
 * Has fulfilments move the life cycle, whoever makes them. One for an order whose preparation has not begun begins it,
 * with all that belongs to it; one for an order that is not paid is refused.
 *
 * It comes after core's own process, which moves the order's state.
 */
export const lifecycleFulfillmentProcess: FulfillmentProcess<FulfillmentState> = {
  init(injector: Injector) {
    orders = injector.get(OrderService);
    progress = injector.get(ParcelProgressService);
  },

  async onTransitionStart(_from, to, { ctx, orders: affected }) {
    for (const order of affected) {
      if (to === 'Cancelled') {
        // Core would allocate its units again, for an order that takes no units any more.
        if (ENDED.includes(order.state)) {
          return `Order ${order.code} is ${statusOf(order)}: its parcels stay as they are.`;
        }
        continue;
      }
      const refusal = await makeSendable(ctx, order);
      if (refusal !== undefined) return refusal;
    }
  },

  async onTransitionEnd(_from, to, { ctx, fulfillment, orders: affected }) {
    for (const order of affected) await progress.follow(ctx, order.id, fulfillment.id, to);
  },
};

async function makeSendable(ctx: RequestContext, order: Order): Promise<string | undefined> {
  if (CHANGING.includes(order.state))
    return `Order ${order.code} is being changed: nothing of it can be sent.`;
  if (order.state !== 'PaymentSettled') {
    if (SENDABLE.includes(statusOf(order))) return undefined;
    return `Order ${order.code} is ${statusOf(order)}: nothing of it can be sent.`;
  }
  const result = await orders.transitionToState(ctx, order.id, 'Processing');
  if (isGraphQlErrorResult(result)) return result.transitionError;
  // Core goes on with the order that it has loaded.
  order.state = result.state;
  order.customFields = result.customFields;
  return undefined;
}
