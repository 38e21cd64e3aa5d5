import { areaUnderCurve, averagePrecision, logLoss } from './metrics';
import { probabilityOf, type PointScale } from './points';

export interface PartWeights {
  readonly rules: number;
  readonly velocity: number;
  readonly device: number;
}

/** What each of the other parts gave, 0-100, NaN where it gave nothing; undefined where that is not kept. */
export type OtherScores = Readonly<Record<keyof PartWeights, Float64Array | undefined>>;

const CHOICES = [1, 0.75, 0.5, 0.3, 0.2, 0.1, 0.05, 0];
const PARTS = ['rules', 'velocity', 'device'] as const;
const ROUNDS = 2;
/** By how much a ranking may be worse than the model's own; smaller differences are chance. */
const TOLERANCE = 1e-4;

/**
 * What the other parts are to count for beside the model: the weights with the least log-loss of the whole, one part after
 * the other, among those that do not spoil the model's ranking. Of equal ones the largest: a part that was silent so far
 * keeps its say.
 */
export function learnWeights(
  modelPoints: Float64Array,
  others: OtherScores,
  labels: ArrayLike<number>,
  scale: PointScale,
): PartWeights {
  const judge = (weights: PartWeights) => {
    const combined = modelPoints.map((points, row) => {
      let none = 1 - points / 100;
      for (const part of PARTS) {
        const score = others[part]?.[row] ?? NaN;
        if (!Number.isNaN(score)) none *= 1 - (weights[part] * score) / 100;
      }
      return 100 * (1 - none);
    });
    return {
      loss: logLoss(
        combined.map(points => probabilityOf(points, scale)),
        labels,
      ),
      area: areaUnderCurve(combined, labels),
      precision: averagePrecision(combined, labels),
    };
  };
  let weights = { rules: 0, velocity: 0, device: 0 };
  const alone = judge(weights);
  for (let round = 0; round < ROUNDS; round++) {
    for (const part of PARTS) {
      if (!others[part]?.some(score => score > 0)) {
        weights = { ...weights, [part]: 1 };
        continue;
      }
      const rated = CHOICES.map(weight => ({ weight, ...judge({ ...weights, [part]: weight }) })).filter(
        ({ weight, area, precision }) =>
          weight === 0 || (area >= alone.area - TOLERANCE && precision >= alone.precision - TOLERANCE),
      );
      const least = Math.min(...rated.map(({ loss }) => loss));
      const [best] = rated.filter(({ loss }) => loss <= least + 1e-9);
      weights = { ...weights, [part]: best?.weight ?? 0 };
    }
  }
  return weights;
}
