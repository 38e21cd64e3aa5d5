import { z } from 'zod';
import { UNCALIBRATED } from './calibration';
import { ModelFileError } from './errors';
import { LEAF } from './forest';
import { MODEL_FORMAT, MODEL_FORMAT_VERSION, parseModel, type ModelFile } from './model-file';
import { sigmoid } from './metrics';

const MAX_CHARACTERS = 50 * 1024 * 1024;
const MAX_DEPTH = 500;
/** Below it LightGBM takes a number for zero, and zero for missing where it was told so. */
const ZERO = 1e-35;

/** The part of `Booster.dump_model()` that scores. */
const dumpSchema = z.object({
  objective: z.string().optional(),
  num_class: z.number().optional(),
  feature_names: z.array(z.string()).min(1),
  average_output: z.boolean().optional(),
  tree_info: z.array(z.object({ tree_structure: z.unknown() })).min(1),
});

const splitSchema = z.object({
  split_feature: z.int().min(0),
  threshold: z.union([z.number(), z.string()]),
  decision_type: z.string(),
  default_left: z.boolean(),
  missing_type: z.enum(['None', 'Zero', 'NaN']),
  internal_value: z.number(),
  left_child: z.unknown(),
  right_child: z.unknown(),
});
const leafSchema = z.object({ leaf_value: z.number() });

type Tree = ModelFile['trees'][number];

/**
 * A model of LightGBM (`json.dumps(booster.dump_model())`, objective `binary`) as a model file. Its features are named as
 * ours are. What cannot be said in our trees is refused: splits by category, linear trees, zeros that count as missing.
 *
 * @returns the text of the model file, for `loadModel`
 * @throws ModelFileError
 */
export function importLightGbm(text: string, version = 'imported'): string {
  if (text.length > MAX_CHARACTERS) {
    throw new ModelFileError(`The file has more than ${MAX_CHARACTERS} characters.`);
  }
  const dump = checked(dumpSchema, parse(text), 'The file is no dump of a LightGBM model');
  const [objective = '', ...parameters] = (dump.objective ?? 'binary').split(' ');
  if (objective !== 'binary' || (dump.num_class ?? 1) !== 1) {
    throw new ModelFileError(`The model's objective is "${objective}": only "binary" can be imported.`);
  }
  const slope = Number(parameters.find(one => one.startsWith('sigmoid:'))?.slice('sigmoid:'.length) ?? 1);
  if (!(slope > 0)) throw new ModelFileError(`The model's objective is not valid: "${dump.objective}".`);
  const share = dump.average_output ? 1 / dump.tree_info.length : 1;
  const trees = dump.tree_info.map(({ tree_structure }, index) => {
    const tree = emptyTree();
    addNode(tree, tree_structure, share, index, 0);
    return tree;
  });
  const usual = sigmoid(slope * trees.reduce((sum, { value }) => sum + (value[0] as number), 0));
  const review = Math.min(0.4, Math.max(0.01, 3 * usual));
  const file: ModelFile = {
    format: MODEL_FORMAT,
    formatVersion: MODEL_FORMAT_VERSION,
    version,
    features: dump.feature_names,
    categories: [
      ...new Set(
        dump.feature_names.flatMap(name => /^category\.(.+)\.[a-zA-Z]+(?:\.all)?$/.exec(name)?.[1] ?? []),
      ),
    ],
    base: 0,
    trees,
    calibration: { ...UNCALIBRATED, slope },
    // The file says nothing of them: three times what is usual for a review, an even chance for a decline.
    points: { review, decline: Math.max(0.5, 1.5 * review) },
    weights: { rules: 1, velocity: 1, device: 1 },
    report: null,
  };
  const json = JSON.stringify(file);
  parseModel(json);
  return json;
}

function emptyTree(): Tree {
  return { feature: [], threshold: [], left: [], right: [], missingLeft: [], value: [] };
}

/** Returns the index of the node. */
function addNode(tree: Tree, node: unknown, share: number, index: number, depth: number): number {
  const where = `Tree ${index} of the model`;
  if (depth > MAX_DEPTH) throw new ModelFileError(`${where} is deeper than ${MAX_DEPTH}.`);
  const id = tree.feature.length;
  const isLeaf = typeof node === 'object' && node !== null && 'leaf_value' in node;
  if (isLeaf) {
    const { leaf_value } = checked(leafSchema, node, `${where} is not valid`);
    if ('leaf_const' in node)
      throw new ModelFileError(`${where} has linear leaves, which cannot be imported.`);
    push(tree, { feature: LEAF, threshold: 0, missingLeft: false, value: leaf_value * share });
    return id;
  }
  const split = checked(splitSchema, node, `${where} is not valid`);
  if (split.decision_type !== '<=' || typeof split.threshold !== 'number') {
    throw new ModelFileError(`${where} splits by "${split.decision_type}": only "<=" can be imported.`);
  }
  if (split.missing_type === 'Zero') {
    throw new ModelFileError(`${where} takes zeros for missing: train it with zero_as_missing=false.`);
  }
  push(tree, {
    feature: split.split_feature,
    threshold: split.threshold,
    // Without missing values in its training, LightGBM takes one for a zero.
    missingLeft: split.missing_type === 'NaN' ? split.default_left : ZERO <= split.threshold,
    value: split.internal_value * share,
  });
  tree.left[id] = addNode(tree, split.left_child, share, index, depth + 1);
  tree.right[id] = addNode(tree, split.right_child, share, index, depth + 1);
  return id;
}

function push(
  tree: Tree,
  node: { feature: number; threshold: number; missingLeft: boolean; value: number },
): void {
  tree.feature.push(node.feature);
  tree.threshold.push(node.threshold);
  tree.left.push(0);
  tree.right.push(0);
  tree.missingLeft.push(node.missingLeft);
  tree.value.push(node.value);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ModelFileError('The file is no JSON.');
  }
}

function checked<T extends z.ZodType>(schema: T, value: unknown, otherwise: string): z.infer<T> {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new ModelFileError(`${otherwise}: ${issue?.path.join('.')}: ${issue?.message}`);
}
