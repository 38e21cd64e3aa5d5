import { Injectable } from '@nestjs/common';
import { Order, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import type { OrderStatusEntry } from '../entities/order-status-entry.entity';
import { statusOf } from '../rules/lifecycle-status';
import { DatabaseActions } from './database-actions';
import { LifecycleService } from './lifecycle.service';

/** What a parcel's state is called in the order's history. */
const TRIGGERS: Readonly<Record<string, string>> = {
  Shipped: 'package_dispatched',
  Delivered: 'delivery_confirmed',
  Cancelled: 'parcel_cancelled',
};

/** Keeps an order's life in step with its parcels. */
@Injectable()
export class ParcelProgressService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly machine: LifecycleService,
    private readonly databaseActions: DatabaseActions,
  ) {}

  /**
   * A parcel has moved, and core has moved the order if its states have a word for it. Where they have none (the second
   * of three parcels goes out) the step is written here; in any case what belongs to the parcel happens.
   */
  async follow(ctx: RequestContext, orderId: ID, fulfillmentId: ID, state: string): Promise<void> {
    const trigger = TRIGGERS[state];
    if (trigger === undefined) return;
    const order = await this.connection.getEntityOrThrow(ctx, Order, orderId);
    const entry = this.machine.takeStep(ctx, orderId, trigger) ?? (await this.step(ctx, order, trigger));
    await this.machine.applyToParcels(ctx, entry, trigger, [fulfillmentId]);
    // Core has allocated its units again: they have to be picked again.
    if (state === 'Cancelled') {
      await this.databaseActions.run(ctx, ['allocate_inventory'], orderId);
    }
  }

  /** Writes a step that core's states have no word for. */
  async step(ctx: RequestContext, order: Order, trigger: string): Promise<OrderStatusEntry> {
    // After a parcel was cancelled its units need a new one.
    const before = statusOf(order);
    const follow = trigger === TRIGGERS.Cancelled ? 'anew' : 'parcels';
    const toStatus = await this.machine.statusAfter(ctx, order.id, follow, before);
    const actions = toStatus === before ? [] : this.machine.lifecycle.actionsOf(trigger, toStatus);
    const entry = await this.machine.applyInPlace(ctx, order, { trigger, toStatus, actions });
    // It is used here: the next parcel of this transaction has a step of its own.
    this.machine.takeStep(ctx, order.id, trigger);
    return entry;
  }
}
