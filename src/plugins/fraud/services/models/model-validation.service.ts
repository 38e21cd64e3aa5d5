import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import type { RequestContext } from '@vendure/core';
import { calibrationOf, figuresOf, type Scored } from '../../engine/figures';
import type { ModelReport } from '../../engine/model-report';
import type { Recommendation, ScoringModel } from '../../types';
import { NEEDED, VALIDATION_SAMPLES } from './model-limits';
import { SamplesService } from './samples.service';

/** So many are scored before others of this process have their turn. */
const AT_ONCE = 100;

/** Tries a model that was made elsewhere on the shop's own attempts. */
@Injectable()
export class ModelValidation {
  constructor(private readonly samples: SamplesService) {}

  /**
   * The model's score by itself, without the other parts. None of these attempts was learned from: it was made elsewhere.
   *
   * @returns null with too few known outcomes
   */
  async report(
    ctx: RequestContext,
    model: ScoringModel,
    rest: Pick<ModelReport, 'features' | 'details'>,
  ): Promise<ModelReport | null> {
    const scored: (Scored & { probability: number })[] = [];
    let from: Date | undefined;
    let to: Date | undefined;
    for await (const { features, at, fraud } of this.samples.labelled(ctx, VALIDATION_SAMPLES)) {
      const { probability, points } = model.score(features);
      scored.push({ score: points, probability, fraud, recommendation: bandOf(points) });
      if (from === undefined || at < from) from = at;
      if (to === undefined || at > to) to = at;
      if (scored.length % AT_ONCE === 0) await setImmediate();
    }
    const frauds = scored.filter(({ fraud }) => fraud).length;
    if (frauds < NEEDED.frauds || scored.length - frauds < NEEDED.good) return null;
    return {
      from: from?.toISOString() ?? null,
      to: to?.toISOString() ?? null,
      figures: figuresOf(scored),
      calibration: calibrationOf(scored),
      ...rest,
    };
  }
}

/** Below 30 approve, below 70 review, else decline. */
export function bandOf(points: number): Recommendation {
  if (points < 30) return 'approve';
  return points < 70 ? 'review' : 'decline';
}
