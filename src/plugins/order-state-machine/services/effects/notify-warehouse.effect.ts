import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { postalAddress } from '../../documents/postal-address';
import { EffectNotNeededError } from '../../errors';
import { WAREHOUSE_NOTIFIER } from '../../constants';
import { PickListService, type PickListView } from '../../../inventory';
import type { EffectResult, EffectRun, OrderEffect, WarehouseNotice, WarehouseNotifier } from '../../types';
import { shippingMethodName } from './shipping-method-name';

/** Tells the warehouse what to send, and calls it back when the order is cancelled. */
@Injectable()
export class NotifyWarehouseEffect implements OrderEffect {
  readonly code = 'notify_warehouse';
  readonly repeatable = true;

  constructor(
    @Inject(WAREHOUSE_NOTIFIER) private readonly warehouse: WarehouseNotifier | null,
    private readonly pickLists: PickListService,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const warehouse = this.notifier();
    const lists = await this.pickLists.ofOrder(ctx, order.id);
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
    const warehouse = this.notifier();
    // Those that it was told of, whatever became of them here. After an answer that was lost: any of them, perhaps.
    const told = Array.isArray(done.pickLists) ? done.pickLists.map(String) : undefined;
    const ever = await this.pickLists.everOfOrder(ctx, order.id);
    const lists = ever.filter(({ id }) => told === undefined || told.includes(id));
    return warehouse.notify(ctx, noticeOf('recall', order, lists), {
      idempotencyKey: `${run.idempotencyKey}:recall`,
      signal: run.signal,
    });
  }

  private notifier(): WarehouseNotifier {
    if (this.warehouse === null) throw new EffectNotNeededError('No warehouse is connected.');
    return this.warehouse;
  }
}

function noticeOf(
  kind: WarehouseNotice['kind'],
  order: Order,
  lists: readonly PickListView[],
): WarehouseNotice {
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
