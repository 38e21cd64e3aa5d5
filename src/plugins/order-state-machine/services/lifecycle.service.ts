import { Inject, Injectable } from '@nestjs/common';
import { Order, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import type { QueryRunner } from 'typeorm';
import { OutboxService } from '../../domain-events';
import { StockLockService } from '../../inventory';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS, PAYMENT_INTENT } from '../constants';
import type { OrderStatusEntry } from '../entities/order-status-entry.entity';
import { OrderCancelled, OrderReadyForFulfillment, OrderReturned } from '../events/order-lifecycle-events';
import type { Lifecycle } from '../rules/lifecycle';
import type { Follow } from '../rules/lifecycle-table';
import { lineProgress, statusByParcels, statusOf } from '../rules/lifecycle-status';
import type { ResolvedOptions } from '../rules/options';
import type { LifecycleStatus, OrderEffect, Refusal } from '../types';
import { Clock } from './clock';
import { Conditions } from './conditions';
import { DatabaseActions } from './database-actions';
import { EffectLedgerService } from './effect-ledger.service';
import { EffectRegistry } from './effect-registry';
import { OrderHistoryService } from './order-history.service';

interface Applied {
  readonly trigger: string;
  readonly fromState: string;
  readonly toStatus: LifecycleStatus;
  readonly toState: string;
  readonly actions: readonly string[];
}

/**
 * What every transition has in common, whoever made it: its checks before, and its history, actions and events after,
 * all in one transaction with the order locked.
 */
