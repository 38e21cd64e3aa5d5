import type { ID, InjectableStrategy, Order, RequestContext } from '@vendure/core';
import type { NewDomainEvent } from '../domain-events';

/** Where an order is in its life, as shoppers and staff read it. Core's own states are finer and stay as they are. */
export const LIFECYCLE_STATUSES = [
  'pending',
  'payment_pending',
  'payment_confirmed',
  'processing',
  'ready_to_ship',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
  'returned',
] as const;

export type LifecycleStatus = (typeof LIFECYCLE_STATUSES)[number];

/** A value that survives JSON. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What an effect says of its work. Small, without personal data: staff see it on the order's timeline. */
export type EffectResult = Readonly<Record<string, Json>>;

/** One run of an effect. */
export interface EffectRun {
  /** The entry in the ledger. */
  readonly effectId: string;
  /** The same on every attempt, whoever makes it: the outside must drop a second call with it. */
  readonly idempotencyKey: string;
  /** 1 for the first. */
  readonly attempt: number;
  /** Aborted at the timeout. */
  readonly signal: AbortSignal;
  /** The entry of the order's history that asked for it. */
  readonly transition: { readonly id: string; readonly trigger: string; readonly at: Date };
  /** The idempotency key of what a compensation takes back; null for all others. */
  readonly compensates: string | null;
  /** The parcel that it is about, for effects that run once for each. */
  readonly fulfillmentId: string | null;
}

/**
 * Something that happens outside the database because an order moved on: an e-mail, a webhook, a label. It runs as a
 * job after the commit, at least once; its ledger entry says what came of it. A failure never undoes the transition.
 */
export interface OrderEffect {
  /** The action's name in the transition table, such as `create_shipping_label`. Never renamed: it is stored. */
  readonly code: string;
  /**
   * Whether it may run again when a run was cut off and nobody knows how far it came. True where the idempotency key
   * makes a second call harmless. Else the entry becomes `unknown` and staff decide.
   */
  readonly repeatable: boolean;
  /** False while nothing is connected that it could reach: then nobody asks for it. */
  readonly connected?: boolean;
  /** Effects of the same order that must have ended (well or not) before this one runs. */
  readonly after?: readonly string[];
  /** At most once for an order, however often the table asks for it. */
  readonly once?: boolean;
  /** Whether it is about the order (default) or about each parcel that the transition is about. */
  readonly per?: 'order' | 'fulfillment';
  /** How long after the transition it runs (ms). */
  delayMs?(): number;
  /**
   * @throws EffectNotNeededError when there is nothing to do (recorded as such)
   * @throws EffectRefusedError when trying again is of no use
   * @throws EffectOutcomeUnknownError when it may have happened, and a second time would do harm
   */
  run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult>;
  /** For an effect without a compensation of its own: the one whose compensation sees to it too. */
  readonly takenBackBy?: string;
  /** What the shop's other parts learn of a run that ended well. Published with the ledger's entry. */
  facts?(orderId: string, result: EffectResult): readonly NewDomainEvent[];
  /**
   * Takes back what was done, when the order is cancelled. Where a repeated run is harmless, it is called after failed
   * attempts as well, with an empty result: it must find out by itself what there is to take back.
   */
  compensate?(ctx: RequestContext, order: Order, run: EffectRun, done: EffectResult): Promise<EffectResult>;
}

/** Why an order may not move. */
export interface Refusal {
  /** Stable, for programs: `fraud_review`. */
  readonly code: string;
  /** For people. */
  readonly reason: string;
}

export interface GuardedTransition {
  readonly order: Order;
  readonly trigger: string;
  readonly from: LifecycleStatus;
  readonly to: LifecycleStatus;
}

/**
 * Port: whoever may hold an order back (a fraud review, a price that wants the shopper's consent). Asked inside the
 * transition's transaction with the order locked, so it reads the database only and is quick.
 */
export interface TransitionGuard extends InjectableStrategy {
  readonly name: string;
  /** The triggers that it has a say in. */
  readonly triggers: readonly string[];
  check(ctx: RequestContext, transition: GuardedTransition): Promise<Refusal | undefined>;
}

/** Port: starts the payment of an order with a provider (`create_payment_intent`). Runs as an effect. */
export interface PaymentInitiator extends InjectableStrategy {
  initiate(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult>;
  /** The order was cancelled or went back to the cart. `done` is empty if `initiate` failed in between. */
  abandon(ctx: RequestContext, order: Order, run: EffectRun, done: EffectResult): Promise<EffectResult>;
}

/** Units of an order line that are sent from one place. */
export interface ShipmentLine {
  readonly orderLineId: string;
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
}

export interface PostalAddress {
  readonly fullName: string;
  readonly company?: string | undefined;
  readonly streetLine1: string;
  readonly streetLine2?: string | undefined;
  readonly city: string;
  readonly province?: string | undefined;
  readonly postalCode: string;
  /** ISO 3166-1 alpha-2. */
  readonly countryCode: string;
  readonly phoneNumber?: string | undefined;
}

/** What the warehouse is told. */
export interface WarehouseNotice {
  /** `recall`: the order is cancelled, do not send what was asked for. */
  readonly kind: 'fulfill' | 'recall';
  readonly orderId: string;
  readonly orderCode: string;
  readonly placedAt: string | null;
  readonly shippingAddress: PostalAddress;
  readonly shippingMethod: string | null;
  readonly pickLists: ReadonlyArray<{
    readonly id: string;
    readonly stockLocationId: string;
    readonly stockLocationName: string;
    readonly lines: readonly ShipmentLine[];
  }>;
}

/** Port: tells the warehouse what to send. */
export interface WarehouseNotifier extends InjectableStrategy {
  /** @param idempotencyKey the receiver must act once per key */
  notify(
    ctx: RequestContext,
    notice: WarehouseNotice,
    call: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<EffectResult>;
}

export interface LabelRequest {
  readonly orderCode: string;
  /** One parcel: what leaves one stock location. */
  readonly stockLocationId: string;
  readonly from: { readonly name: string };
  readonly to: PostalAddress;
  readonly service: string | null;
  readonly lines: readonly ShipmentLine[];
}

export interface ShippingLabel {
  readonly carrier: string;
  readonly trackingNumber: string;
  /** Where a shopper follows the parcel; null if the carrier has no such page. */
  readonly trackingUrl: string | null;
  readonly document: { readonly contentType: 'application/pdf'; readonly bytes: Buffer };
}

/** Port: makes and voids shipping labels. */
export interface ShippingCarrier extends InjectableStrategy {
  readonly code: string;
  /** The same key gives the same label (and tracking number) again. */
  createLabel(
    ctx: RequestContext,
    request: LabelRequest,
    call: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<ShippingLabel>;
  voidLabel(
    ctx: RequestContext,
    label: { trackingNumber: string },
    call: { idempotencyKey: string; signal: AbortSignal },
  ): Promise<void>;
}

/** Who made an order move. */
export interface Actor {
  readonly kind: 'customer' | 'staff' | 'system';
  /** The user, where one was signed in. */
  readonly userId: ID | null;
}

declare module '@vendure/core/dist/entity/custom-entity-fields' {
  interface CustomOrderFields {
    lifecycleStatus?: string | null;
    /** The language in which it was placed. */
    languageCode?: string | null;
  }
  interface CustomFulfillmentFields {
    deliveredAt?: Date | null;
    stockLocationId?: string | null;
  }
  interface CustomChannelFields {
    fulfillmentStart?: string | null;
  }
}
