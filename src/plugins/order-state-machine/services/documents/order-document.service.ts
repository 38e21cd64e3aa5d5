import { Inject, Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { OrderDocument, type OrderDocumentKind } from '../../entities/order-document.entity';
import { ORDER_STATE_MACHINE_PLUGIN_OPTIONS } from '../../constants';
import type { ResolvedOptions } from '../../rules/options';
import { Clock } from '../clock';

const DAY_MS = 86_400_000;
const PURGE_BATCH = 500;

/** Well below the 60 s after which the platform lets go of a scheduled task's lock. */
const PURGE_LIMIT_MS = 40_000;

export interface NewOrderDocument {
  orderId: ID;
  kind: OrderDocumentKind;
  stockLocationId: ID;
  stockLocationName: string;
  carrier?: string;
  trackingNumber?: string;
  trackingUrl?: string | null;
  contentType: string;
  bytes: Buffer;
  idempotencyKey: string;
}

export interface ReadableDocument {
  contentType: string;
  filename: string;
  bytes: Buffer;
}

/** Keeps the labels and packing lists of orders. The only writer of `order_document`. */
@Injectable()
export class OrderDocumentService {
  constructor(
    private readonly connection: TransactionalConnection,
    @Inject(ORDER_STATE_MACHINE_PLUGIN_OPTIONS) private readonly options: ResolvedOptions,
    private readonly clock: Clock,
  ) {}

  /** Keeps a document, unless one with the same key is kept already: then that one. Two at once end with one. */
  async store(ctx: RequestContext, document: NewOrderDocument): Promise<OrderDocument> {
    const repository = this.connection.getRepository(ctx, OrderDocument);
    await repository
      .createQueryBuilder()
      .insert()
      .values({
        ...document,
        carrier: document.carrier ?? null,
        trackingNumber: document.trackingNumber ?? null,
        trackingUrl: document.trackingUrl ?? null,
        size: document.bytes.length,
        voidedAt: null,
        createdAt: this.clock.date(),
      })
      .orIgnore()
      .execute();
    return repository.findOneByOrFail({ idempotencyKey: document.idempotencyKey });
  }

  /** The document that a call has made, if it has. */
  async madeBy(ctx: RequestContext, idempotencyKey: string): Promise<OrderDocument | undefined> {
    const found = await this.connection.getRepository(ctx, OrderDocument).findOneBy({ idempotencyKey });
    return found ?? undefined;
  }

  /** Marks documents as not to be used. One that is voided stays so, with its first date. */
  async void(ctx: RequestContext, ids: readonly ID[]): Promise<number> {
    if (ids.length === 0) return 0;
    const result = await this.connection
      .getRepository(ctx, OrderDocument)
      .createQueryBuilder()
      .update()
      .set({ voidedAt: this.clock.date() })
      .where('id IN (:...ids) AND "voidedAt" IS NULL', { ids })
      .execute();
    return result.affected ?? 0;
  }

  /** Without their bytes, the newest first. */
  ofOrder(ctx: RequestContext, orderId: ID): Promise<OrderDocument[]> {
    return this.connection
      .getRepository(ctx, OrderDocument)
      .find({ where: { orderId }, order: { createdAt: 'DESC', id: 'DESC' } });
  }

  /** Where to follow a parcel of an order: as its label says. */
  async trackingUrls(ctx: RequestContext, orderId: ID): Promise<Map<string, string>> {
    const labels = (await this.ofOrder(ctx, orderId)).filter(({ voidedAt }) => voidedAt === null);
    return new Map(
      labels.flatMap(({ trackingNumber, trackingUrl }) =>
        trackingNumber === null || trackingUrl === null ? [] : [[trackingNumber, trackingUrl] as const],
      ),
    );
  }

  /** A document of an order in the context's channel; undefined when there is none, or nothing is left of it. */
  async read(ctx: RequestContext, id: ID): Promise<ReadableDocument | undefined> {
    const found = await this.connection
      .getRepository(ctx, OrderDocument)
      .createQueryBuilder('document')
      .addSelect('document.bytes')
      .innerJoinAndSelect('document.order', 'order')
      .innerJoin('order.channels', 'channel', 'channel.id = :channelId', { channelId: ctx.channelId })
      .where('document.id = :id', { id })
      .getOne();
    if (found === null || found.bytes === null) return undefined;
    const { kind, order, contentType, bytes } = found;
    return { contentType, bytes, filename: `${kind.replace('_', '-')}-${order.code}-${found.id}.pdf` };
  }

  /** Deletes what is past its time, in batches; the next run goes on. */
  async purge(): Promise<{ deleted: number }> {
    const before = new Date(this.clock.date().getTime() - this.options.documentRetentionDays * DAY_MS);
    const until = this.clock.date().getTime() + PURGE_LIMIT_MS;
    let deleted = 0;
    while (this.clock.date().getTime() < until) {
      const [row] = await this.connection.rawConnection.query<Array<{ count: number }>>(
        `WITH gone AS (
           DELETE FROM order_document WHERE id IN (
             SELECT id FROM order_document WHERE "createdAt" < $1 ORDER BY "createdAt" LIMIT ${PURGE_BATCH}
             FOR UPDATE SKIP LOCKED)
           RETURNING 1
         ) SELECT count(*)::int AS count FROM gone`,
        [before],
      );
      const count = row?.count ?? 0;
      deleted += count;
      if (count < PURGE_BATCH) break;
    }
    return { deleted };
  }
}
