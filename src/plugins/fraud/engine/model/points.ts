import { logit, ranking, sigmoid } from './metrics';

/** Probabilities from which a review pays (30 points), and from which a decline does (70 points). */
export interface PointScale {
  readonly review: number;
  readonly decline: number;
}

const REVIEW_POINTS = 0.3;
const DECLINE_POINTS = 0.7;
/** A missed fraud counts twice as much as a good order reviewed in vain; one declined in vain, as much as two frauds missed. */
const REVIEW_BETA = 2;
const DECLINE_BETA = 0.5;

/**
 * A logistic curve of the log-odds through both points: strictly monotone, and it never ends, so that no two attempts with
 * different probabilities have the same points.
 */
export function pointsOf(logOdds: number, { review, decline }: PointScale): number {
  const steepness = (logit(DECLINE_POINTS) - logit(REVIEW_POINTS)) / (logit(decline) - logit(review));
  return 100 * sigmoid(logit(REVIEW_POINTS) + steepness * (logOdds - logit(review)));
}

/** The probability that has so many points. */
export function probabilityOf(points: number, { review, decline }: PointScale): number {
  const steepness = (logit(DECLINE_POINTS) - logit(REVIEW_POINTS)) / (logit(decline) - logit(review));
  const share = Math.min(1 - 1e-9, Math.max(1e-9, points / 100));
  return sigmoid(logit(review) + (logit(share) - logit(REVIEW_POINTS)) / steepness);
}

/** Where F-2 (a review) and F-0.5 (a decline) are the best. Always apart, and within what a probability can be. */
export function scaleOf(probabilities: Float64Array, labels: ArrayLike<number>): PointScale {
  const order = ranking(probabilities);
  const review = bestThreshold(order, probabilities, labels, REVIEW_BETA);
  const decline = bestThreshold(order, probabilities, labels, DECLINE_BETA);
  const lower = Math.min(0.4, Math.max(0.005, Math.min(review, decline)));
  return { review: lower, decline: Math.min(0.95, Math.max(decline, review, 2 * lower)) };
}

function bestThreshold(
  order: Int32Array,
  probabilities: Float64Array,
  labels: ArrayLike<number>,
  beta: number,
): number {
  const frauds = order.reduce((sum, index) => sum + (labels[index] === 1 ? 1 : 0), 0);
  let found = 0;
  let best = 0;
  let threshold = 0.5;
  order.forEach((index, place) => {
    found += labels[index] === 1 ? 1 : 0;
    // (1 + b²) tp / ((1 + b²) tp + b² fn + fp)
    const score = ((1 + beta * beta) * found) / (beta * beta * frauds + place + 1);
    if (score > best) {
      best = score;
      threshold = probabilities[index] as number;
    }
  });
  return threshold;
}
