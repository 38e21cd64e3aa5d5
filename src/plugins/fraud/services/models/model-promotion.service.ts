import { Injectable } from '@nestjs/common';
import { Logger, type RequestContext } from '@vendure/core';
import { loggerCtx } from '../../constants';
import { FraudModel } from '../../entities/fraud-model.entity';
import { FraudSettingsService } from './learning-ports';
import { ModelComparisonService } from './model-comparison.service';
import { ModelStore } from './model-store';
import { ModelsService } from './models.service';

/** Lets a challenger that is better by its figures take over, where staff want that. See `engine/promotion.ts`. */
@Injectable()
export class ModelPromotion {
  constructor(
    private readonly settings: FraudSettingsService,
    private readonly store: ModelStore,
    private readonly comparison: ModelComparisonService,
    private readonly models: ModelsService,
  ) {}

  /** Of several that are better the one with the highest average precision. */
  async byRule(ctx: RequestContext): Promise<FraudModel | null> {
    if (!(await this.settings.load()).promoteAutomatically) return null;
    const compared = [];
    for (const challenger of await this.store.challengers(ctx)) {
      compared.push(await this.comparison.compare(ctx, challenger));
    }
    const [best] = compared
      .filter(({ better }) => better)
      .sort((a, b) => precisionOf(b.challengerFigures) - precisionOf(a.challengerFigures));
    if (best === undefined) return null;
    const { challenger, verdict } = best;
    const promoted = await this.models.promote(ctx, challenger.id, `By the rule: ${verdict}`, null);
    if (promoted instanceof FraudModel) {
      Logger.info(`The fraud model ${promoted.version} decides from now on. ${verdict}`, loggerCtx);
      return promoted;
    }
    Logger.warn(
      `The fraud model ${challenger.version} is better and could not be promoted: ${promoted.errorCode}`,
      loggerCtx,
    );
    return null;
  }
}

function precisionOf({ averagePrecision }: { averagePrecision: number | null }): number {
  return averagePrecision ?? 0;
}