@Injectable()
export class LifecycleService {
  readonly lifecycle: Lifecycle;
  /** The steps that a transaction has written, until whoever made it asks for them. */
  private readonly steps = new WeakMap<QueryRunner, Map<string, OrderStatusEntry>>();

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly conditions: Conditions,
    private readonly history: OrderHistoryService,
    private readonly databaseActions: DatabaseActions,
    private readonly effects: EffectRegistry,
    private readonly ledger: EffectLedgerService,
    private readonly outbox: OutboxService,
    private readonly locks: StockLockService,
    private readonly clock: Clock,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.lifecycle = options.lifecycle;
  }

  /** Why an order may not move: the first condition that does not hold, or the first guard that holds it back. */
  async refusal(
    ctx: RequestContext,
    order: Order,
    move: { trigger: string; to: LifecycleStatus; conditions: readonly string[] },
  ): Promise<Refusal | undefined> {
    const unmet = await this.conditions.firstUnmet(ctx, order, move.conditions);
    if (unmet !== undefined) return unmet;
    for (const guard of this.options.guards) {
      if (!guard.triggers.includes(move.trigger)) continue;
      const refusal = await guard.check(ctx, {
        order,
        trigger: move.trigger,
        from: statusOf(order),
        to: move.to,
      });
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  /** Writes down a step that has been made, and does what belongs to it. Sets the order's status on the entity. */
  async apply(ctx: RequestContext, order: Order, step: Applied): Promise<OrderStatusEntry> {
    const entry = await this.record(ctx, order, step);
    const { actions, toStatus } = step;
    await this.databaseActions.run(ctx, actions, order.id);
    await this.ledger.request(ctx, entry, this.effectsOf(actions, 'order'));
    if (toStatus === 'cancelled') await this.ledger.takeBack(ctx, entry);
    if (toStatus === 'pending' && this.effects.find(PAYMENT_INTENT)?.connected === true) {
      await this.ledger.takeBack(ctx, entry, [PAYMENT_INTENT]);
    }
    const fact =
      toStatus === 'cancelled' ? OrderCancelled : toStatus === 'returned' ? OrderReturned : undefined;
    const { id, code } = order;
    if (fact !== undefined)
      await this.outbox.publish(ctx, fact.of(String(id), { orderId: String(id), code }));
    if (toStatus === 'payment_confirmed') await this.announceIfReady(ctx, order);
    return entry;
  }

  /** The same for a step that leaves core's state as it is: then nobody else saves the order. */
  async applyInPlace(
    ctx: RequestContext,
    order: Order,
    step: Pick<Applied, 'trigger' | 'toStatus' | 'actions'>,
  ): Promise<OrderStatusEntry> {
    const { state } = order;
    const entry = await this.apply(ctx, order, { ...step, fromState: state, toState: state });
    await this.connection
      .getRepository(ctx, Order)
      .update(order.id, { customFields: { lifecycleStatus: step.toStatus } });
    return entry;
  }

  /** The actions of a trigger that are about parcels. */
  async applyToParcels(
    ctx: RequestContext,
    entry: OrderStatusEntry,
    trigger: string,
    fulfillmentIds: readonly ID[],
  ): Promise<void> {
    const actions = [
      ...new Set(
        this.lifecycle.transitions.filter(row => row.trigger === trigger).flatMap(row => row.actions ?? []),
      ),
    ];
    await this.databaseActions.run(ctx, actions, entry.orderId, fulfillmentIds);
    await this.ledger.request(ctx, entry, this.effectsOf(actions, 'fulfillment'), fulfillmentIds);
  }

  private async record(
    ctx: RequestContext,
    order: Order,
    { trigger, fromState, toStatus, toState }: Omit<Applied, 'actions'>,
  ): Promise<OrderStatusEntry> {
    const fromStatus = statusOf({ state: fromState, customFields: order.customFields });
    order.customFields.lifecycleStatus = toStatus;
    const step = { trigger, fromStatus, toStatus, fromState, toState };
    const entry = await this.history.record(ctx, order.id, step, this.clock.date());
    const runner = this.locks.queryRunner(ctx, 'a step of the life cycle');
    const steps = this.steps.get(runner) ?? new Map<string, OrderStatusEntry>();
    this.steps.set(runner, steps.set(`${order.id} ${trigger}`, entry));
    return entry;
  }

  /** The step of a trigger that this transaction has written for an order last, once. */
  takeStep(ctx: RequestContext, orderId: ID, trigger: string): OrderStatusEntry | undefined {
    const steps = this.steps.get(this.locks.queryRunner(ctx, 'a step of the life cycle'));
    const entry = steps?.get(`${orderId} ${trigger}`);
    steps?.delete(`${orderId} ${trigger}`);
    return entry;
  }

  /** The status after a move whose meaning leaves it open. */
  statusAfter(ctx: RequestContext, orderId: ID, follow: Follow, before: LifecycleStatus) {
    if (follow === 'keep') return Promise.resolve(before);
    if (follow === 'parcels') return this.statusByParcels(ctx, orderId, before);
    // What was added has to be picked: nothing that was packed before is complete.
    if (follow === 'anew') return this.statusByParcels(ctx, orderId, 'processing');
    return Promise.resolve(follow);
  }

  /** Where an order that is being sent stands, by its parcels as the database has them now. */
  async statusByParcels(ctx: RequestContext, orderId: ID, before: LifecycleStatus): Promise<LifecycleStatus> {
    const order = await this.connection.getEntityOrThrow(ctx, Order, orderId, {
      relations: { lines: true, fulfillments: { lines: true } },
    });
    const parcels = order.fulfillments.map(({ state, lines }) => ({
      state,
      lines: lines.map(({ orderLineId, quantity }) => ({ orderLineId: String(orderLineId), quantity })),
    }));
    const lines = order.lines.map(({ id, quantity }) => ({ id: String(id), quantity }));
    return statusByParcels(lineProgress(lines, parcels), before);
  }

  /** Tells that an order can be prepared, unless somebody holds it back. Gives who does. */
  async announceIfReady(ctx: RequestContext, order: Order): Promise<Refusal | undefined> {
    const row = this.lifecycle.find('start_fulfillment', 'payment_confirmed', 'PaymentSettled');
    if (row === undefined) return undefined;
    const held = await this.refusal(ctx, order, { trigger: row.trigger, to: row.to, conditions: [] });
    if (held === undefined) {
      await this.outbox.publish(
        ctx,
        OrderReadyForFulfillment.of(String(order.id), { orderId: String(order.id), code: order.code }),
      );
    }
    return held;
  }

  private effectsOf(actions: readonly string[], per: 'order' | 'fulfillment'): OrderEffect[] {
    return actions.flatMap(code => {
      const effect = this.effects.find(code);
      if (effect === undefined || effect.connected === false) return [];
      return (effect.per ?? 'order') === per ? [effect] : [];
    });
  }
}
