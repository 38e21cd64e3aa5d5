import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { postalAddress } from '../../documents/postal-address';
import { ShippingLabelCreated } from '../../events/order-lifecycle-events';
import type { OrderDocument } from '../../entities/order-document.entity';
import { EffectNotNeededError, EffectRefusedError } from '../../errors';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS, SHIPPING_CARRIER } from '../../constants';
import type { ResolvedOptions } from '../../rules/options';
import type { NewDomainEvent } from '../../../domain-events';
import { PickListService, type PickListView } from '../../../inventory';
import type { EffectResult, EffectRun, OrderEffect, ShippingCarrier } from '../../types';
import { OrderDocumentService } from '../documents/order-document.service';
import { shippingMethodName } from './shipping-method-name';

/** A label for each parcel: for what leaves one stock location. Voids them when the order is cancelled. */
@Injectable()
export class CreateShippingLabelEffect implements OrderEffect {
  readonly code = 'create_shipping_label';
  readonly repeatable = true;

  constructor(
    @Inject(SHIPPING_CARRIER) private readonly carrier: ShippingCarrier,
    private readonly pickLists: PickListService,
    private readonly documents: OrderDocumentService,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const lists = await this.withoutLabel(ctx, order, run);
    const used = await this.usedOfEarlierAttempts(ctx, order, lists, run);
    if (lists.length + used.length === 0) {
      throw new EffectNotNeededError('There is nothing to send without a label.');
    }
    const made: OrderDocument[] = [];
    try {
      for (const list of lists) made.push(await this.label(ctx, order, list, run));
    } catch (error) {
      // A refusal is not tried again, and nobody takes back what a failed effect has done: it does so itself.
      if (error instanceof EffectRefusedError) await this.voidAll(ctx, made, run);
      throw error;
    }
    return {
      documents: [...used, ...made].map(({ id, stockLocationId, carrier }) => ({
        documentId: String(id),
        stockLocationId: String(stockLocationId),
        carrier,
      })),
    };
  }

  facts(orderId: string, { documents }: EffectResult): NewDomainEvent[] {
    const made = documents as { documentId: string; stockLocationId: string; carrier: string }[];
    return made.map(label => ShippingLabelCreated.of(orderId, { orderId, ...label }));
  }

  /** By their keys: also those of an attempt that made some and then failed. */
  async compensate(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const labels = (await this.documents.ofOrder(ctx, order.id)).filter(({ idempotencyKey }) =>
      idempotencyKey.startsWith(`${run.compensates}:`),
    );
    return { voided: await this.voidAll(ctx, labels, run) };
  }

  /**
   * The labels of an attempt that was cut off, as far as parcels have left with them. Those that nothing is left for,
   * because their parcels were sent with other numbers meanwhile, are voided.
   */
  private async usedOfEarlierAttempts(
    ctx: RequestContext,
    order: Order,
    lists: readonly PickListView[],
    run: EffectRun,
  ): Promise<OrderDocument[]> {
    const wanted = lists.map(({ id }) => labelKey(run, id));
    const earlier = (await this.documents.ofOrder(ctx, order.id)).filter(
      ({ idempotencyKey, voidedAt }) =>
        voidedAt === null &&
        idempotencyKey.startsWith(`${run.idempotencyKey}:`) &&
        !wanted.includes(idempotencyKey),
    );
    const numbers = order.fulfillments.map(({ trackingCode }) => trackingCode);
    const used = earlier.filter(({ trackingNumber }) => numbers.includes(trackingNumber ?? ''));
    await this.voidAll(
      ctx,
      earlier.filter(label => !used.includes(label)),
      run,
    );
    return used;
  }

  /** Lists of which something has no number yet, from locations that have no label waiting for its parcel. */
  private async withoutLabel(ctx: RequestContext, order: Order, run: EffectRun): Promise<PickListView[]> {
    const lists = await this.pickLists.ofOrder(ctx, order.id);
    // One without a number was sent faster than its label was made: it waits for it.
    const parcels = order.fulfillments.filter(
      ({ state, trackingCode }) => state !== 'Cancelled' && trackingCode !== '',
    );
    const used = parcels.map(({ trackingCode }) => trackingCode);
    const waiting = (await this.documents.ofOrder(ctx, order.id)).filter(
      ({ kind, voidedAt, trackingNumber, idempotencyKey }) =>
        kind === 'label' &&
        voidedAt === null &&
        trackingNumber !== null &&
        !used.includes(trackingNumber) &&
        // Those that an earlier attempt made are found again by their keys.
        !idempotencyKey.startsWith(`${run.idempotencyKey}:`),
    );
    const labelled = waiting.map(({ stockLocationId }) => String(stockLocationId));
    const open = (lineId: string) => {
      const quantity = order.lines.find(({ id }) => String(id) === lineId)?.quantity ?? 0;
      const sent = parcels.flatMap(({ lines }) => lines).filter(line => String(line.orderLineId) === lineId);
      return quantity - sent.reduce((sum, line) => sum + line.quantity, 0);
    };
    return lists.filter(
      ({ stockLocationId, lines }) =>
        !labelled.includes(stockLocationId) && lines.some(({ orderLineId }) => open(orderLineId) > 0),
    );
  }

  /** Kept before the next is made: an attempt that is cut off does not ask the carrier again for what it has. */
  private async label(
    ctx: RequestContext,
    order: Order,
    list: PickListView,
    run: EffectRun,
  ): Promise<OrderDocument> {
    const idempotencyKey = labelKey(run, list.id);
    const existing = await this.documents.madeBy(ctx, idempotencyKey);
    if (existing !== undefined) return existing;
    const label = await this.carrier.createLabel(
      ctx,
      {
        orderCode: order.code,
        stockLocationId: list.stockLocationId,
        from: { name: `${this.options.shopName} · ${list.stockLocationName}` },
        to: postalAddress(order),
        service: shippingMethodName(order),
        lines: list.lines,
      },
      { idempotencyKey, signal: run.signal },
    );
    return this.documents.store(ctx, {
      orderId: order.id,
      kind: 'label',
      stockLocationId: list.stockLocationId,
      stockLocationName: list.stockLocationName,
      carrier: label.carrier,
      trackingNumber: label.trackingNumber,
      trackingUrl: label.trackingUrl,
      contentType: label.document.contentType,
      bytes: label.document.bytes,
      idempotencyKey,
    });
  }

  private async voidAll(
    ctx: RequestContext,
    labels: readonly OrderDocument[],
    run: EffectRun,
  ): Promise<number> {
    for (const { idempotencyKey, trackingNumber, voidedAt } of labels) {
      // Without a number its person was forgotten: then the carrier cannot be told any more.
      if (voidedAt !== null || trackingNumber === null) continue;
      const call = { idempotencyKey: `${idempotencyKey}:void`, signal: run.signal };
      await this.carrier.voidLabel(ctx, { trackingNumber }, call);
    }
    return this.documents.void(
      ctx,
      labels.map(({ id }) => id),
    );
  }
}

/** What the label of a pick list is asked for by, however often. */
function labelKey({ idempotencyKey }: EffectRun, pickListId: string): string {
  return `${idempotencyKey}:${pickListId}`;
}
