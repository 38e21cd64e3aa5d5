import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../privacy';
import { OrderStatusEntry } from '../entities/order-status-entry.entity';

const NOTE = 'order_status_entry.note';
const ACTOR = 'order_status_entry.actorUserId';
const REASON = 'order_effect.reason';
const ERROR = 'order_effect.error';

const RETENTION = 'As long as the order.';

/** What people wrote about a customer's orders, and which steps the customer made. */
@Injectable()
export class HistoryPersonalData implements PersonalDataContributor {
  readonly name = 'order-state-machine';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    const text = { category: 'free-text', retention: RETENTION, onErasure: 'erased' } as const;
    return [
      { ...text, field: NOTE, purpose: 'Notes about your orders, by you or the shop.' },
      { ...text, field: REASON, purpose: 'Why the shop did without a step of an order.' },
      { ...text, field: ERROR, purpose: 'What went wrong when a message or parcel was prepared.' },
      {
        field: ACTOR,
        category: 'behaviour',
        purpose: 'Which steps of your orders you made yourself.',
        retention: RETENTION,
        onErasure: 'anonymized',
      },
    ];
  }

  async export(ctx: RequestContext, { customerId }: DataSubject): Promise<readonly ExportedRecord[]> {
    return this.query(
      ctx,
      `SELECT field, source, value FROM (
         SELECT '${NOTE}' AS field, e.id::text AS source, e.note AS value, e.id AS position
           FROM order_status_entry e JOIN "order" o ON o.id = e."orderId"
          WHERE o."customerId" = $1 AND e.note IS NOT NULL
         UNION ALL
         SELECT '${REASON}', f.id::text, f.reason, f.id
           FROM order_effect f JOIN "order" o ON o.id = f."orderId"
          WHERE o."customerId" = $1 AND f.reason IS NOT NULL
         UNION ALL
         SELECT '${ERROR}', f.id::text, f.error, f.id
           FROM order_effect f JOIN "order" o ON o.id = f."orderId"
          WHERE o."customerId" = $1 AND f.error IS NOT NULL
         UNION ALL
         SELECT '${ACTOR}', e.id::text, e.trigger, e.id
           FROM order_status_entry e JOIN "order" o ON o.id = e."orderId"
          WHERE o."customerId" = $1 AND e."actorKind" = 'customer'
       ) found ORDER BY field, position`,
      [customerId],
    );
  }

  async erase(ctx: RequestContext, { customerId }: DataSubject): Promise<ErasureReport> {
    const ofCustomer = `"orderId" IN (SELECT id FROM "order" WHERE "customerId" = $1)`;
    const changed = await Promise.all([
      this.update(
        ctx,
        `UPDATE order_status_entry SET note = NULL,
                "actorUserId" = CASE WHEN "actorKind" = 'customer' THEN NULL ELSE "actorUserId" END
          WHERE ${ofCustomer}
            AND (note IS NOT NULL OR ("actorKind" = 'customer' AND "actorUserId" IS NOT NULL))`,
        customerId,
      ),
      this.update(
        ctx,
        `UPDATE order_effect SET reason = NULL, error = NULL
          WHERE ${ofCustomer} AND (reason IS NOT NULL OR error IS NOT NULL)`,
        customerId,
      ),
    ]);
    return { changed: changed.reduce((sum, rows) => sum + rows, 0) };
  }

  private async update(ctx: RequestContext, statement: string, customerId: string): Promise<number> {
    const [, rows] = await this.query<[unknown, number]>(ctx, statement, [customerId]);
    return rows;
  }

  private query<T>(ctx: RequestContext, statement: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, OrderStatusEntry).manager.query(statement, parameters);
  }
}
