import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { FraudCase } from '../../entities/fraud-case.entity';

const CASE = 'fraud_case';
const REASON = 'fraud_case.reason';
const NOTE = 'fraud_case_note.text';
const ENTRY = 'fraud_case_entry.text';
const RETENTION = 'Two years after the review ended.';

const OF_CUSTOMER = `SELECT c.id FROM fraud_case c JOIN "order" o ON o.id = c."orderId" WHERE o."customerId" = $1`;

/** That a customer's payments were reviewed, and what staff wrote meanwhile. */
@Injectable()
export class CasePersonalData implements PersonalDataContributor {
  readonly name = 'fraud-review';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    const text = { category: 'free-text', retention: RETENTION, onErasure: 'erased' } as const;
    return [
      {
        field: CASE,
        category: 'behaviour',
        purpose:
          'That a payment of yours was looked at by a person to protect against fraud, and what came of it.',
        retention: RETENTION,
        onErasure: 'anonymized',
      },
      { ...text, field: REASON, purpose: 'Why the shop decided so about a payment.' },
      { ...text, field: NOTE, purpose: 'What staff wrote while they looked at a payment.' },
      { ...text, field: ENTRY, purpose: 'What happened while a payment was looked at.' },
    ];
  }

  export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.query(
      ctx,
      `SELECT field, source, value FROM (
         SELECT '${CASE}' AS field, c.id::text AS source,
                json_build_object('order', c."orderCode", 'status', c.status, 'score', c.score, 'amount', c.amount,
                                  'currency', c."currencyCode", 'at', c."createdAt", 'endedAt', c."endedAt") AS value,
                c.id AS position
           FROM fraud_case c WHERE c.id IN (${OF_CUSTOMER})
         UNION ALL
         SELECT '${REASON}', c.id::text, to_json(concat_ws(': ', c.reason, c.problem)), c.id
           FROM fraud_case c
          WHERE c.id IN (${OF_CUSTOMER}) AND (c.reason IS NOT NULL OR c.problem IS NOT NULL)
         UNION ALL
         SELECT '${NOTE}', n.id::text, to_json(n.text), n.id
           FROM fraud_case_note n WHERE n."caseId" IN (${OF_CUSTOMER}) AND n.text <> ''
         UNION ALL
         SELECT '${ENTRY}', e.id::text, to_json(e.text), e.id
           FROM fraud_case_entry e WHERE e."caseId" IN (${OF_CUSTOMER}) AND e.text IS NOT NULL
       ) found ORDER BY field, position`,
      [customerId],
    );
  }

  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    const statements = [
      `UPDATE fraud_case SET reason = NULL, problem = NULL
        WHERE id IN (${OF_CUSTOMER}) AND (reason IS NOT NULL OR problem IS NOT NULL)`,
      `UPDATE fraud_case_note SET text = '' WHERE "caseId" IN (${OF_CUSTOMER}) AND text <> ''`,
      `UPDATE fraud_case_entry SET text = NULL WHERE "caseId" IN (${OF_CUSTOMER}) AND text IS NOT NULL`,
    ];
    let changed = 0;
    for (const statement of statements) {
      const [, rows] = await this.query<[unknown, number]>(ctx, statement, [customerId]);
      changed += rows;
    }
    return { changed };
  }

  private query<T>(ctx: RequestContext, statement: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, FraudCase).manager.query(statement, parameters);
  }
}
