import { Injectable } from '@nestjs/common';
import { HistoryEntryType } from '@vendure/common/lib/generated-types';
import { TransactionalConnection, type ID, type Order, type RequestContext } from '@vendure/core';
// Not exported.
import { OrderHistoryEntry } from '@vendure/core/dist/entity/history-entry/order-history-entry.entity';
import { OrderStatusEntry } from '../entities/order-status-entry.entity';
import type { Lifecycle } from '../rules/lifecycle';
import { statusOfState } from '../rules/lifecycle-status';
import type { Actor, LifecycleStatus } from '../types';
import { CurrentTrigger } from './current-trigger';

/** More steps than any order has; a bound on what is read. */
const MAX_ENTRIES = 500;

export interface Step {
  trigger: string;
  fromStatus: LifecycleStatus;
  toStatus: LifecycleStatus;
  fromState: string;
  toState: string;
}

/** One step as both APIs show it. */
export interface StatusHistoryView {
  status: LifecycleStatus;
  timestamp: Date;
  trigger: string;
  actor: { kind: Actor['kind']; userId: ID | null };
  notes: string | null;
}

/** The life of each order so far. The only writer of `order_status_entry`. */
@Injectable()
export class OrderHistoryService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly current: CurrentTrigger,
  ) {}

  async record(ctx: RequestContext, orderId: ID, step: Step, now: Date): Promise<OrderStatusEntry> {
    const cause = this.current.of(orderId);
    const actor = cause?.actor ?? actorOf(ctx);
    return this.connection.getRepository(ctx, OrderStatusEntry).save(
      new OrderStatusEntry({
        ...step,
        orderId,
        timestamp: now,
        actorKind: actor.kind,
        actorUserId: actor.userId,
        note: cause?.note ?? null,
        notePublic: cause?.notePublic ?? false,
      }),
    );
  }

  entries(ctx: RequestContext, orderId: ID): Promise<OrderStatusEntry[]> {
    return this.connection
      .getRepository(ctx, OrderStatusEntry)
      .find({ where: { orderId }, order: { id: 'ASC' }, take: MAX_ENTRIES });
  }

  /**
   * The order's steps, the first one first. What happened before this plugin was there is read from core's own history.
   * Customers read only the notes that are meant for them.
   */
  async view(ctx: RequestContext, order: Order, lifecycle: Lifecycle): Promise<StatusHistoryView[]> {
    const own = await this.entries(ctx, order.id);
    const forStaff = ctx.apiType === 'admin';
    const steps = own.map((entry): StatusHistoryView => ({
      status: entry.toStatus,
      timestamp: entry.timestamp,
      trigger: entry.trigger,
      actor: { kind: entry.actorKind, userId: forStaff ? entry.actorUserId : null },
      notes: forStaff || entry.notePublic ? entry.note : null,
    }));
    const whole = own[0]?.fromStatus === 'pending';
    const before = whole ? [] : await this.fromCore(ctx, order, own[0]?.timestamp, lifecycle);
    const created: StatusHistoryView = {
      status: 'pending',
      timestamp: order.createdAt,
      trigger: 'create',
      actor: { kind: 'system', userId: null },
      notes: null,
    };
    return [created, ...before, ...steps];
  }

  private async fromCore(
    ctx: RequestContext,
    order: Order,
    until: Date | undefined,
    lifecycle: Lifecycle,
  ): Promise<StatusHistoryView[]> {
    const entries = await this.connection.getRepository(ctx, OrderHistoryEntry).find({
      where: { order: { id: order.id }, type: HistoryEntryType.ORDER_STATE_TRANSITION },
      order: { createdAt: 'ASC', id: 'ASC' },
      take: MAX_ENTRIES,
    });
    let status: LifecycleStatus = 'pending';
    return entries
      .filter(({ createdAt, data }) => (until === undefined || createdAt < until) && isMove(data))
      .filter(({ data }) => (data as CoreMoveData).from !== 'Created')
      .map(({ createdAt, data }) => {
        const { from, to } = data as CoreMoveData;
        const trigger = lifecycle.meaningOf(from, to, status)?.trigger ?? 'transition';
        status = statusOfState(to);
        return {
          status,
          timestamp: createdAt,
          trigger,
          actor: { kind: 'system', userId: null },
          notes: null,
        };
      });
  }
}

interface CoreMoveData {
  from: string;
  to: string;
}

function isMove(data: unknown): data is CoreMoveData {
  return typeof data === 'object' && data !== null && 'from' in data && 'to' in data;
}

/** Who a request is from. Jobs and handlers have no user. */
export function actorOf(ctx: RequestContext): Actor {
  if (ctx.apiType === 'shop') return { kind: 'customer', userId: ctx.activeUserId ?? null };
  if (ctx.activeUserId === undefined) return { kind: 'system', userId: null };
  return { kind: 'staff', userId: ctx.activeUserId };
}
