import {
  isGraphQlErrorResult,
  OrderService,
  type FulfillmentProcess,
  type FulfillmentState,
  type Injector,
  type Order,
  type RequestContext,
} from '@vendure/core';
import { RetryNotes } from '../../inventory';
import { statusOf } from '../rules/lifecycle-status';
import { ParcelProgressService } from '../services/parcel-progress.service';

let orders: OrderService;
let notes: RetryNotes;
let progress: ParcelProgressService;

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
    notes = injector.get(RetryNotes);
    progress = injector.get(ParcelProgressService);
  },

  async onTransitionStart(_from, to, { ctx, orders: affected }) {
    if (to === 'Cancelled') return;
    for (const order of affected) {
      const refusal = await makeSendable(ctx, order);
      if (refusal !== undefined) return refusal;
    }
  },

  async onTransitionEnd(_from, to, { ctx, fulfillment, orders: affected }) {
    for (const order of affected) await progress.follow(ctx, order.id, fulfillment.id, to);
  },
};

async function makeSendable(ctx: RequestContext, order: Order): Promise<string | undefined> {
  if (SENDABLE.includes(statusOf(order)) && order.state !== 'PaymentSettled') return undefined;
  if (order.state !== 'PaymentSettled') {
    return `Order ${order.code} is ${statusOf(order)}: nothing of it can be sent.`;
  }
  try {
    const result = await orders.transitionToState(ctx, order.id, 'Processing');
    if (isGraphQlErrorResult(result)) return result.transitionError;
    // Core goes on with the order that it has loaded.
    order.state = result.state;
    order.customFields = result.customFields;
    return undefined;
  } catch (error) {
    // Core would make an answer of it.
    notes.noteFailure(ctx, error);
    throw error;
  }
}
