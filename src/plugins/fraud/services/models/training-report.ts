import { REPORTED_FEATURES, type ModelReport } from '../../engine/model-report';
import type { TrainingReport } from '../../engine/model';

/** A training's report as it is kept with its model. */
export function reportOf(report: TrainingReport): ModelReport {
  const { from, to, figures, calibration, features, ...details } = report;
  return { from, to, figures, calibration, features: features.slice(0, REPORTED_FEATURES), details };
}
