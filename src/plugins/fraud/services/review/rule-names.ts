import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
import type { FraudDecision } from '../../entities/fraud-decision.entity';
import { RuleSetService } from '../rules/rule-set.service';
import type { Names } from './decision-views';

/** What the rules were called when a decision was made. */
@Injectable()
export class RuleNames {
  constructor(private readonly rules: RuleSetService) {}

  async of(ctx: RequestContext, { ruleSetVersion }: FraudDecision): Promise<Names> {
    const set = await this.rules.loadVersion(ctx, ruleSetVersion);
    return new Map(set?.rules.map(({ id, name }) => [id, name]));
  }
}
