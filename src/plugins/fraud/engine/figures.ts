import type { Recommendation } from '../types';
import { areaUnderCurve, averagePrecision } from './model/metrics';

/** A score and what became of the attempt. */
export interface Scored {
  readonly score: number;
  readonly fraud: boolean;
  readonly recommendation: Recommendation;
}

export interface ModelFigures {
  readonly rows: number;
  readonly frauds: number;
  readonly auc: number | null;
  readonly averagePrecision: number | null;
  readonly precision: number | null;
  readonly recall: number | null;
  readonly goodStopped: number;
  readonly approvalRate: number | null;
  readonly reviewRate: number | null;
  readonly declineRate: number | null;
}

/** How well scores tell fraud from good orders. Stopped is what is reviewed or declined. */
export function figuresOf(rows: readonly Scored[]): ModelFigures {
  const frauds = rows.filter(({ fraud }) => fraud).length;
  const of = (recommendation: Recommendation) =>
    share(rows.filter(row => row.recommendation === recommendation).length, rows.length);
  const stopped = rows.filter(({ recommendation }) => recommendation !== 'approve');
  const caught = stopped.filter(({ fraud }) => fraud).length;
  return {
    rows: rows.length,
    frauds,
    ...rankingOf(rows),
    precision: share(caught, stopped.length),
    recall: share(caught, frauds),
    goodStopped: stopped.length - caught,
    approvalRate: of('approve'),
    reviewRate: of('review'),
    declineRate: of('decline'),
  };
}

/** How well scores put fraud above good orders; null where there is none of either. */
export function rankingOf(rows: readonly Pick<Scored, 'score' | 'fraud'>[]): {
  auc: number | null;
  averagePrecision: number | null;
} {
  const scores = Float64Array.from(rows, ({ score }) => score);
  const labels = Uint8Array.from(rows, ({ fraud }) => Number(fraud));
  const numberOrNull = (value: number) => (Number.isFinite(value) ? value : null);
  return {
    auc: numberOrNull(areaUnderCurve(scores, labels)),
    averagePrecision: numberOrNull(averagePrecision(scores, labels)),
  };
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly rows: number;
  readonly expected: number;
  readonly observed: number;
}

const EDGES = [0, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 1];

/** Whether probabilities come true. Narrow bins at the bottom: fraud is rare. */
export function calibrationOf(
  rows: readonly { readonly probability: number; readonly fraud: boolean }[],
): CalibrationBin[] {
  return EDGES.slice(0, -1).flatMap((from, index) => {
    const to = EDGES[index + 1] ?? 1;
    const within = rows.filter(
      ({ probability }) => probability >= from && (probability < to || (to === 1 && probability <= 1)),
    );
    if (within.length === 0) return [];
    const expected = within.reduce((sum, { probability }) => sum + probability, 0) / within.length;
    const observed = within.filter(({ fraud }) => fraud).length / within.length;
    return [{ from, to, rows: within.length, expected, observed }];
  });
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
