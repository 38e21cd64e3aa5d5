import { Inject, Injectable } from '@nestjs/common';
import type { Order, RequestContext } from '@vendure/core';
import { chooseLanguage } from '../../../mail';
import { packingListPdf } from '../../documents/packing-list-pdf';
import type { OrderDocument } from '../../entities/order-document.entity';
import { EffectNotNeededError } from '../../errors';
import { addressLines } from '../../mails/order-mail-view';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS } from '../../constants';
import type { ResolvedOptions } from '../../rules/options';
import { Clock } from '../clock';
import { PickListService, type PickListView } from '../../../inventory';
import type { EffectResult, EffectRun, OrderEffect } from '../../types';
import { OrderDocumentService } from '../documents/order-document.service';
import { shippingMethodName } from './shipping-method-name';

/** A packing list for each stock location. Voids them when the order is cancelled. */
@Injectable()
export class GeneratePackingListEffect implements OrderEffect {
  readonly code = 'generate_packing_list';
  readonly repeatable = true;

  constructor(
    private readonly pickLists: PickListService,
    private readonly documents: OrderDocumentService,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
    private readonly clock: Clock,
  ) {}

  async run(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const lists = await this.pickLists.ofOrder(ctx, order.id);
    if (lists.length === 0) throw new EffectNotNeededError('There is nothing to pick.');
    const made: OrderDocument[] = [];
    for (const list of lists) {
      run.signal.throwIfAborted();
      made.push(await this.document(ctx, order, list, run));
    }
    await this.voidOthers(ctx, order, made);
    return {
      documents: made.map(({ id, stockLocationId }) => ({
        documentId: String(id),
        stockLocationId: String(stockLocationId),
      })),
    };
  }

  /** By their keys: also those of an attempt that made some and then failed. */
  async compensate(ctx: RequestContext, order: Order, run: EffectRun): Promise<EffectResult> {
    const lists = (await this.documents.ofOrder(ctx, order.id)).filter(({ idempotencyKey }) =>
      idempotencyKey.startsWith(`${run.compensates}:`),
    );
    const ids = lists.map(({ id }) => id);
    return { voided: await this.documents.void(ctx, ids) };
  }

  /** Of the packing lists of an order only the newest may be used. */
  private async voidOthers(
    ctx: RequestContext,
    order: Order,
    kept: readonly OrderDocument[],
  ): Promise<number> {
    const keep = kept.map(({ id }) => String(id));
    const others = (await this.documents.ofOrder(ctx, order.id)).filter(
      ({ id, kind, voidedAt }) => kind === 'packing_list' && voidedAt === null && !keep.includes(String(id)),
    );
    return this.documents.void(
      ctx,
      others.map(({ id }) => id),
    );
  }

  private async document(
    ctx: RequestContext,
    order: Order,
    list: PickListView,
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
      createdAt: this.clock.date(),
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
