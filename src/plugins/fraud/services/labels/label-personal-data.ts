import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { FraudLabel } from '../../entities/fraud-label.entity';

const VERDICT = 'fraud_label';
const NOTE = 'fraud_label.note';

/** What was said of a customer's payments. */
@Injectable()
export class LabelPersonalData implements PersonalDataContributor {
  readonly name = 'fraud-labels';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: VERDICT,
        category: 'financial',
        purpose: 'Whether a payment of yours turned out to be fraud, and who said so.',
        retention: 'As long as the order, which the law wants kept.',
        onErasure: 'kept',
      },
      {
        field: NOTE,
        category: 'free-text',
        purpose: 'Why staff of the shop said so.',
        retention: 'As long as the order.',
        onErasure: 'erased',
      },
    ];
  }

  export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.connection.getRepository(ctx, FraudLabel).query(
      `SELECT $2 AS field, l.id::text AS source,
              json_build_object('order', o.code, 'source', l.source, 'verdict', l.verdict, 'knownAt', l."knownAt") AS value
       FROM "order" o JOIN fraud_label l ON l."orderId" = o.id WHERE o."customerId" = $1
       UNION ALL
       SELECT $3, l.id::text, json_build_object('order', o.code, 'note', l.note)
       FROM "order" o JOIN fraud_label l ON l."orderId" = o.id WHERE o."customerId" = $1 AND l.note IS NOT NULL
       ORDER BY 1, 2`,
      [customerId, VERDICT, NOTE],
    );
  }

  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    const [rows]: [unknown[], number] = await this.connection.getRepository(ctx, FraudLabel).query(
      `UPDATE fraud_label l SET note = NULL FROM "order" o
       WHERE o.id = l."orderId" AND o."customerId" = $1 AND l.note IS NOT NULL RETURNING l.id`,
      [customerId],
    );
    return { changed: rows.length };
  }
}
