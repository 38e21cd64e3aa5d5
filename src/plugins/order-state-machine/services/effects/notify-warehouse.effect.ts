import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { postalAddress } from '../../documents/postal-address';
import { EffectNotNeededError } from '../../errors';
import { PICK_LIST_SOURCE, WAREHOUSE_NOTIFIER, type PickList, type PickListSource } from '../../tokens';
import type { EffectResult, EffectRun, OrderEffect, WarehouseNotice, WarehouseNotifier } from '../../types';
import { shippingMethodName } from './shipping-method-name';

/** Tells the warehouse what to send, and calls it back when the order is cancelled. */
@Injectable()
export class NotifyWarehouseEffect implements OrderEffect {
  readonly code = 'notify_warehouse';
  readonly repeatable = true;

  constructor(
    @Inject(WAREHOUSE_NOTIFIER) private readonly warehouse: WarehouseNotifier | null,
    @Inject(PICK_LIST_SOURCE) private readonly pickLists: PickListSource,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const warehouse = this.connected();
    const lists = (await this.pickLists.ofOrder(ctx, String(order.id))).filter(
      ({ state }) => state !== 'cancelled',
    );
    if (lists.length === 0) throw new EffectNotNeededError('There is nothing to pick.');
    const answer = await warehouse.notify(ctx, noticeOf('fulfill', order, lists), {
      idempotencyKey: run.idempotencyKey,
      signal: run.signal,
    });
    return { ...answer, pickLists: lists.map(({ id }) => id) };
  }

  async compensate(
    ctx: RequestContext,
    order: Order,
    run: EffectRun,
    done: EffectResult,
  ): Promise<EffectResult> {
    const warehouse = this.connected();
    // Those that it was told of, whatever became of them here.
    const told = new Set(Array.isArray(done.pickLists) ? done.pickLists.map(String) : []);
    const lists = (await this.pickLists.ofOrder(ctx, String(order.id))).filter(({ id }) => told.has(id));
    return warehouse.notify(ctx, noticeOf('recall', order, lists), {
      idempotencyKey: `${run.idempotencyKey}:recall`,
      signal: run.signal,
    });
  }

  private connected(): WarehouseNotifier {
    if (this.warehouse === null) throw new EffectNotNeededError('No warehouse is connected.');
    return this.warehouse;
  }
}

function noticeOf(kind: WarehouseNotice['kind'], order: Order, lists: readonly PickList[]): WarehouseNotice {
  return {
    kind,
    orderId: String(order.id),
    orderCode: order.code,
    placedAt: order.orderPlacedAt?.toISOString() ?? null,
    shippingAddress: postalAddress(order),
    shippingMethod: shippingMethodName(order),
    pickLists: lists.map(({ id, stockLocationId, stockLocationName, lines }) => ({
      id,
      stockLocationId,
      stockLocationName,
      lines: lines.map(({ orderLineId, sku, name, quantity }) => ({ orderLineId, sku, name, quantity })),
    })),
  };
}
