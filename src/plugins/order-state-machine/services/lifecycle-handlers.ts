import { Injectable } from '@nestjs/common';
import { Channel, Order, TransactionalConnection, type RequestContext } from '@vendure/core';
import {
  RefundCreated,
  RefundStateChanged,
  type DomainEventMessage,
  type EventRegistry,
} from '../../domain-events';
import { StockLockService } from '../../inventory';
import {
  OrderEffectFailed,
  OrderReadyForFulfillment,
  ShippingLabelCreated,
} from '../events/order-lifecycle-events';
import { OrderLifecycleService } from './order-lifecycle.service';

const SYSTEM = { kind: 'system', userId: null } as const;

/** What the life cycle does on its own, after the fact. */
@Injectable()
export class LifecycleHandlers {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lifecycle: OrderLifecycleService,
    private readonly locks: StockLockService,
  ) {}

  register(events: EventRegistry): void {
    events.registerEvents(OrderReadyForFulfillment, ShippingLabelCreated, OrderEffectFailed);
    events.registerHandlers(
      {
        kind: 'database',
        name: 'order-state-machine.start-fulfillment',
        events: [OrderReadyForFulfillment],
        // Each locks an order and its stock: two in one transaction could wait for each other.
        batchSize: 1,
        handle: (ctx, event) => this.startFulfillment(ctx, event),
      },
      {
        kind: 'database',
        name: 'order-state-machine.follow-refunds',
        events: [RefundCreated, RefundStateChanged],
        batchSize: 1,
        handle: (ctx, event) => this.fire(ctx, event, 'refund'),
      },
    );
  }

  /** Where the channel leaves the start to staff, nothing happens. */
  private async startFulfillment(ctx: RequestContext, event: DomainEventMessage): Promise<void> {
    // Read anew: the context's channel may be some seconds old.
    const channel = await this.connection.getEntityOrThrow(ctx, Channel, ctx.channelId);
    if (channel.customFields.fulfillmentStart === 'manual') return;
    await this.fire(ctx, event, 'start_fulfillment');
  }

  /** An order that has moved on, or that a guard holds back by now, stays where it is. */
  private async fire(ctx: RequestContext, event: DomainEventMessage, trigger: string): Promise<void> {
    const orderId = event.aggregateId;
    await this.locks.lock(ctx, { orderIds: [orderId], stockOfOrders: true });
    if (!(await this.connection.getRepository(ctx, Order).existsBy({ id: orderId }))) return;
    await this.lifecycle.trigger(ctx, orderId, { trigger, actor: SYSTEM });
  }
}
