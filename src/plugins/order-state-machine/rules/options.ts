import type { PaymentInitiator, ShippingCarrier, TransitionGuard, WarehouseNotifier } from '../types';
import { Lifecycle } from './lifecycle';
import { CORE_MOVES, LIFECYCLE, type LifecycleTransition } from './lifecycle-table';

export interface OrderStateMachinePluginOptions {
  /** On labels and packing lists, as the sender. */
  shopName: string;
  /** Where the links of e-mails lead. */
  storefrontUrl: string;
  /** Paths of the storefront; `{code}` and `{slug}` are filled in. Default `/account/orders/{code}`, `/products/{slug}`. */
  storefrontPaths?: { order: string; product: string };
  /**
   * Transitions of this shop. One with a trigger and a `from` that the table has replaces it; others are added. The
   * states that their moves name are added to the platform's order process.
   */
  transitions?: readonly LifecycleTransition[];
  /** Who may hold orders back. */
  guards?: readonly TransitionGuard[];
  /** Starts payments with a provider when the checkout reaches the payment. Default: nobody. */
  paymentInitiator?: PaymentInitiator;
  /** Who tells the warehouse what to send. Default: `warehouseWebhook`, or nobody. */
  warehouseNotifier?: WarehouseNotifier;
  /** Told by HTTP, signed with the secret. */
  warehouseWebhook?: { url: string; secret?: string | undefined } | undefined;
  /** Who makes labels. Default: the built-in carrier, for own drivers. */
  carrier?: ShippingCarrier;
  /** Days between the delivery and the question how it was. Default 7. */
  feedbackAfterDays?: number;
  /** Days after which labels and packing lists are deleted. Default 365. */
  documentRetentionDays?: number;
}

export interface ResolvedOptions {
  readonly lifecycle: Lifecycle;
  readonly guards: readonly TransitionGuard[];
  readonly paymentInitiator: PaymentInitiator | undefined;
  readonly warehouseNotifier: WarehouseNotifier | undefined;
  readonly warehouseWebhook: { url: string; secret?: string | undefined } | undefined;
  readonly carrier: ShippingCarrier | undefined;
  readonly shopName: string;
  readonly storefrontUrl: string;
  readonly storefrontPaths: { readonly order: string; readonly product: string };
  readonly feedbackAfterDays: number;
  readonly documentRetentionDays: number;
}

/** @throws Error naming the option that makes no sense */
export function resolveOptions(options: OrderStateMachinePluginOptions): ResolvedOptions {
  return {
    lifecycle: new Lifecycle(merge(LIFECYCLE, options.transitions ?? []), CORE_MOVES),
    guards: options.guards ?? [],
    paymentInitiator: options.paymentInitiator,
    warehouseNotifier: options.warehouseNotifier,
    warehouseWebhook: options.warehouseWebhook,
    carrier: options.carrier,
    shopName: options.shopName,
    storefrontUrl: options.storefrontUrl,
    storefrontPaths: options.storefrontPaths ?? {
      order: '/account/orders/{code}',
      product: '/products/{slug}',
    },
    feedbackAfterDays: days('feedbackAfterDays', options.feedbackAfterDays ?? 7, 0),
    documentRetentionDays: days('documentRetentionDays', options.documentRetentionDays ?? 365, 1),
  };
}

function days(name: string, value: number, least: number): number {
  if (!Number.isInteger(value) || value < least) {
    throw new Error(
      `OrderStateMachinePlugin: ${name} is ${value}; give a whole number of days from ${least}.`,
    );
  }
  return value;
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
