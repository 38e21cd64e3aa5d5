import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type RequestContext } from '@vendure/core';
import { figuresOf, type ModelFigures, type Scored } from '../../engine/figures';
import { judge, PROMOTION_FRAUDS, PROMOTION_ROWS } from '../../engine/promotion';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import type { FraudModel } from '../../entities/fraud-model.entity';
import { UNITS_PER_POINT, type Recommendation } from '../../types';
import { Clock } from '../clock';
import { COMPARED } from './model-limits';
import { ModelStore } from './model-store';

const DAY_MS = 86_400_000;

/** An attempt that both have scored. */
interface Both {
  readonly units: number;
  readonly recommendation: Recommendation;
  readonly shadowUnits: number;
  readonly shadowRecommendation: Recommendation;
  readonly fraud: boolean | null;
}

export interface DecisionDifference {
  readonly champion: Recommendation;
  readonly challenger: Recommendation;
  readonly rows: number;
  readonly frauds: number;
  readonly good: number;
}

export interface ModelComparison {
  readonly challenger: FraudModel;
  readonly champion: FraudModel | null;
  readonly from: Date;
  readonly to: Date;
  readonly scored: number;
  readonly championFigures: ModelFigures;
  readonly challengerFigures: ModelFigures;
  readonly differing: number;
  readonly differences: readonly DecisionDifference[];
  readonly neededRows: number;
  readonly neededFrauds: number;
  readonly better: boolean;
  readonly verdict: string;
}

/** A challenger beside what decides, on what both have said of the same attempts. */
@Injectable()
export class ModelComparisonService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly store: ModelStore,
    private readonly clock: Clock,
  ) {}

  async compare(ctx: RequestContext, challenger: FraudModel): Promise<ModelComparison> {
    const champion = await this.store.champion(ctx);
    const to = this.clock.date();
    const from = new Date(Math.max(challenger.createdAt.getTime(), to.getTime() - COMPARED.days * DAY_MS));
    const both = await this.scoredByBoth(ctx, challenger.version, champion?.version ?? null, from, to);
    const known = both.filter(({ fraud }) => fraud !== null);
    const championFigures = figuresOf(known.map(row => scored(row, row.units, row.recommendation)));
    const challengerFigures = figuresOf(
      known.map(row => scored(row, row.shadowUnits, row.shadowRecommendation)),
    );
    const differences = differencesOf(both);
    return {
      challenger,
      champion,
      from,
      to,
      scored: both.length,
      championFigures,
      challengerFigures,
      differing: differences.reduce((sum, { rows }) => sum + rows, 0),
      differences,
      neededRows: PROMOTION_ROWS,
      neededFrauds: PROMOTION_FRAUDS,
      ...judge(championFigures, challengerFigures),
    };
  }

  /** The last decision about each attempt, where the champion was the one of now. */
  private scoredByBoth(
    ctx: RequestContext,
    challenger: string,
    champion: string | null,
    from: Date,
    to: Date,
  ): Promise<Both[]> {
    return this.connection.getRepository(ctx, FraudDecision).query(
      `SELECT d.units, d.recommendation, (s.shadow->>'units')::int AS "shadowUnits",
              s.shadow->>'recommendation' AS "shadowRecommendation", a.fraud
       FROM fraud_decision d
       JOIN LATERAL (SELECT e AS shadow FROM jsonb_array_elements(d.challengers) e WHERE e->>'modelVersion' = $1) s ON true
       LEFT JOIN fraud_attempt a ON a."attemptId" = d."attemptId"
       WHERE d.at >= $3 AND d.at <= $4 AND d."modelVersion" IS NOT DISTINCT FROM $2
         AND (d.phase = 'after' OR NOT EXISTS (
           SELECT 1 FROM fraud_decision later WHERE later."attemptId" = d."attemptId" AND later.phase = 'after'))
       ORDER BY d.at DESC, d.id DESC LIMIT $5`,
      [challenger, champion, from, to, COMPARED.rows],
    );
  }
}

function scored({ fraud }: Both, units: number, recommendation: Recommendation): Scored {
  return { score: units / UNITS_PER_POINT, fraud: fraud === true, recommendation };
}

function differencesOf(both: readonly Both[]): DecisionDifference[] {
  const counts = new Map<string, { -readonly [K in keyof DecisionDifference]: DecisionDifference[K] }>();
  for (const { recommendation, shadowRecommendation, fraud } of both) {
    if (recommendation === shadowRecommendation) continue;
    const key = `${recommendation}>${shadowRecommendation}`;
    const count = counts.get(key) ?? {
      champion: recommendation,
      challenger: shadowRecommendation,
      rows: 0,
      frauds: 0,
      good: 0,
    };
    count.rows += 1;
    if (fraud === true) count.frauds += 1;
    if (fraud === false) count.good += 1;
    counts.set(key, count);
  }
  return [...counts.values()].sort((a, b) => b.rows - a.rows);
}
