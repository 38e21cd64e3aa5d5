import { Injectable } from '@nestjs/common';
import { LiveEngineService } from '../live-engine.service';
import type { Names } from './decision-views';

/** What the rules are called. Their ids are never given anew, so a rule that was renamed has its new name. */
@Injectable()
export class RuleNames {
  constructor(private readonly live: LiveEngineService) {}

  async all(): Promise<Names> {
    const { engine, missing } = await this.live.latest();
    // Without the rules a case is shown all the same.
    if (missing.some(part => part.startsWith('rules'))) return new Map();
    return new Map(engine.ruleSet.rules.map(({ id, name }) => [id, name]));
  }
}
