import { Injectable } from '@nestjs/common';
import { Fulfillment, Order, TransactionalConnection, type RequestContext } from '@vendure/core';
import { StockLockService } from '../../../inventory';
import { EffectNotNeededError } from '../../errors';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { OrderDocumentService } from '../documents/order-document.service';

/** Puts the tracking number of its label on a parcel that has none. */
@Injectable()
export class UpdateTrackingInfoEffect implements OrderEffect {
  readonly code = 'update_tracking_info';
  readonly repeatable = true;
  readonly per = 'fulfillment';
  readonly after = ['create_shipping_label'];
  // The number tells where a parcel went, also when the order is cancelled; its label is voided by itself.
  readonly takenBackBy = 'create_shipping_label';

  constructor(
    private readonly connection: TransactionalConnection,
    private readonly locks: StockLockService,
    private readonly documents: OrderDocumentService,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    // Core writes back the whole parcel that it has read: with the order locked it does not in between.
    return this.connection.withTransaction(ctx, async tx => {
      await this.locks.lock(tx, { orderIds: [order.id] });
      return this.setNumber(tx, order, run);
    });
  }

  private async setNumber(
    ctx: RequestContext,
    { id: orderId }: Order,
    run: EffectRun,
  ): Promise<EffectResult> {
    const { fulfillments } = await this.connection.getEntityOrThrow(ctx, Order, orderId, {
      relations: { fulfillments: true },
    });
    const parcel = fulfillments.find(({ id }) => String(id) === run.fulfillmentId);
    if (parcel === undefined) throw new EffectNotNeededError('The parcel does not exist any more.');
    if (parcel.trackingCode !== '') return { given: 'by hand' };
    const used = fulfillments.map(({ trackingCode }) => trackingCode);
    const label = (await this.documents.ofOrder(ctx, orderId)).find(
      ({ kind, voidedAt, trackingNumber, stockLocationId }) =>
        kind === 'label' &&
        voidedAt === null &&
        trackingNumber !== null &&
        !used.includes(trackingNumber) &&
        String(stockLocationId) === parcel.customFields.stockLocationId,
    );
    if (label?.trackingNumber == null) throw new EffectNotNeededError('There is no label for the parcel.');
    await this.connection
      .getRepository(ctx, Fulfillment)
      .update(parcel.id, { trackingCode: label.trackingNumber });
    return { documentId: String(label.id), carrier: label.carrier };
  }
}
