import { calibrationOf, figuresOf, type CalibrationBin, type ModelFigures } from '../figures';
import type { FeatureImportance } from '../model-report';
import { logLoss, precisionAtTop, ranking } from './metrics';

/** How the model did on the rows that were kept aside, by its own score. */
export interface ValidationReport {
  /** ISO 8601: the span of these rows. */
  readonly from: string | null;
  readonly to: string | null;
  readonly figures: ModelFigures;
  readonly logLoss: number;
  readonly precisionAtTop: readonly { readonly count: number; readonly precision: number }[];
  readonly calibration: readonly CalibrationBin[];
  readonly thresholds: readonly ThresholdRow[];
  /** The most important first; all make 1. */
  readonly features: readonly FeatureImportance[];
}

export interface TrainingReport extends ValidationReport {
  readonly learnedFrom: { readonly rows: number; readonly frauds: number };
  readonly rounds: number;
}

export interface ThresholdRow {
  readonly points: number;
  readonly flagged: number;
  readonly precision: number | null;
  readonly recall: number | null;
}

export interface Validated {
  readonly scores: Float64Array;
  readonly probabilities: Float64Array;
  readonly labels: Uint8Array;
  readonly at: Float64Array;
}

const REVIEW = 30;
const DECLINE = 70;
const TOPS = [10, 50, 100, 500];
const THRESHOLDS = [10, 20, 30, 40, 50, 60, 70, 80, 90];

export function validationReport(rows: Validated, features: readonly FeatureImportance[]): ValidationReport {
  const { scores, probabilities, labels, at } = rows;
  const frauds = labels.reduce((sum, label) => sum + label, 0);
  const above = (points: number) => {
    let flagged = 0;
    let found = 0;
    scores.forEach((score, row) => {
      if (score < points) return;
      flagged++;
      found += labels[row] as number;
    });
    return { flagged, found };
  };
  return {
    from: dateOf(Math.min(...spanOf(at))),
    to: dateOf(Math.max(...spanOf(at))),
    figures: figuresOf(
      Array.from(scores, (score, row) => ({
        score,
        fraud: labels[row] === 1,
        recommendation: score < REVIEW ? 'approve' : score < DECLINE ? 'review' : 'decline',
      })),
    ),
    logLoss: logLoss(probabilities, labels),
    precisionAtTop: TOPS.filter(count => count <= labels.length).map(count => ({
      count,
      precision: precisionAtTop(scores, labels, count),
    })),
    calibration: calibrationOf(
      Array.from(probabilities, (probability, row) => ({ probability, fraud: labels[row] === 1 })),
    ),
    thresholds: THRESHOLDS.map(points => {
      const { flagged, found } = above(points);
      return { points, flagged, precision: share(found, flagged), recall: share(found, frauds) };
    }),
    features,
  };
}

/** The most important first, without those that were of no use. */
export function importanceOf(names: readonly string[], gains: Float64Array): FeatureImportance[] {
  const sum = gains.reduce((total, gain) => total + gain, 0);
  if (sum === 0) return [];
  return [...ranking(gains)]
    .map(index => ({ name: names[index] as string, importance: (gains[index] as number) / sum }))
    .filter(({ importance }) => importance > 0);
}

function spanOf(at: Float64Array): [number, number] {
  let [from, to] = [Infinity, -Infinity];
  for (const moment of at) {
    if (moment < from) from = moment;
    if (moment > to) to = moment;
  }
  return [from, to];
}

function dateOf(at: number): string | null {
  return Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
