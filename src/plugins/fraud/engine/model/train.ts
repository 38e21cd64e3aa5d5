import { boost, BOOST_DEFAULTS, type BoostOptions } from './boost';
import { fitCalibration } from './calibration';
import { TooFewLabelsError } from './errors';
import { marginOf, type Forest } from './forest';
import { sigmoid } from './metrics';
import { MODEL_FORMAT, MODEL_FORMAT_VERSION, type ModelFile } from './model-file';
import { learnWeights } from './part-weights';
import { pointsOf, scaleOf } from './points';
import { importanceOf, validationReport, type TrainingReport } from './report';
import { trainingSetOf, type Sample, type TrainingSet } from './training-set';

export interface TrainOptions extends Partial<BoostOptions> {
  readonly version?: string;
}

export interface TrainedModel {
  /** For `loadModel`. */
  readonly json: string;
  readonly report: TrainingReport;
}

/** With fewer, the rows kept aside say nothing. */
export const NEEDED_LABELS = { good: 300, frauds: 40 } as const;

/** Of the frauds, the newest are kept aside, with all rows since the first of them. */
const FRAUDS_ASIDE = 0.25;
/** So many of the rows at most are kept aside, and so many at least. */
const MOST_ASIDE = 0.35;
const LEAST_ASIDE = 0.1;
/** With all rows a little more can be learned than without those that were kept aside. */
const MORE_ROUNDS = 1.1;

const CATEGORY = /^category\.(.+)\.(?:attempts|known\.all|bad\.all|badRate\.all)$/;

/**
 * Learns from attempts with known outcomes. The newest are kept aside: they say when to stop, how log-odds become
 * probabilities and points, what the other parts count for, and how good it is; then it learns from all. The same set and
 * seed make the same model.
 *
 * @throws TooFewLabelsError
 */
export function trainModel(
  samples: TrainingSet | readonly Sample[],
  { version = 'trained', ...given }: TrainOptions = {},
): TrainedModel {
  const set = 'names' in samples ? samples : trainingSetOf(samples);
  const options = { ...BOOST_DEFAULTS, ...given };
  const frauds = set.labels.reduce((sum, label) => sum + label, 0);
  const known = { good: set.labels.length - frauds, frauds };
  if (known.good < NEEDED_LABELS.good || frauds < NEEDED_LABELS.frauds || set.names.length === 0) {
    throw new TooFewLabelsError(known, NEEDED_LABELS);
  }

  const order = Int32Array.from(set.labels, (_, row) => row).sort(
    (a, b) => (set.at[a] as number) - (set.at[b] as number) || a - b,
  );
  const cut = cutOf(set, order, frauds);
  const aside = order.subarray(cut);
  const first = boost(set, order.subarray(0, cut), aside, options);
  const labels = Uint8Array.from(aside, row => set.labels[row] as number);
  const margins = marginsOf(first.forest, set, aside);
  const calibration = fitCalibration(margins, labels);
  const logOdds = margins.map(margin => calibration.slope * margin + calibration.intercept);
  const probabilities = logOdds.map(sigmoid);
  const points = scaleOf(probabilities, labels);
  const modelPoints = logOdds.map(odds => pointsOf(odds, points));
  const column = (name: string) => columnOf(set, aside, name);
  const weights = learnWeights(
    modelPoints,
    {
      rules: set.rules && Float64Array.from(aside, row => set.rules?.[row] ?? NaN),
      velocity: column('score.velocity'),
      device: column('score.device'),
    },
    labels,
    points,
  );

  const rounds = Math.max(1, Math.round(first.forest.trees.length * MORE_ROUNDS));
  const { forest, importance } = boost(set, order, null, { ...options, rounds });
  const used = new Set(forest.trees.flatMap(tree => tree.feature).filter(feature => feature >= 0));
  const report = {
    learnedFrom: { rows: set.labels.length, frauds },
    ...validationReport(
      {
        scores: modelPoints,
        probabilities,
        labels,
        at: Float64Array.from(aside, row => set.at[row] as number),
      },
      importanceOf(set.names, importance),
    ),
    rounds,
  };
  const file: ModelFile = {
    format: MODEL_FORMAT,
    formatVersion: MODEL_FORMAT_VERSION,
    version,
    features: [...set.names],
    categories: [
      ...new Set([...used].flatMap(feature => CATEGORY.exec(set.names[feature] as string)?.[1] ?? [])),
    ].sort(),
    base: forest.base,
    trees: forest.trees.map(tree => ({
      feature: [...tree.feature],
      threshold: [...tree.threshold],
      left: [...tree.left],
      right: [...tree.right],
      missingLeft: [...tree.missingLeft],
      value: [...tree.value],
    })),
    calibration,
    points,
    weights,
    report: { ...report },
  };
  return { json: JSON.stringify(file), report };
}

/** How many of the oldest rows are learned from at first. */
function cutOf(set: TrainingSet, order: Int32Array, frauds: number): number {
  const wanted = Math.max(10, Math.ceil(frauds * FRAUDS_ASIDE));
  let cut = order.length;
  for (let found = 0; cut > 0 && found < wanted; cut--) found += set.labels[order[cut - 1]!] as number;
  const { length } = order;
  return Math.min(
    Math.floor(length * (1 - LEAST_ASIDE)),
    Math.max(Math.ceil(length * (1 - MOST_ASIDE)), cut),
  );
}

function marginsOf(forest: Forest, set: TrainingSet, rows: Int32Array): Float64Array {
  const width = set.names.length;
  return Float64Array.from(rows, row =>
    marginOf(forest, set.values.subarray(row * width, (row + 1) * width)),
  );
}

function columnOf(set: TrainingSet, rows: Int32Array, name: string): Float64Array | undefined {
  const column = set.names.indexOf(name);
  if (column < 0) return undefined;
  return Float64Array.from(rows, row => set.values[row * set.names.length + column] as number);
}
