import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { PaymentAttempt } from '../../entities/payment-attempt.entity';

const ATTEMPT = 'payment_attempt';
const INSTRUMENT = 'payment_attempt.instrument';

/** The ledger of a customer's payments. The accounts of the shop need it; what describes the card is erased. */
@Injectable()
export class AttemptPersonalData implements PersonalDataContributor {
  readonly name = 'payment-attempts';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: ATTEMPT,
        category: 'financial',
        purpose: 'What payment providers were asked for your orders, and what came of it.',
        retention: 'As long as the order, which the law wants kept.',
        onErasure: 'kept',
      },
      {
        field: INSTRUMENT,
        category: 'financial',
        purpose: 'Brand, last four digits and country of the card you paid with.',
        retention: 'As long as the order.',
        onErasure: 'erased',
      },
    ];
  }

  export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.attempts(ctx).query(
      `SELECT $2 AS field, a.id::text AS source,
              json_build_object('order', o.code, 'kind', a.kind, 'provider', a.provider, 'amount', a.amount,
                                'currency', a.currency, 'status', a.status, 'at', a."createdAt") AS value
       ${OF_CUSTOMER}
       UNION ALL
       SELECT $3, a.id::text, a.instrument::json ${OF_CUSTOMER} AND a.instrument IS NOT NULL
       ORDER BY 2, 1`,
      [customerId, ATTEMPT, INSTRUMENT],
    );
  }

  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    const [changed]: [unknown[], number] = await this.attempts(ctx).query(
      `UPDATE payment_attempt SET instrument = NULL, answer = answer #- '{metadata,public}'
       WHERE instrument IS NOT NULL AND id IN (SELECT a.id ${OF_CUSTOMER}) RETURNING id`,
      [customerId],
    );
    return { changed: changed.length };
  }

  private attempts(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentAttempt);
  }
}

const OF_CUSTOMER = `FROM "order" o JOIN payment_attempt a ON a."orderId" = o.id WHERE o."customerId" = $1`;
