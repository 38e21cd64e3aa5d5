import { Injectable } from '@nestjs/common';
import { TransactionalConnection, UserInputError, type RequestContext } from '@vendure/core';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import { MAX_PERIOD_DAYS } from './constants';
import { RuleSetService } from './rule-set.service';

const DAY_MS = 86_400_000;

export interface RuleStatistics {
  ruleId: string;
  name: string | null;
  fired: number;
  acted: number;
  decided: number;
  fraudsCaught: number;
  disputesCaught: number;
  goodStopped: number;
  open: number;
  fraudAmount: number;
  goodAmount: number;
}

type Row = { ruleId: string } & Record<keyof Omit<RuleStatistics, 'ruleId' | 'name'>, string>;

/** What rules did: exact, from the decisions that are kept. Reads only. */
@Injectable()
export class RuleStatisticsService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly rules: RuleSetService,
  ) {}

  /** Those of the rules in use first, in their order; then what rules did that are gone. */
  async of(ctx: RequestContext, from: Date, to: Date): Promise<RuleStatistics[]> {
    if (!(from < to) || to.getTime() - from.getTime() > MAX_PERIOD_DAYS * DAY_MS) {
      throw new UserInputError('error.fraud-period', { max: MAX_PERIOD_DAYS });
    }
    const rows: Row[] = await this.connection.getRepository(ctx, FraudDecision).query(STATISTICS, [from, to]);
    const found = new Map(rows.map(row => [row.ruleId, row]));
    const { rules } = await this.rules.inUse(ctx);
    const names = new Map(rules.map(({ id, name }) => [id, name]));
    const gone = [...found.keys()].filter(id => !names.has(id)).sort();
    return [...names.keys(), ...gone].map(ruleId => ({
      ruleId,
      name: names.get(ruleId) ?? null,
      ...numbersOf(found.get(ruleId)),
    }));
  }
}

function numbersOf(row: Row | undefined): Omit<RuleStatistics, 'ruleId' | 'name'> {
  const number = (name: keyof Omit<RuleStatistics, 'ruleId' | 'name'>) => Number(row?.[name] ?? 0);
  return {
    fired: number('fired'),
    acted: number('acted'),
    decided: number('decided'),
    fraudsCaught: number('fraudsCaught'),
    disputesCaught: number('disputesCaught'),
    goodStopped: number('goodStopped'),
    open: number('open'),
    fraudAmount: number('fraudAmount'),
    goodAmount: number('goodAmount'),
  };
}

/** Of each attempt, only its last decision: the one after the authorization, where there is one. */
const STATISTICS = `
  SELECT hit->>'ruleId' AS "ruleId",
         count(*) AS fired,
         count(*) FILTER (WHERE NOT shadow) AS acted,
         count(*) FILTER (WHERE d.override->>'source' = hit->>'ruleId'
                            AND d.override->>'kind' IN ('block_rule', 'allow_rule', 'review_rule')) AS decided,
         count(*) FILTER (WHERE a.fraud) AS "fraudsCaught",
         count(*) FILTER (WHERE a.fraud AND a."outcomeSource" = 'dispute') AS "disputesCaught",
         count(*) FILTER (WHERE stopped) AS "goodStopped",
         count(*) FILTER (WHERE a.fraud IS NULL) AS open,
         COALESCE(sum(a.amount) FILTER (WHERE a.fraud), 0) AS "fraudAmount",
         COALESCE(sum(a.amount) FILTER (WHERE stopped), 0) AS "goodAmount"
  FROM fraud_decision d
  LEFT JOIN fraud_attempt a ON a."attemptId" = d."attemptId"
  CROSS JOIN LATERAL jsonb_array_elements(d.rules) AS hit
  CROSS JOIN LATERAL (SELECT (hit->>'shadow')::boolean AS shadow) AS acts
  CROSS JOIN LATERAL (
    SELECT NOT shadow AND a.fraud IS FALSE AND d.decision IN ('review', 'block') AS stopped
  ) AS ends
  WHERE d.at >= $1 AND d.at < $2 AND d.rules <> '[]'
    AND (d.phase = 'after'
         OR NOT EXISTS (SELECT FROM fraud_decision l WHERE l."attemptId" = d."attemptId" AND l.phase = 'after'))
  GROUP BY 1`;
