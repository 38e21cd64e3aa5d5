import { Injectable } from '@nestjs/common';
import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { Order, TransactionalConnection, type RequestContext } from '@vendure/core';
import {
  RefundCreated,
  RefundStateChanged,
  StockMoved,
  type DomainEventMessage,
  type EventRegistry,
} from '../../domain-events';
import { PickListService, StockLockService } from '../../inventory';
import {
  OrderCancelled,
  OrderEffectFailed,
  OrderReadyForFulfillment,
  OrderReturned,
  ShippingLabelCreated,
} from '../events/order-lifecycle-events';
import { OrderLifecycleService } from './order-lifecycle.service';

/** Core's movements by which units become free. */
const ARRIVALS = ['ADJUSTMENT', 'RELEASE', 'CANCELLATION'];

/** Orders that one arrival may serve. */
const MAX_WAITING = 20;

const SYSTEM = { kind: 'system', userId: null } as const;

/** What the life cycle does on its own, after the fact. */
@Injectable()
export class LifecycleHandlers {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lifecycle: OrderLifecycleService,
    private readonly locks: StockLockService,
    private readonly pickLists: PickListService,
  ) {}

  register(events: EventRegistry): void {
    events.registerEvents(
      OrderReadyForFulfillment,
      OrderCancelled,
      OrderReturned,
      ShippingLabelCreated,
      OrderEffectFailed,
    );
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
        // The last refund may come before or after the cancellation.
        events: [RefundCreated, RefundStateChanged, OrderCancelled, OrderReturned],
        batchSize: 1,
        handle: (ctx, event) => this.fire(ctx, event, 'refund'),
      },
      {
        kind: 'database',
        name: 'order-state-machine.allocate-arrivals',
        events: [StockMoved],
        batchSize: 1,
        handle: (ctx, event) => this.allocateArrivals(ctx, event),
      },
    );
  }

  /** Where the channel leaves the start to staff, nothing happens. */
  private async startFulfillment(ctx: RequestContext, event: DomainEventMessage): Promise<void> {
    // The order's own channel decides, whichever the payment was settled in.
    const channels: { start: string | null }[] = await this.connection
      .getRepository(ctx, Order)
      .manager.query(
        `SELECT c."customFieldsFulfillmentstart" AS start FROM order_channels_channel oc
         JOIN channel c ON c.id = oc."channelId"
        WHERE oc."orderId" = $1 ORDER BY (c.code = $2), c.id LIMIT 1`,
        [event.aggregateId, DEFAULT_CHANNEL_CODE],
      );
    if (channels[0]?.start === 'manual') return;
    await this.fire(ctx, event, 'start_fulfillment');
  }

  /**
   * Units have come: orders in preparation that wait for them (sold before they were there) get them on their pick
   * lists, the oldest first. More than a few at once wait for the next arrival, or for staff.
   */
  private async allocateArrivals(ctx: RequestContext, event: DomainEventMessage): Promise<void> {
    const { movement, quantity } = event.eventData as { movement: string; quantity: number };
    if (!ARRIVALS.includes(movement) || quantity <= 0) return;
    const waiting: { id: number }[] = await this.connection.getRepository(ctx, Order).manager.query(
      `SELECT o.id FROM "order" o JOIN order_line l ON l."orderId" = o.id
        WHERE l."productVariantId" = $1 AND o.state = 'Processing' AND l.quantity > (
          SELECT coalesce(sum(p.quantity), 0) FROM pick_list_line p JOIN pick_list k ON k.id = p."pickListId"
           WHERE p."orderLineId" = l.id AND k.state <> 'cancelled')
        ORDER BY o.id LIMIT ${MAX_WAITING}`,
      [event.aggregateId],
    );
    if (waiting.length === 0) return;
    // All of them before any stock, as everywhere.
    const orderIds = waiting.map(({ id }) => id);
    await this.locks.lock(ctx, { orderIds, stockOfOrders: true });
    for (const id of orderIds) await this.pickLists.allocate(ctx, id);
  }

  /** An order that has moved on, or that a guard holds back by now, stays where it is. */
  private async fire(ctx: RequestContext, event: DomainEventMessage, trigger: string): Promise<void> {
    const orderId = event.aggregateId;
    await this.locks.lock(ctx, { orderIds: [orderId], stockOfOrders: true });
    if (!(await this.connection.getRepository(ctx, Order).existsBy({ id: orderId }))) return;
    await this.lifecycle.trigger(ctx, orderId, { trigger, actor: SYSTEM });
  }
}
