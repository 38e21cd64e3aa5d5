import { areaUnderCurve, averagePrecision, logLoss, precisionAtTop, ranking } from './metrics';

/** How the model did on the rows that were kept aside, by its own score. */
export interface ValidationReport {
  /** ISO 8601: the span of these rows. */
  readonly from: string | null;
  readonly to: string | null;
  readonly figures: Figures;
  readonly logLoss: number;
  readonly precisionAtTop: readonly { readonly count: number; readonly precision: number }[];
  readonly calibration: readonly CalibrationRow[];
  readonly thresholds: readonly ThresholdRow[];
  /** The most important first; all make 1. */
  readonly features: readonly FeatureImportance[];
}

export interface TrainingReport extends ValidationReport {
  readonly learnedFrom: { readonly rows: number; readonly frauds: number };
  readonly rounds: number;
}

export interface Figures {
  readonly rows: number;
  readonly frauds: number;
  readonly auc: number | null;
  readonly averagePrecision: number | null;
  /** Of what is reviewed or declined. */
  readonly precision: number | null;
  readonly recall: number | null;
  readonly goodStopped: number;
  readonly approvalRate: number | null;
  readonly reviewRate: number | null;
  readonly declineRate: number | null;
}

export interface CalibrationRow {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly expected: number;
  readonly observed: number;
}

export interface ThresholdRow {
  readonly points: number;
  readonly flagged: number;
  readonly precision: number | null;
  readonly recall: number | null;
}

export interface FeatureImportance {
  readonly name: string;
  readonly importance: number;
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
const CALIBRATION_EDGES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

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
  const stopped = above(REVIEW);
  const declined = above(DECLINE);
  return {
    from: dateOf(Math.min(...spanOf(at))),
    to: dateOf(Math.max(...spanOf(at))),
    figures: {
      rows: labels.length,
      frauds,
      auc: numberOrNull(areaUnderCurve(scores, labels)),
      averagePrecision: numberOrNull(averagePrecision(scores, labels)),
      precision: share(stopped.found, stopped.flagged),
      recall: share(stopped.found, frauds),
      goodStopped: stopped.flagged - stopped.found,
      approvalRate: share(labels.length - stopped.flagged, labels.length),
      reviewRate: share(stopped.flagged - declined.flagged, labels.length),
      declineRate: share(declined.flagged, labels.length),
    },
    logLoss: logLoss(probabilities, labels),
    precisionAtTop: TOPS.filter(count => count <= labels.length).map(count => ({
      count,
      precision: precisionAtTop(scores, labels, count),
    })),
    calibration: calibrationOf(probabilities, labels),
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

function calibrationOf(probabilities: Float64Array, labels: Uint8Array): CalibrationRow[] {
  return CALIBRATION_EDGES.slice(0, -1).flatMap((from, index) => {
    const to = CALIBRATION_EDGES[index + 1] as number;
    let rows = 0;
    let expected = 0;
    let observed = 0;
    probabilities.forEach((probability, row) => {
      if (probability < from || (probability >= to && to !== 1)) return;
      rows++;
      expected += probability;
      observed += labels[row] as number;
    });
    return rows === 0 ? [] : [{ from, to, rows, expected: expected / rows, observed: observed / rows }];
  });
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

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
