import { Injectable } from '@nestjs/common';
import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { Order, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In } from 'typeorm';
import { FraudAttempt } from '../../entities/fraud-attempt.entity';
import type { FraudCase } from '../../entities/fraud-case.entity';
import { UNITS_PER_POINT } from '../../types';
import { CaseStore } from './case-store';
import { MAX_LINKED } from './constants';

/** What two orders may have in common, with how much it tells: a network is shared by many, a card by few. */
const LINKS = { card: 64, device: 32, customer: 16, email: 16, address: 8, ip: 4, network: 1 } as const;
export type LinkKind = keyof typeof LINKS;

/** The newest attempts with each thing in common that are looked at. */
const MAX_OF_A_KIND = 200;
const MAX_OWN = 50;

export interface LinkedOrder {
  readonly order: Order;
  readonly links: readonly LinkKind[];
  readonly attempts: number;
  readonly at: Date;
  readonly score: number | null;
  readonly fraud: boolean | null;
  readonly outcomeSource: string | null;
  readonly fraudCase: FraudCase | null;
}

interface Row {
  orderId: ID;
  links: LinkKind[];
  attempts: number;
  at: Date;
  units: number | null;
  fraud: boolean | null;
  outcomeSource: string | null;
}

const ofKind = (kind: string, weight: number) => `
  (SELECT a."orderId", '${kind}' AS link, ${weight} AS weight, a.at
     FROM fraud_attempt a
    WHERE a.${kind} IN (SELECT own.${kind} FROM own WHERE own.${kind} IS NOT NULL)
      AND a."orderId" <> $1 AND ($2::int IS NULL OR a."channelId" = $2)
    ORDER BY a.at DESC LIMIT ${MAX_OF_A_KIND})`;

const STATEMENT = `
  WITH own AS (SELECT * FROM fraud_attempt WHERE "orderId" = $1 ORDER BY id DESC LIMIT ${MAX_OWN}),
  found AS (${Object.entries(LINKS)
    .map(([kind, weight]) => ofKind(kind, weight))
    .join(' UNION ALL ')}),
  linked AS (
    SELECT "orderId", sum(weight) AS weight, array_agg(link ORDER BY weight DESC, link) AS links, max(at) AS newest
      FROM (SELECT "orderId", link, weight, max(at) AS at FROM found GROUP BY "orderId", link, weight) each
     GROUP BY "orderId" ORDER BY 2 DESC, 4 DESC LIMIT ${MAX_LINKED})
  SELECT l."orderId", l.links, o.attempts, o.at, o.fraud, o."outcomeSource",
         (SELECT d.units FROM fraud_decision d WHERE d."orderId" = l."orderId" ORDER BY d.id DESC LIMIT 1) AS units
    FROM linked l, LATERAL (
      SELECT count(*)::int AS attempts, min(a.at) AS at, bool_or(a.fraud) AS fraud,
             (array_agg(a."outcomeSource" ORDER BY a.fraud DESC, a.id DESC) FILTER (WHERE a.fraud IS NOT NULL))[1]
               AS "outcomeSource"
        FROM fraud_attempt a WHERE a."orderId" = l."orderId") o
   ORDER BY l.weight DESC, l.newest DESC`;

/** Orders that have something in common with the order of a case. */
@Injectable()
export class LinkedOrders {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly store: CaseStore,
  ) {}

  /** By what attempts to pay are counted by, those with the most telling links first. Of the staff's channel only. */
  async of(ctx: RequestContext, orderId: ID): Promise<LinkedOrder[]> {
    const channelId = ctx.channel.code === DEFAULT_CHANNEL_CODE ? null : ctx.channelId;
    const rows: Row[] = await this.connection
      .getRepository(ctx, FraudAttempt)
      .query(STATEMENT, [orderId, channelId]);
    const ids = rows.map(row => row.orderId);
    const orders = await this.connection.getRepository(ctx, Order).findBy({ id: In(ids) });
    const byId = new Map(orders.map(order => [String(order.id), order]));
    const cases = await this.store.newestOf(ctx, ids);
    return rows.flatMap(({ orderId: id, units, ...row }) => {
      const order = byId.get(String(id));
      const score = units === null ? null : units / UNITS_PER_POINT;
      const fraudCase = cases.get(String(id)) ?? null;
      return order === undefined ? [] : [{ ...row, order, score, fraudCase }];
    });
  }
}
