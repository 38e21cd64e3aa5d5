import { sigmoid } from './metrics';

/** Platt's: the log-odds that a forest gives, as those that come true. The slope is above 0, so that no ranking changes. */
export interface Calibration {
  readonly slope: number;
  readonly intercept: number;
}

export const UNCALIBRATED: Calibration = { slope: 1, intercept: 0 };

const MIN_SLOPE = 0.1;
const MAX_SLOPE = 5;
/** So many rows' worth of belief that a forest is right by itself: a handful of frauds must not bend it. */
const PRIOR = 2;
const STEPS = 50;

/** Newton's method on the log-loss. */
export function fitCalibration(margins: Float64Array, labels: ArrayLike<number>): Calibration {
  let slope = 1;
  let intercept = 0;
  for (let step = 0; step < STEPS; step++) {
    let [gs, gi] = [PRIOR * (slope - 1), PRIOR * intercept];
    let [hss, hsi, hii] = [PRIOR, 0, PRIOR];
    for (let i = 0; i < margins.length; i++) {
      const margin = margins[i] as number;
      const probability = sigmoid(slope * margin + intercept);
      const error = probability - (labels[i] as number);
      const weight = probability * (1 - probability);
      gs += error * margin;
      gi += error;
      hss += weight * margin * margin;
      hsi += weight * margin;
      hii += weight;
    }
    const determinant = hss * hii - hsi * hsi;
    if (!(determinant > 1e-12)) break;
    const [ds, di] = [(hii * gs - hsi * gi) / determinant, (hss * gi - hsi * gs) / determinant];
    slope = Math.min(MAX_SLOPE, Math.max(MIN_SLOPE, slope - ds));
    intercept -= di;
    if (Math.abs(ds) + Math.abs(di) < 1e-9) break;
  }
  return Number.isFinite(slope) && Number.isFinite(intercept) ? { slope, intercept } : UNCALIBRATED;
}
