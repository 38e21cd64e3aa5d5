import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../../privacy';
import { PaymentDispute } from '../../entities/payment-dispute.entity';

const DISPUTE = 'payment_dispute';
const DIFFERENCE = 'payment_difference';

/** Disputes about a customer's payments, and what the shop and its providers said differently of them. */
@Injectable()
export class ReconciliationPersonalData implements PersonalDataContributor {
  readonly name = 'payment-reconciliation';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: DISPUTE,
        category: 'financial',
        purpose: 'Payments that you or your bank have disputed, and how it ended.',
        retention: 'As long as the order, which the law wants kept.',
        onErasure: 'kept',
      },
      {
        field: DIFFERENCE,
        category: 'financial',
        purpose:
          'Where the shop and the payment provider said different things of your payment, and what was done.',
        retention: 'Two years after it was resolved.',
        onErasure: 'kept',
      },
    ];
  }

  export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.connection.getRepository(ctx, PaymentDispute).query(
      `SELECT $2 AS field, d.id::text AS source,
              json_build_object('order', o.code, 'provider', d.provider, 'amount', d.amount, 'currency', d."currencyCode",
                                'reason', d.reason, 'status', d.status, 'openedAt', d."openedAt", 'closedAt', d."closedAt") AS value
       FROM "order" o JOIN payment_dispute d ON d."orderId" = o.id WHERE o."customerId" = $1
       UNION ALL
       SELECT $3, f.id::text,
              json_build_object('order', o.code, 'provider', f.provider, 'kind', f.kind, 'amount', f.amount,
                                'currency', f."currencyCode", 'resolution', f.resolution, 'at', f."createdAt")
       FROM "order" o JOIN payment_difference f ON f."orderId" = o.id WHERE o."customerId" = $1
       ORDER BY 1, 2`,
      [customerId, DISPUTE, DIFFERENCE],
    );
  }

  /** The accounts of the shop need both; nothing in them describes the customer. */
  erase(): Promise<ErasureReport> {
    return Promise.resolve({ changed: 0 });
  }
}
