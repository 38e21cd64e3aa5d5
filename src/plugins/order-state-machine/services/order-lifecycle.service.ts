import { Injectable } from '@nestjs/common';
import {
  isGraphQlErrorResult,
  Order,
  OrderService,
  TransactionalConnection,
  type ID,
  type OrderState,
  type RequestContext,
} from '@vendure/core';
import {
  InvalidTransitionError,
  ConditionNotMetError,
  refusedByCore,
  type TransitionRefusal,
} from '../api/error-results';
import type { LifecycleTransition } from '../rules/lifecycle-table';
import { statusOf } from '../rules/lifecycle-status';
import type { Actor, LifecycleStatus, Refusal } from '../types';
import { CurrentTrigger } from './current-trigger';
import { LifecycleService } from './lifecycle.service';
import { Savepoint } from './savepoint';
import { ShipmentService } from './shipment.service';

export interface TriggerInput {
  readonly trigger: string;
  readonly note?: string | null;
  readonly notePublic?: boolean;
  /** The status in which the caller saw the order: it must still be that. */
  readonly ifStatus?: LifecycleStatus | null;
  readonly actor?: Actor;
}

/** A trigger, and what it would do to an order now. */
export interface TriggerView {
  readonly trigger: string;
  readonly to: LifecycleStatus | null;
  readonly possible: boolean;
  readonly reasons: readonly Refusal[];
  readonly actions: readonly string[];
}

const IN_PREPARATION: readonly LifecycleStatus[] = ['processing', 'ready_to_ship'];

/** Fires triggers, and says which can be fired. */
@Injectable()
export class OrderLifecycleService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly orders: OrderService,
    private readonly machine: LifecycleService,
    private readonly shipments: ShipmentService,
    private readonly current: CurrentTrigger,
    private readonly savepoint: Savepoint,
  ) {}

  /** Every trigger that people may fire, with the reason why it cannot be fired now. */
  async triggers(ctx: RequestContext, orderId: ID): Promise<TriggerView[]> {
    const order = await this.load(ctx, orderId);
    const { lifecycle } = this.machine;
    const status = statusOf(order);
    const views: TriggerView[] = [];
    for (const trigger of lifecycle.triggers) {
      const row = lifecycle.find(trigger, status, order.state);
      if (row === undefined) {
        const reason = `An order that is ${status} (${order.state}) has no transition ${trigger}.`;
        const reasons = [{ code: 'invalid_transition', reason }];
        views.push({ trigger, to: null, possible: false, reasons, actions: [] });
        continue;
      }
      const refusal = await this.machine.refusal(ctx, order, {
        trigger,
        to: row.to,
        conditions: row.conditions ?? [],
      });
      const reasons = refusal === undefined ? [] : [refusal];
      const { to, actions = [] } = row;
      views.push({ trigger, to, possible: refusal === undefined, reasons, actions });
    }
    return views;
  }

  /**
   * Fires a trigger. In the caller's transaction, with the order and its stock locked.
   *
   * @returns the order as it is then, or why it may not move
   * @throws EntityNotFoundError for an order that is not in the channel
   */
  async trigger(
    ctx: RequestContext,
    orderId: ID,
    { trigger, note = null, notePublic = false, ifStatus = null, actor }: TriggerInput,
  ): Promise<Order | TransitionRefusal> {
    const order = await this.load(ctx, orderId);
    const { lifecycle } = this.machine;
    const status = statusOf(order);
    const row = lifecycle.find(trigger, status, order.state);
    if (row === undefined || (ifStatus !== null && ifStatus !== status)) {
      const allowed = lifecycle.possible(status, order.state).map(possible => possible.trigger);
      return new InvalidTransitionError({ from: status, trigger, allowed });
    }
    const conditions = row.conditions ?? [];
    const refusal = await this.machine.refusal(ctx, order, { trigger, to: row.to, conditions });
    if (refusal !== undefined) {
      return new ConditionNotMetError({ condition: refusal.code, reason: refusal.reason });
    }
    const cause = { orderId: String(order.id), trigger, note, notePublic };
    const failed = await this.current.run(actor === undefined ? cause : { ...cause, actor }, () =>
      this.savepoint.run(ctx, tx => this.carryOut(tx, order, row, note)),
    );
    return failed ?? this.load(ctx, orderId);
  }

  /**
   * To be called by whoever held an order back, when they do so no longer: if nobody else does, it is announced as
   * ready.
   */
  async reconsider(ctx: RequestContext, orderId: ID): Promise<void> {
    const order = await this.load(ctx, orderId);
    if (statusOf(order) === 'payment_confirmed') await this.machine.announceIfReady(ctx, order);
  }

  /**
   * To be called after something changed what is left of an order without moving it (some of its lines were
   * cancelled): an order of which everything that is left has been sent is shipped; of one that is in preparation the
   * warehouse hears.
   */
  async settle(ctx: RequestContext, orderId: ID): Promise<void> {
    const order = await this.load(ctx, orderId);
    const before = statusOf(order);
    if (!IN_PREPARATION.includes(before)) return;
    const status = await this.machine.statusByParcels(ctx, order.id, before);
    const target = status === 'delivered' ? 'Delivered' : status === 'shipped' ? 'Shipped' : undefined;
    if (target !== undefined && this.orders.getNextOrderStates(order).includes(target)) {
      await this.move(ctx, order, target);
    } else {
      const packed = before === 'ready_to_ship' ? ['generate_packing_list'] : [];
      const actions = status === before ? ['allocate_inventory', 'notify_warehouse', ...packed] : [];
      await this.machine.applyInPlace(ctx, order, { trigger: 'lines_cancelled', toStatus: status, actions });
    }
  }

  private async carryOut(
    ctx: RequestContext,
    order: Order,
    row: LifecycleTransition,
    note: string | null,
  ): Promise<ConditionNotMetError | undefined> {
    switch (row.trigger) {
      case 'package_dispatched':
        return this.shipments.dispatch(ctx, order, 'Shipped');
      case 'delivery_confirmed':
        return row.from === 'shipped'
          ? this.shipments.deliver(ctx, order)
          : this.shipments.dispatch(ctx, order, 'Delivered');
      case 'cancel':
        return this.cancel(ctx, order, note);
      default: {
        const target = row.moves.find(({ from }) => from === order.state)?.to ?? order.state;
        if (target !== order.state) return this.move(ctx, order, target);
        const { trigger, to: toStatus, actions = [] } = row;
        await this.machine.applyInPlace(ctx, order, { trigger, toStatus, actions });
        return undefined;
      }
    }
  }

  private async cancel(
    ctx: RequestContext,
    order: Order,
    note: string | null,
  ): Promise<ConditionNotMetError | undefined> {
    const result = await this.orders.cancelOrder(ctx, {
      orderId: order.id,
      reason: note ?? 'Cancelled',
      cancelShipping: true,
    });
    return refused('cancel', result);
  }

  private async move(
    ctx: RequestContext,
    order: Order,
    state: string,
  ): Promise<ConditionNotMetError | undefined> {
    return refused(state, await this.orders.transitionToState(ctx, order.id, state as OrderState));
  }

  private async load(ctx: RequestContext, orderId: ID): Promise<Order> {
    const order = await this.connection.getEntityOrThrow(ctx, Order, orderId, {
      channelId: ctx.channelId,
      relations: { lines: true },
    });
    return order;
  }
}

/** What core refuses although the table allows it: its own checks go further in places. */
function refused(condition: string, result: unknown): ConditionNotMetError | undefined {
  return isGraphQlErrorResult(result as Order) ? refusedByCore(condition, result) : undefined;
}
