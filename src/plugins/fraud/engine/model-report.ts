import type { CalibrationBin, ModelFigures } from './figures';

export interface FeatureImportance {
  readonly name: string;
  /** All make 1. */
  readonly importance: number;
}

/** What was found when a model was made, on attempts that it did not learn from. */
export interface ModelReport {
  /** ISO 8601: the span of those attempts. */
  readonly from: string | null;
  readonly to: string | null;
  readonly figures: ModelFigures | null;
  readonly calibration: readonly CalibrationBin[];
  /** The most important first. */
  readonly features: readonly FeatureImportance[];
  /** Everything that the training has told. */
  readonly details: object | null;
}

export const REPORTED_FEATURES = 50;
