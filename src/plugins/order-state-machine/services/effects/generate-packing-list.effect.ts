import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { chooseLanguage } from '../../../mail';
import { packingListPdf } from '../../documents/packing-list-pdf';
import type { OrderDocument } from '../../entities/order-document.entity';
import { EffectNotNeededError } from '../../errors';
import { addressLines } from '../../mails/order-mail-view';
import {
  OUTSIDE_CLOCK,
  OUTSIDE_OPTIONS,
  PICK_LIST_SOURCE,
  type Now,
  type OutsideOptions,
  type PickList,
  type PickListSource,
} from '../../tokens';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { OrderDocumentService } from '../documents/order-document.service';
import { documentIdsOf } from './document-ids';
import { shippingMethodName } from './shipping-method-name';

/** A packing list for each stock location. Voids them when the order is cancelled. */
@Injectable()
export class GeneratePackingListEffect implements OrderEffect {
  readonly code = 'generate_packing_list';
  readonly repeatable = true;

  constructor(
    @Inject(PICK_LIST_SOURCE) private readonly pickLists: PickListSource,
    private readonly documents: OrderDocumentService,
    @Inject(OUTSIDE_OPTIONS) private readonly options: OutsideOptions,
    @Inject(OUTSIDE_CLOCK) private readonly now: Now,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const lists = (await this.pickLists.ofOrder(ctx, String(order.id))).filter(
      ({ state }) => state !== 'cancelled',
    );
    if (lists.length === 0) throw new EffectNotNeededError('There is nothing to pick.');
    const made: OrderDocument[] = [];
    for (const list of lists) {
      run.signal.throwIfAborted();
      made.push(await this.document(ctx, order, list, run));
    }
    return {
      documents: made.map(({ id, stockLocationId }) => ({
        documentId: String(id),
        stockLocationId: String(stockLocationId),
      })),
    };
  }

  async compensate(
    ctx: RequestContext,
    _order: Order,
    _run: EffectRun,
    done: EffectResult,
  ): Promise<EffectResult> {
    return { voided: await this.documents.void(ctx, documentIdsOf(done)) };
  }

  private async document(
    ctx: RequestContext,
    order: Order,
    list: PickList,
    run: EffectRun,
  ): Promise<OrderDocument> {
    const idempotencyKey = `${run.idempotencyKey}:${list.id}`;
    const existing = await this.documents.madeBy(ctx, idempotencyKey);
    if (existing !== undefined) return existing;
    const bytes = await packingListPdf({
      language: chooseLanguage(ctx.channel.defaultLanguageCode),
      shopName: this.options.shopName,
      orderCode: order.code,
      placedAt: order.orderPlacedAt ?? null,
      stockLocationName: list.stockLocationName,
      shippingMethod: shippingMethodName(order),
      address: addressLines(order.shippingAddress),
      lines: list.lines,
      createdAt: this.now(),
    });
    return this.documents.store(ctx, {
      orderId: order.id,
      kind: 'packing_list',
      stockLocationId: list.stockLocationId,
      stockLocationName: list.stockLocationName,
      contentType: 'application/pdf',
      bytes,
      idempotencyKey,
    });
  }
}
