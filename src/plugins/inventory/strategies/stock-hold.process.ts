import { type Injector, type OrderProcess, type OrderState, type RequestContext } from '@vendure/core';
import type { AllocationPlan } from '../rules/plan-allocation';
import { RetryNotes } from '../services/retry-notes';
import { StockHoldService } from '../services/stock-hold.service';

/** The states that core enters from ArrangingPayment with the units paid for: it allocates them there. */
const PAID: readonly OrderState[] = ['PaymentAuthorized', 'PaymentSettled'];

let holds: StockHoldService;
let notes: RetryNotes;

/** Decided at the start of a transition, carried out at its end, under the same locks. */
const plans = new WeakMap<object, AllocationPlan>();

/**
 * Ties holds to the order's states, for every way into them: entering ArrangingPayment holds the units of all lines or
 * is refused, paying turns them into core's allocation, leaving in any other way lets them go.
 *
 * It comes after core's own process: what that refuses is never held.
 */
export const stockHoldProcess: OrderProcess<OrderState> = {
  init(injector: Injector) {
    holds = injector.get(StockHoldService);
    notes = injector.get(RetryNotes);
  },

  async onTransitionStart(fromState, toState, { ctx, order }) {
    const pays = fromState === 'ArrangingPayment' && PAID.includes(toState);
    if (toState !== 'ArrangingPayment' && !pays) return;
    const plan = await noted(ctx, () => holds.plan(ctx, order));
    if (plan.shortages.length === 0) {
      plans.set(order, plan);
      return;
    }
    const shortage = { order, shortages: plan.shortages };
    if (pays) await noted(ctx, () => holds.tellPaidOutOfStock(ctx, shortage));
    return holds
      .describe(ctx, shortage)
      .map(({ message }) => message)
      .join(' ');
  },

  async onTransitionEnd(fromState, toState, { ctx, order }) {
    const plan = plans.get(order);
    plans.delete(order);
    if (toState === 'ArrangingPayment' && plan !== undefined) {
      await holds.place(ctx, order.id, plan.assignments);
    } else if (fromState === 'ArrangingPayment') {
      await holds.settle(ctx, order.id);
    }
  },
};

/** Core turns whatever is thrown at the start of a transition into an answer: what can be run again is noted. */
async function noted<T>(ctx: RequestContext, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    notes.noteFailure(ctx, error);
    throw error;
  }
}
