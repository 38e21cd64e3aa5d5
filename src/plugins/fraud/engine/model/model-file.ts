import { z } from 'zod';
import type { ModelScore, Reason, ScoringModel } from '../../types';
import { ModelFileError } from './errors';
import { contributionsOf, LEAF, type Forest } from './forest';
import { sigmoid } from './metrics';
import { pointsOf } from './points';

export const MODEL_FORMAT = 'tradewind-fraud-model';
export const MODEL_FORMAT_VERSION = 1;

const MAX_CHARACTERS = 20 * 1024 * 1024;
const MAX_TREES = 5_000;
const MAX_NODES = 4_095;
const MAX_FEATURES = 5_000;
/** Reasons that are told by name; the others are one. */
const NAMED_REASONS = 6;

const finite = z.number().refine(Number.isFinite);
const list = <T extends z.ZodType>(item: T) => z.array(item).min(1).max(MAX_NODES);
const weight = z.number().min(0).max(1);
const probability = z.number().gt(0).lt(1);

const treeSchema = z.object({
  feature: list(z.int().min(LEAF)),
  threshold: list(finite),
  left: list(z.int().min(0)),
  right: list(z.int().min(0)),
  missingLeft: list(z.boolean()),
  value: list(finite),
});

/** What is in a model file. `report` says how the model was made and how good it was; nothing is scored by it. */
export const modelSchema = z.object({
  format: z.literal(MODEL_FORMAT),
  formatVersion: z.literal(MODEL_FORMAT_VERSION),
  version: z.string().min(1).max(64),
  features: z.array(z.string().min(1).max(300)).min(1).max(MAX_FEATURES),
  categories: z.array(z.string().max(300)).max(MAX_FEATURES),
  base: finite,
  trees: z.array(treeSchema).min(1).max(MAX_TREES),
  calibration: z.object({ slope: z.number().gt(0).max(100), intercept: finite }),
  points: z
    .object({ review: probability, decline: probability })
    .refine(({ review, decline }) => review < decline, 'review must be below decline'),
  weights: z.object({ rules: weight, velocity: weight, device: weight }),
  report: z.record(z.string(), z.unknown()).nullable(),
});

export type ModelFile = z.infer<typeof modelSchema>;

/** @throws ModelFileError with what is wrong */
export function loadModel(json: string): ScoringModel {
  return scoringModel(parseModel(json));
}

/** @throws ModelFileError with what is wrong */
export function parseModel(json: string): ModelFile {
  if (json.length > MAX_CHARACTERS) {
    throw new ModelFileError(`The model file has more than ${MAX_CHARACTERS} characters.`);
  }
  let content: unknown;
  try {
    content = JSON.parse(json);
  } catch {
    throw new ModelFileError('The model file is no JSON.');
  }
  const { success, data, error } = modelSchema.safeParse(content);
  if (!success) {
    const [issue] = error.issues;
    throw new ModelFileError(`The model file is not valid: ${issue?.path.join('.')}: ${issue?.message}`);
  }
  data.trees.forEach((tree, index) => checkTree(tree, data.features.length, index));
  return data;
}

/** Children come after their parents, each of one parent: what is no tree (such as a cycle) is found out here. */
function checkTree(tree: ModelFile['trees'][number], features: number, index: number): void {
  const wrong = (what: string) => new ModelFileError(`Tree ${index} of the model file ${what}.`);
  const { length } = tree.feature;
  if (Object.values(tree).some(values => values.length !== length)) {
    throw wrong('has lists of different lengths');
  }
  const parents = new Uint8Array(length);
  tree.feature.forEach((feature, node) => {
    if (feature === LEAF) return;
    if (feature >= features) throw wrong(`names feature ${feature}, which is not there`);
    for (const child of [tree.left[node] as number, tree.right[node] as number]) {
      if (child <= node || child >= length) throw wrong(`has a node ${node} that leads to ${child}`);
      if (parents[child]!++ > 0) throw wrong(`has a node ${child} with two parents`);
    }
  });
}

function scoringModel(file: ModelFile): ScoringModel {
  const { features: names, calibration, points: scale } = file;
  const forest: Forest = { base: file.base, trees: file.trees };
  const vector = new Float64Array(names.length);
  return {
    version: file.version,
    categories: file.categories,
    weights: file.weights,
    score(features): ModelScore {
      for (let i = 0; i < names.length; i++) vector[i] = features[names[i] as string] ?? NaN;
      const { bias, byFeature } = contributionsOf(forest, vector);
      const calibrated = (margin: number) => calibration.slope * margin + calibration.intercept;
      const margin = byFeature.reduce((sum, moved) => sum + moved, bias);
      const points = pointsOf(calibrated(margin), scale);
      const usual = Math.min(points, pointsOf(calibrated(bias), scale));
      return {
        probability: sigmoid(calibrated(margin)),
        points,
        reasons: reasonsOf(points, usual, names, byFeature, vector),
      };
    },
  };
}

/**
 * The points as reasons: what any attempt has, and what is above it, shared among the features that raised it in proportion
 * to by how much. An attempt below the usual has nothing that raised it.
 */
function reasonsOf(
  points: number,
  usual: number,
  names: readonly string[],
  byFeature: Float64Array,
  vector: Float64Array,
): Reason[] {
  const raised: { index: number; by: number }[] = [];
  let sum = 0;
  byFeature.forEach((by, index) => {
    if (by <= 0) return;
    raised.push({ index, by });
    sum += by;
  });
  if (sum === 0 || points <= usual) return [{ code: 'model:usual', points, facts: {} }];
  raised.sort((a, b) => b.by - a.by || a.index - b.index);
  const reasons = raised.slice(0, NAMED_REASONS).map(({ index, by }): Reason => {
    const value = vector[index] as number;
    return {
      code: `model:${names[index]}`,
      points: ((points - usual) * by) / sum,
      facts: Number.isNaN(value) ? {} : { value },
    };
  });
  const others = raised.slice(NAMED_REASONS).reduce((total, { by }) => total + by, 0);
  if (others > 0)
    reasons.push({ code: 'model:others', points: ((points - usual) * others) / sum, facts: {} });
  // Last, and what is left: so that the sum is exact but for the rounding of one addition.
  const told = reasons.reduce((total, reason) => total + reason.points, 0);
  reasons.push({ code: 'model:usual', points: points - told, facts: {} });
  return reasons;
}
