import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { PaymentWebhook } from '../../entities/payment-webhook.entity';

const MESSAGE = 'payment_webhook';
const OPEN_MESSAGE = 'payment_webhook (not worked off yet)';

/** What payment providers have told about the payments of a customer's orders. */
@Injectable()
export class WebhookPersonalData implements PersonalDataContributor {
  readonly name = 'payment-webhooks';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: MESSAGE,
        category: 'financial',
        purpose: 'What the payment provider told about your payments and disputes, and when.',
        retention: 'Deleted 90 days after it was worked off.',
        onErasure: 'erased',
      },
      {
        field: OPEN_MESSAGE,
        category: 'financial',
        purpose: 'Tells the shop what became of your payment.',
        retention: 'Until it is worked off; then as the others.',
        onErasure: 'kept',
      },
    ];
  }

  export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.webhooks(ctx).query(
      `SELECT DISTINCT ON (w.id) CASE WHEN w.state IN ('done', 'ignored') THEN $2 ELSE $3 END AS field, w.id::text AS source,
              json_build_object('order', o.code, 'provider', w.provider, 'message', w.type, 'occurredAt', w."occurredAt",
                                'receivedAt', w."receivedAt", 'dispute', w.dispute) AS value
       ${OF_CUSTOMER} ORDER BY w.id`,
      [customerId, MESSAGE, OPEN_MESSAGE],
    );
  }

  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    const [deleted]: [unknown[], number] = await this.webhooks(ctx).query(
      `DELETE FROM payment_webhook
       WHERE state IN ('done', 'ignored') AND id IN (SELECT w.id ${OF_CUSTOMER}) RETURNING id`,
      [customerId],
    );
    return { changed: deleted.length };
  }

  private webhooks(ctx: RequestContext) {
    return this.connection.getRepository(ctx, PaymentWebhook);
  }
}

const OF_CUSTOMER = `
  FROM "order" o
  CROSS JOIN LATERAL (
    SELECT "transactionId" FROM payment WHERE "orderId" = o.id
    UNION SELECT "transactionId" FROM payment_attempt WHERE "orderId" = o.id
  ) p
  JOIN payment_webhook w ON w."transactionId" = p."transactionId"
  WHERE o."customerId" = $1`;
