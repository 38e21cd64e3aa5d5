import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type { PastDecision } from '../../engine/backtest/replay';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import type { Recommendation, RuleHit, SignalValue, WeighedPart } from '../../types';

/** As many rows as are in memory at a time. */
const BATCH = 2_000;

export interface PastQuery {
  readonly from: Date;
  readonly to: Date;
  /** Signals that are read. */
  readonly fields: readonly string[];
  readonly withFeatures: boolean;
}

/** A decision with what became of it. */
export interface PastRow {
  readonly decisionId: string;
  readonly orderId: string;
  readonly at: Date;
  readonly amount: number;
  readonly currencyCode: string;
  readonly baseAmount: number | null;
  readonly fraud: boolean | null;
  readonly listsVersion: number;
  readonly settingsVersion: number;
  readonly past: PastDecision;
}

interface Row {
  id: number | string;
  orderId: number | string;
  at: Date;
  atText: string;
  amount: number;
  currency: string;
  units: number;
  recommendation: Recommendation;
  parts: WeighedPart[];
  rules: RuleHit[];
  features: Record<string, number> | null;
  signals: Record<string, SignalValue | null>;
  listsVersion: number;
  settingsVersion: number;
  fraud: boolean | null;
  baseAmount: string | null;
}

/** The last decision about each attempt to pay, from the oldest on. Reads only, and no more than is asked for. */
@Injectable()
export class PastDecisions {
  constructor(private readonly connection: TransactionalConnection) {}

  async count(ctx: RequestContext, { from, to }: Pick<PastQuery, 'from' | 'to'>): Promise<number> {
    const [row]: { count: string }[] = await this.decisions(ctx).query(
      `SELECT count(*) FROM fraud_decision d WHERE d.at >= $1 AND d.at < $2 AND ${lastOfAttempt()}`,
      [from, to],
    );
    return Number(row?.count ?? 0);
  }

  /** The oldest decision's version of the lists: nobody asks for an earlier one. */
  async firstListsVersion(
    ctx: RequestContext,
    { from, to }: Pick<PastQuery, 'from' | 'to'>,
  ): Promise<number> {
    const [row]: { version: number | null }[] = await this.decisions(ctx).query(
      `SELECT min("listsVersion") AS version FROM fraud_decision WHERE at >= $1 AND at < $2`,
      [from, to],
    );
    return row?.version ?? 0;
  }

  async *read(ctx: RequestContext, query: PastQuery): AsyncGenerator<PastRow[]> {
    let reading = this.batch(ctx, query, undefined);
    for (;;) {
      const rows = await reading;
      const last = rows.at(-1);
      const more = last !== undefined && rows.length === BATCH;
      // The database works on the next ones while these are judged.
      if (more) {
        reading = this.batch(ctx, query, { at: last.atText, id: last.id });
        // Whoever stops half-way does not wait for it.
        reading.catch(() => undefined);
      }
      if (rows.length > 0) yield rows.map(pastRow);
      if (!more) return;
    }
  }

  /** By the place of the last one, in PostgreSQL's own words: its times are finer than JavaScript's. */
  private batch(
    ctx: RequestContext,
    { from, to, fields, withFeatures }: PastQuery,
    after: { at: string; id: number | string } | undefined,
  ): Promise<Row[]> {
    // A record is taken out of the signals in one go: to ask for each would unpack all of them each time.
    const columns = fields.map(field => `"${field}" jsonb`).join(', ');
    const signals = fields.length === 0 ? `'{}'::jsonb` : 'to_jsonb(s)';
    const taken = fields.length === 0 ? '' : `CROSS JOIN LATERAL jsonb_to_record(d.signals) AS s(${columns})`;
    return this.decisions(ctx).query(
      `SELECT d.id, d."orderId", d.at, d.at::text AS "atText", d.amount, d.currency, d.units, d.recommendation,
              d.parts, d.rules, ${withFeatures ? 'd.features' : 'NULL'} AS features, ${signals} AS signals,
              d."listsVersion", d."settingsVersion", a.fraud, a.amount AS "baseAmount"
       FROM (SELECT * FROM fraud_decision d
             WHERE d.at < $2 AND ${after === undefined ? 'd.at >= $1' : '(d.at, d.id) > ($1::timestamptz, $3)'}
               AND ${lastOfAttempt('OFFSET 0')}
             ORDER BY d.at, d.id LIMIT ${BATCH}) d
       LEFT JOIN fraud_attempt a ON a."attemptId" = d."attemptId"
       ${taken}
       ORDER BY d.at, d.id`,
      after === undefined ? [from, to] : [after.at, to, after.id],
    );
  }

  private decisions(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudDecision);
  }
}

/**
 * The decision after the authorization where there is one.
 *
 * @param apart `OFFSET 0` has PostgreSQL look each one up: else a batch would gather all of the table's first
 */
function lastOfAttempt(apart = ''): string {
  return `(d.phase = 'after' OR NOT EXISTS (
    SELECT FROM fraud_decision l WHERE l."attemptId" = d."attemptId" AND l.phase = 'after' ${apart}))`;
}

function pastRow(row: Row): PastRow {
  const signals: Record<string, SignalValue> = {};
  for (const name in row.signals) {
    const value = row.signals[name];
    if (value !== null && value !== undefined) signals[name] = value;
  }
  return {
    decisionId: String(row.id),
    orderId: String(row.orderId),
    at: row.at,
    amount: row.amount,
    currencyCode: row.currency,
    baseAmount: row.baseAmount === null ? null : Number(row.baseAmount),
    fraud: row.fraud,
    listsVersion: row.listsVersion,
    settingsVersion: row.settingsVersion,
    past: {
      at: row.at.getTime(),
      signals: signals,
      parts: row.parts,
      hits: row.rules,
      features: row.features ?? {},
      units: row.units,
      recommendation: row.recommendation,
    },
  };
}
