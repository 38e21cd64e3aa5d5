import { Injectable } from '@nestjs/common';
import { Fulfillment, TransactionalConnection, type Order, type RequestContext } from '@vendure/core';
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
    private readonly documents: OrderDocumentService,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const parcel = order.fulfillments.find(({ id }) => String(id) === run.fulfillmentId);
    if (parcel === undefined) throw new EffectNotNeededError('The parcel does not exist any more.');
    if (parcel.trackingCode !== '') return { given: 'by hand' };
    const used = order.fulfillments.map(({ trackingCode }) => trackingCode);
    const label = (await this.documents.ofOrder(ctx, order.id)).find(
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
