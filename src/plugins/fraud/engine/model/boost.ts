import { binned, MISSING_BIN, type BinnedSet } from './binning';
import { LEAF, marginOf, type Forest, type Tree } from './forest';
import { TreeGrower, type GrownTree, type TreeOptions } from './grow-tree';
import { logLoss, sigmoid } from './metrics';
import { seededRandom } from './random';
import type { TrainingSet } from './training-set';

export interface BoostOptions extends TreeOptions {
  readonly rounds: number;
  /** Shares of the rows and features that each tree sees. */
  readonly rowShare: number;
  readonly featureShare: number;
  /** Ends after so many trees that did not help on the rows kept aside. */
  readonly patience: number;
  readonly seed: number;
}

export const BOOST_DEFAULTS: BoostOptions = {
  rounds: 250,
  leaves: 8,
  minRows: 30,
  lambda: 5,
  learningRate: 0.05,
  rowShare: 0.7,
  featureShare: 0.4,
  patience: 40,
  seed: 1,
};

export interface Boosted {
  readonly forest: Forest;
  /** By column of the training set: how much its splits gained. */
  readonly importance: Float64Array;
}

/**
 * Gradient boosting of the log-loss.
 *
 * @param aside rows to stop early by; without them all rounds are made
 */
export function boost(
  set: TrainingSet,
  rows: Int32Array,
  aside: Int32Array | null,
  options: BoostOptions,
): Boosted {
  const data = binned(set, rows);
  const grower = new TreeGrower(data, options);
  const random = seededRandom(options.seed);
  const labels = Float64Array.from(rows, row => set.labels[row] as number);
  const positives = labels.reduce((sum, label) => sum + label, 0);
  const share = Math.min(1 - 1e-6, Math.max(1e-6, positives / rows.length));
  const base = Math.log(share / (1 - share));
  const margins = new Float64Array(rows.length).fill(base);
  const gradient = new Float64Array(rows.length);
  const hessian = new Float64Array(rows.length);
  const importance = new Float64Array(set.names.length);
  const trees: Tree[] = [];
  const watch = aside && new Watch(set, aside, base);
  if (data.columns.length === 0) return { forest: { base, trees }, importance };

  for (let round = 0; round < options.rounds; round++) {
    for (let i = 0; i < rows.length; i++) {
      const probability = sigmoid(margins[i] as number);
      gradient[i] = probability - (labels[i] as number);
      hessian[i] = probability * (1 - probability);
    }
    const order = sampleRows(rows.length, options.rowShare, random);
    const grown = grower.grow(order, sampleFeatures(data, options.featureShare, random), gradient, hessian);
    for (let i = 0; i < rows.length; i++) margins[i]! += grown.value[leafByBins(grown, data, i)] as number;
    const tree = treeOf(grown, data);
    trees.push(tree);
    grown.feature.forEach((feature, node) => {
      if (feature !== LEAF) importance[data.columns[feature] as number]! += grown.gain[node] as number;
    });
    if (watch?.add(tree, options.patience)) break;
  }
  return { forest: { base, trees: watch ? trees.slice(0, watch.best) : trees }, importance };
}

/** The rows that were kept aside, and how many trees are best for them. */
class Watch {
  /** At least one: a model without trees says nothing. */
  best = 1;
  private trees = 0;
  private least = Infinity;
  private readonly margins: Float64Array;
  private readonly labels: Uint8Array;
  private readonly vectors: Float64Array[];

  constructor(set: TrainingSet, rows: Int32Array, base: number) {
    const width = set.names.length;
    this.margins = new Float64Array(rows.length).fill(base);
    this.labels = Uint8Array.from(rows, row => set.labels[row] as number);
    this.vectors = Array.from(rows, row => set.values.subarray(row * width, (row + 1) * width));
  }

  /** Whether it is time to stop. */
  add(tree: Tree, patience: number): boolean {
    const forest: Forest = { base: 0, trees: [tree] };
    this.vectors.forEach((vector, i) => (this.margins[i]! += marginOf(forest, vector)));
    this.trees++;
    const loss = logLoss(this.margins.map(sigmoid), this.labels);
    if (loss < this.least) {
      this.least = loss;
      this.best = this.trees;
    }
    return this.trees - this.best >= patience;
  }
}

function sampleRows(count: number, share: number, random: () => number): Int32Array {
  const order = new Int32Array(count);
  let taken = 0;
  for (let row = 0; row < count; row++) if (share >= 1 || random() < share) order[taken++] = row;
  return order.subarray(0, taken);
}

/** At least one, in order. */
function sampleFeatures({ columns }: BinnedSet, share: number, random: () => number): number[] {
  const all = columns.map((_, feature) => feature);
  const wanted = Math.max(1, Math.ceil(all.length * share));
  for (let i = 0; i < wanted; i++) {
    const other = i + Math.floor(random() * (all.length - i));
    [all[i], all[other]] = [all[other] as number, all[i] as number];
  }
  return all.slice(0, wanted).sort((a, b) => a - b);
}

function leafByBins(tree: GrownTree, { bins }: BinnedSet, row: number): number {
  let node = 0;
  let feature = tree.feature[0] as number;
  while (feature !== LEAF) {
    const bin = bins[feature]![row]!;
    const left = bin === MISSING_BIN ? tree.missingLeft[node]! : bin <= tree.bin[node]!;
    node = left ? tree.left[node]! : tree.right[node]!;
    feature = tree.feature[node] as number;
  }
  return node;
}

/** Features by the columns of the training set, and without what is only needed to grow it. */
function treeOf(grown: GrownTree, { columns, cuts }: BinnedSet): Tree {
  return {
    feature: grown.feature.map(feature => (feature === LEAF ? LEAF : (columns[feature] as number))),
    // A split of the missing ones from all others: all numbers are on one side.
    threshold: grown.threshold.map((threshold, node) => {
      const feature = grown.feature[node] as number;
      const all = feature !== LEAF && grown.bin[node] === cuts[feature]?.length;
      return all ? Number.MAX_VALUE : threshold;
    }),
    left: grown.left,
    right: grown.right,
    missingLeft: grown.missingLeft,
    value: grown.value,
  };
}
