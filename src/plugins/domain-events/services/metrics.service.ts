import { Injectable } from '@nestjs/common';
import { TransactionalConnection } from '@vendure/core';
import type { HandlerMetrics } from '../types';
import { DeliveryRunner } from './delivery-runner';

/** Counters and lag, for whoever exports metrics. */
@Injectable()
export class DomainEventMetrics {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly runner: DeliveryRunner,
  ) {}

  /** One item per handler that is not retired. Costs one query over what is unfinished. */
  async snapshot(): Promise<HandlerMetrics[]> {
    const rows: Array<{ handler: string; backlog: string; lag: string; dead: string }> = await this.connection
      .rawConnection.query(`
        SELECT h."name" AS "handler",
               count(d."id") FILTER (WHERE d."state" <> 'dead') AS "backlog",
               count(d."id") FILTER (WHERE d."state" = 'dead') AS "dead",
               coalesce(extract(epoch FROM now() - min(e."timestamp") FILTER (WHERE d."state" <> 'dead')), 0) AS "lag"
          FROM domain_event_handler h
          LEFT JOIN domain_event_delivery d ON d."handler" = h."name"
                AND d."state" IN ('waiting', 'ready', 'queued', 'running', 'dead')
          LEFT JOIN domain_event e ON e."id" = d."sequence"
         WHERE h."retiredAt" IS NULL
         GROUP BY h."name" ORDER BY h."name"`);
    return rows.map(row => ({
      handler: row.handler,
      backlog: Number(row.backlog),
      oldestUndeliveredSeconds: Math.max(0, Number(row.lag)),
      deadLetters: Number(row.dead),
      deliveredTotal: this.runner.delivered.get(row.handler) ?? 0,
    }));
  }
}
