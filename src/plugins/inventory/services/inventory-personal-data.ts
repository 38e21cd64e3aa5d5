import { Injectable } from '@nestjs/common';
import { Order, TransactionalConnection, type RequestContext } from '@vendure/core';
import type {
  DataClass,
  DataSubject,
  ErasureReport,
  ExportedRecord,
  PersonalDataContributor,
} from '../../privacy';
import { rowIds } from '../rules/lock-plan';

const HOLD = 'stock_hold';
const RUNNING_HOLD = 'stock_hold (of an order that is being paid)';
const PICK_LIST = 'pick_list_line';
const OPEN_PICK_LIST = 'pick_list_line (of an order that is being sent)';
const MOVED_BY = 'stock_movement.customFieldsUserid';

/** The lists of orders whose every list is done with. They go together: what is left to list is counted from all. */
const DONE_WITH = `NOT EXISTS (
  SELECT FROM pick_list q LEFT JOIN pick_list_line r ON r."pickListId" = q.id
  WHERE q."orderId" = p."orderId" AND (q.state = 'open' OR (r.id IS NOT NULL AND r."closedAt" IS NULL))
)`;

/**
 * What the inventory knows about a person: which units their orders kept, what was picked for them, and that they were
 * signed in when their order took its stock. All of it hangs on the customer's orders.
 */
@Injectable()
export class InventoryPersonalData implements PersonalDataContributor {
  readonly name = 'inventory';

  constructor(private readonly connection: TransactionalConnection) {}

  classify(): readonly DataClass[] {
    return [
      {
        field: HOLD,
        category: 'behaviour',
        purpose: 'What a checkout kept from others while it was paid, for staff to see why stock was short.',
        retention: 'Deleted 30 days after it has ended.',
        onErasure: 'erased',
      },
      {
        field: RUNNING_HOLD,
        category: 'behaviour',
        purpose: 'Keeps what you are about to pay for.',
        retention: 'Ends with the payment, or by itself after minutes; then deleted after 30 days.',
        onErasure: 'kept',
      },
      {
        field: PICK_LIST,
        category: 'behaviour',
        purpose: 'What was picked for your orders, and where.',
        retention: 'Deleted a year after the last of an order was picked, unless the shop sets another time.',
        onErasure: 'erased',
      },
      {
        field: OPEN_PICK_LIST,
        category: 'behaviour',
        purpose: 'Tells the warehouse what to send you.',
        retention: 'Until the order is sent or cancelled; then as what was picked.',
        onErasure: 'kept',
      },
      {
        field: MOVED_BY,
        category: 'technical',
        purpose: 'Who caused a movement of stock, in the ledger of the shop.',
        retention: 'Kept with the stock movement, which the shop keeps for its accounts.',
        onErasure: 'erased',
      },
    ];
  }

  async export(ctx: RequestContext, subject: DataSubject): Promise<readonly ExportedRecord[]> {
    const [customerId] = rowIds([subject.customerId]);
    if (customerId === undefined) return [];
    const holds = await this.query<ExportedRecord[]>(
      ctx,
      `SELECT CASE h.state WHEN 'active' THEN $2 ELSE $3 END AS field, h.id::text AS source,
              json_build_object('order', o.code, 'sku', v.sku, 'quantity', h.quantity, 'state', h.state,
                                'since', h."createdAt"::timestamptz) AS value
       FROM "order" o JOIN stock_hold h ON h."orderId" = o.id JOIN product_variant v ON v.id = h."productVariantId"
       WHERE o."customerId" = $1 ORDER BY h.id`,
      [customerId, RUNNING_HOLD, HOLD],
    );
    const picks = await this.query<ExportedRecord[]>(
      ctx,
      `SELECT CASE WHEN ${DONE_WITH} THEN $2 ELSE $3 END AS field, l.id::text AS source,
              json_build_object('order', o.code, 'sku', v.sku, 'quantity', l.quantity, 'state', p.state,
                                'location', s.name, 'since', p."createdAt"::timestamptz) AS value
       FROM "order" o JOIN pick_list p ON p."orderId" = o.id JOIN pick_list_line l ON l."pickListId" = p.id
       JOIN product_variant v ON v.id = l."productVariantId" JOIN stock_location s ON s.id = p."stockLocationId"
       WHERE o."customerId" = $1 ORDER BY l.id`,
      [customerId, PICK_LIST, OPEN_PICK_LIST],
    );
    const moved = await this.query<ExportedRecord[]>(
      ctx,
      `SELECT $3 AS field, m.id::text AS source, json_build_object('order', o.code, 'movement', m.type) AS value
       ${MOVED_BY_SUBJECT} ORDER BY m.id`,
      [customerId, userOf(subject), MOVED_BY],
    );
    return [...holds, ...picks, ...moved];
  }

  async erase(ctx: RequestContext, subject: DataSubject): Promise<ErasureReport> {
    const [customerId] = rowIds([subject.customerId]);
    if (customerId === undefined) return { changed: 0 };
    const changes = [
      await this.change(
        ctx,
        `DELETE FROM stock_hold h USING "order" o
         WHERE o.id = h."orderId" AND o."customerId" = $1 AND h.state <> 'active' RETURNING h.id`,
        [customerId],
      ),
      await this.change(
        ctx,
        `DELETE FROM pick_list p USING "order" o
         WHERE o.id = p."orderId" AND o."customerId" = $1 AND ${DONE_WITH} RETURNING p.id`,
        [customerId],
      ),
      await this.change(
        ctx,
        `UPDATE stock_movement SET "customFieldsUserid" = NULL
         WHERE id IN (SELECT m.id ${MOVED_BY_SUBJECT}) RETURNING id`,
        [customerId, userOf(subject)],
      ),
    ];
    return { changed: changes.reduce((sum, count) => sum + count, 0) };
  }

  private async change(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<number> {
    const [rows] = await this.query<[unknown[], number]>(ctx, sql, parameters);
    return rows.length;
  }

  private query<T>(ctx: RequestContext, sql: string, parameters: unknown[]): Promise<T> {
    return this.connection.getRepository(ctx, Order).manager.query(sql, parameters);
  }
}

const MOVED_BY_SUBJECT = `
  FROM "order" o JOIN order_line l ON l."orderId" = o.id JOIN stock_movement m ON m."orderLineId" = l.id
  WHERE o."customerId" = $1 AND m."customFieldsUserid" = $2::int`;

/** No user has the id 0. */
function userOf({ userId }: DataSubject): number {
  return rowIds([userId])[0] ?? 0;
}
