import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { In } from 'typeorm';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { OrderDocument } from '../../entities/order-document.entity';

const RETENTION = 'Deleted with the document, a year after it was made unless the shop says otherwise.';

/** The addresses on labels and packing lists. Erased, a document is empty: only that there was one stays. */
@Injectable()
export class OrderDocumentPersonalData implements PersonalDataContributor {
  readonly name = 'order-documents';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: 'order_document.bytes',
        category: 'contact',
        purpose: 'The label and the packing list with which an order is sent.',
        retention: RETENTION,
        onErasure: 'erased',
      },
      {
        field: 'order_document.trackingNumber',
        category: 'contact',
        purpose: 'To follow a parcel.',
        retention: RETENTION,
        onErasure: 'erased',
      },
    ];
  }

  async export(ctx: RequestContext, subject: DataSubject): Promise<readonly ExportedRecord[]> {
    const documents = await this.ofSubject(ctx, subject)
      .addSelect('document.bytes')
      .orderBy('document.id')
      .getMany();
    return documents.flatMap(({ id, bytes, trackingNumber }) => [
      ...(bytes === null
        ? []
        : [{ field: 'order_document.bytes', source: String(id), value: bytes.toString('base64') }]),
      ...(trackingNumber === null
        ? []
        : [{ field: 'order_document.trackingNumber', source: String(id), value: trackingNumber }]),
    ]);
  }

  async erase(ctx: RequestContext, subject: DataSubject): Promise<ErasureReport> {
    const documents = await this.ofSubject(ctx, subject)
      .andWhere('(document.bytes IS NOT NULL OR document."trackingNumber" IS NOT NULL)')
      .getMany();
    if (documents.length === 0) return { changed: 0 };
    await this.connection
      .getRepository(ctx, OrderDocument)
      .update(
        { id: In(documents.map(({ id }) => id)) },
        { bytes: null, size: 0, trackingNumber: null, trackingUrl: null },
      );
    return { changed: documents.length };
  }

  private ofSubject(ctx: RequestContext, { customerId }: DataSubject) {
    return this.connection
      .getRepository(ctx, OrderDocument)
      .createQueryBuilder('document')
      .innerJoin('document.order', 'order')
      .where('"order"."customerId" = :customerId', { customerId });
  }
}
