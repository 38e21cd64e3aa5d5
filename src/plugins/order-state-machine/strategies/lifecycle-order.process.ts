import { type Injector, type OrderProcess, type OrderState } from '@vendure/core';
import type { Lifecycle } from '../rules/lifecycle';
import { statusOf } from '../rules/lifecycle-status';
import { CurrentTrigger } from '../services/current-trigger';
import { LifecycleService } from '../services/lifecycle.service';

/**
 * Core's way around the life cycle, closed: what is paid is sent only after start_fulfillment, where guards have
 * their say.
 */
export const FORBIDDEN_MOVES = ['PartiallyShipped', 'Shipped', 'PartiallyDelivered', 'Delivered'].map(
  to => `PaymentSettled>${to}`,
);

declare module '@vendure/core/dist/service/helpers/order-state-machine/order-state' {
  interface OrderStates {
    Processing: never;
    ReadyToShip: never;
    Refunded: never;
    Returned: never;
  }
}

/**
 * Ties the life cycle to core's order states, for every way into them: a trigger, a fulfilment, a cancellation, a
 * payment. It refuses what the table or a guard refuses, and writes and does what belongs to what was done.
 *
 * It comes after the stock holds' process: what that refuses never happens here.
 */
export function lifecycleOrderProcess(lifecycle: Lifecycle): OrderProcess<OrderState> {
  let machine: LifecycleService;
  let current: CurrentTrigger;

  return {
    transitions: transitionsOf(lifecycle),

    init(injector: Injector) {
      machine = injector.get(LifecycleService);
      current = injector.get(CurrentTrigger);
    },

    async onTransitionStart(from, to, { ctx, order }) {
      // Every new cart passes here: it has nothing to check, and nothing to write down.
      if (from === 'Created') return;
      const meaning = lifecycle.meaningOf(from, to, statusOf(order));
      if (meaning === undefined) return `The life cycle has no way from ${from} to ${to}.`;
      // Checked already, under the same locks, by the trigger itself.
      if (current.of(order.id)?.trigger === meaning.trigger) return;
      const refusal = await machine.refusal(ctx, order, {
        trigger: meaning.trigger,
        to: await machine.statusAfter(ctx, order.id, meaning.status, statusOf(order)),
        conditions: meaning.conditions,
      });
      return refusal?.reason;
    },

    async onTransitionEnd(from, to, { ctx, order }) {
      if (from === 'Created') return;
      const before = statusOf({ state: from, customFields: order.customFields });
      const meaning = lifecycle.meaningOf(from, to, before);
      if (meaning === undefined) return;
      const { trigger, status } = meaning;
      const toStatus = await machine.statusAfter(ctx, order.id, status, before);
      const ofRow = toStatus === before ? [] : lifecycle.actionsOf(trigger, toStatus);
      const actions = [...new Set([...meaning.actions, ...ofRow])];
      await machine.apply(ctx, order, { trigger, fromState: from, toStatus, toState: to, actions });
    },
  };
}

function transitionsOf(lifecycle: Lifecycle): NonNullable<OrderProcess<OrderState>['transitions']> {
  const graph = lifecycle.stateGraph();
  return Object.fromEntries(
    Object.entries(graph).map(([from, { to }]) => [
      from,
      // Core's own next states of what is paid are replaced: see FORBIDDEN_MOVES.
      from === 'PaymentSettled' ? { to, mergeStrategy: 'replace' as const } : { to },
    ]),
  ) as unknown as NonNullable<OrderProcess<OrderState>['transitions']>;
}
