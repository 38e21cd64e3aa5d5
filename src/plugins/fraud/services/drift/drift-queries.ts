import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import type { DriftRates } from '../../entities/fraud-drift-report.entity';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { weekOf, type DriftWeek, type WeekCounts } from '../../engine/drift-weeks';
import type { Recommendation } from '../../types';

/** Decisions that are looked at on either side; more would not change a PSI. */
export const MOST_ROWS = 20_000;
/** Small, so that reading a batch holds up nothing else of the process. */
const BATCH = 500;
const DAY_MS = 86_400_000;

/** The last decision about an attempt: the one after the authorization, where there is one. */
const LAST_OF_ATTEMPT = `(d.phase = 'after' OR NOT EXISTS (
  SELECT 1 FROM fraud_decision later WHERE later."attemptId" = d."attemptId" AND later.phase = 'after'))`;

export interface Span {
  readonly from: Date;
  /** Not included. */
  readonly to: Date;
}

/** Values of one span: NaN for what is missing. */
export interface DriftSample {
  readonly rows: number;
  readonly score: Float64Array;
  readonly features: ReadonlyMap<string, Float64Array>;
}

/** What the drift report is made of. Each query is bounded by its span, which an index finds. */
@Injectable()
export class DriftQueries {
  constructor(private readonly connection: TransactionalConnection) {}

  async rates(ctx: RequestContext, { from, to }: Span): Promise<DriftRates & { total: number }> {
    const rows: { recommendation: Recommendation; count: number }[] = await this.decisions(ctx).query(
      `SELECT d.recommendation, count(*)::int AS count FROM fraud_decision d
       WHERE d.at >= $1 AND d.at < $2 AND ${LAST_OF_ATTEMPT} GROUP BY 1`,
      [from, to],
    );
    const total = rows.reduce((sum, { count }) => sum + count, 0);
    const rate = (of: Recommendation) =>
      total === 0 ? null : (rows.find(({ recommendation }) => recommendation === of)?.count ?? 0) / total;
    return { approval: rate('approve'), review: rate('review'), decline: rate('decline'), total };
  }

  /** The features that most attempts have, of some of the span. */
  async commonFeatures(ctx: RequestContext, { from, to }: Span, most: number): Promise<string[]> {
    const rows: { name: string }[] = await this.decisions(ctx).query(
      `SELECT name FROM (SELECT features FROM fraud_decision WHERE at >= $1 AND at < $2 ORDER BY at DESC LIMIT $3) d,
              jsonb_object_keys(d.features) AS name
       GROUP BY name ORDER BY count(*) DESC, name LIMIT $4`,
      [from, to, BATCH, most],
    );
    return rows.map(({ name }) => name);
  }

  /** @param total decisions of the span: where they are too many, every so-many-eth is taken */
  async sample(
    ctx: RequestContext,
    { from, to }: Span,
    total: number,
    names: readonly string[],
  ): Promise<DriftSample> {
    const every = Math.max(1, Math.ceil(total / MOST_ROWS));
    const score: number[] = [];
    const features = new Map(names.map(name => [name, [] as number[]]));
    let after: { at: Date; id: number } = { at: new Date(0), id: 0 };
    for (;;) {
      const rows: { id: number; at: Date; units: number; features: Record<string, number> }[] =
        await this.decisions(ctx).query(
          `SELECT d.id, d.at, d.units, d.features FROM fraud_decision d
           WHERE d.at >= $1 AND d.at < $2 AND d.id % $3 = 0 AND (d.at, d.id) > ($4, $5) AND ${LAST_OF_ATTEMPT}
           ORDER BY d.at, d.id LIMIT $6`,
          [from, to, every, after.at, after.id, BATCH],
        );
      for (const row of rows) {
        score.push(row.units);
        for (const [name, values] of features) values.push(row.features[name] ?? NaN);
      }
      const last = rows.at(-1);
      if (last === undefined || rows.length < BATCH) break;
      after = last;
    }
    return {
      rows: score.length,
      score: Float64Array.from(score),
      features: new Map([...features].map(([name, values]) => [name, Float64Array.from(values)])),
    };
  }

  /** Weeks begin on Monday, UTC. The oldest first; one without attempts is not there. */
  async weeks(ctx: RequestContext, now: Date, weeks: number): Promise<DriftWeek[]> {
    const monday = Math.floor((now.getTime() / DAY_MS + 3) / 7) * 7 - 3;
    const from = new Date((monday - 7 * (weeks - 1)) * DAY_MS);
    const rows: WeekCounts[] = await this.decisions(ctx).query(
      `SELECT to_char(date_trunc('week', a.at AT TIME ZONE 'UTC'), 'YYYY-MM-DD') AS week,
              count(*)::int AS decisions,
              count(*) FILTER (WHERE d.recommendation = 'approve')::int AS approved,
              count(*) FILTER (WHERE d.recommendation = 'review')::int AS reviewed,
              count(*) FILTER (WHERE d.recommendation = 'decline')::int AS declined,
              count(*) FILTER (WHERE NOT a.fraud)::int AS good,
              count(*) FILTER (WHERE a.fraud)::int AS frauds,
              count(*) FILTER (WHERE a.fraud AND d.recommendation <> 'approve')::int AS "fraudsStopped",
              count(*) FILTER (WHERE NOT a.fraud AND d.recommendation <> 'approve')::int AS "goodStopped"
       FROM fraud_attempt a
       JOIN LATERAL (SELECT recommendation FROM fraud_decision WHERE "attemptId" = a."attemptId" ORDER BY phase LIMIT 1) d ON true
       WHERE a.at >= $1 AND a.at < $2 GROUP BY 1 ORDER BY 1`,
      [from, now],
    );
    return rows.map(weekOf);
  }

  private decisions(ctx: RequestContext) {
    return this.connection.getRepository(ctx, FraudDecision);
  }
}
