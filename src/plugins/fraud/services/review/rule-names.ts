import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
import type { FraudDecision } from '../../entities/fraud-decision.entity';
import type { Names } from './decision-views';

/** What rules and lists were called when a decision was made. */
@Injectable()
export class RuleNames {
  of(_ctx: RequestContext, _decision: FraudDecision): Promise<Names> {
    return Promise.resolve(new Map());
  }
}
