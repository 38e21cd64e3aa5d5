import type { PaymentInitiator, ShippingCarrier, TransitionGuard, WarehouseNotifier } from '../types';
import { Lifecycle } from './lifecycle';
import { CORE_MOVES, LIFECYCLE, type LifecycleTransition } from './lifecycle-table';

export interface OrderStateMachinePluginOptions {
  /**
   * Transitions of this shop. One with a trigger and a `from` that the table has replaces it; others are added. The
   * states that their moves name are added to the platform's order process.
   */
  transitions?: readonly LifecycleTransition[];
  /** Who may hold orders back. */
  guards?: readonly TransitionGuard[];
  /** Starts payments with a provider when the checkout reaches the payment. Default: nobody. */
  paymentInitiator?: PaymentInitiator;
  /** Default: the webhook of `WAREHOUSE_WEBHOOK_URL`. */
  warehouseNotifier?: WarehouseNotifier;
  /** Default: the built-in carrier, whose labels are for own drivers. */
  carrier?: ShippingCarrier;
}

export interface ResolvedOptions {
  readonly lifecycle: Lifecycle;
  readonly guards: readonly TransitionGuard[];
  readonly paymentInitiator: PaymentInitiator | undefined;
  readonly warehouseNotifier: WarehouseNotifier | undefined;
  readonly carrier: ShippingCarrier | undefined;
}

export function resolveOptions(options: OrderStateMachinePluginOptions): ResolvedOptions {
  return {
    lifecycle: new Lifecycle(merge(LIFECYCLE, options.transitions ?? []), CORE_MOVES),
    guards: options.guards ?? [],
    paymentInitiator: options.paymentInitiator,
    warehouseNotifier: options.warehouseNotifier,
    carrier: options.carrier,
  };
}

function merge(
  table: readonly LifecycleTransition[],
  own: readonly LifecycleTransition[],
): LifecycleTransition[] {
  const key = ({ trigger, from }: LifecycleTransition) => `${trigger} ${from}`;
  const replaced = new Map(own.map(row => [key(row), row]));
  const known = new Set(table.map(key));
  return [...table.map(row => replaced.get(key(row)) ?? row), ...own.filter(row => !known.has(key(row)))];
}
