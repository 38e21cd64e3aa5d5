import { MISSING_BIN, type BinnedSet } from './binning';
import { LEAF } from './forest';

export interface TreeOptions {
  readonly leaves: number;
  readonly minRows: number;
  /** Shrinks the values of leaves with few rows. */
  readonly lambda: number;
  readonly learningRate: number;
}

/** As `Tree`, and by bins as well: rows of the training set are led through it by their bins. */
export interface GrownTree {
  readonly feature: number[];
  readonly bin: number[];
  readonly threshold: number[];
  readonly left: number[];
  readonly right: number[];
  readonly missingLeft: boolean[];
  readonly value: number[];
  readonly gain: number[];
}

/** Of each bin: the sums of gradients and hessians, and the count. */
const STATS = 3;
const BINS = MISSING_BIN + 1;
const MIN_GAIN = 1e-6;

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

interface Node {
  readonly id: number;
  /** Where its rows are in the order. */
  readonly from: number;
  readonly to: number;
  readonly histogram: Float64Array;
  readonly split: Split | null;
}

/**
 * Grows one tree, the best split first, from histograms; a node's larger child gets what is left of its parent's. Keeps its
 * large arrays for the next tree.
 */
export class TreeGrower {
  private readonly gradients: Float64Array;
  private readonly hessians: Float64Array;
  private readonly spare: Int32Array;
  private readonly free: Float64Array[] = [];

  constructor(
    private readonly set: BinnedSet,
    private readonly options: TreeOptions,
  ) {
    this.gradients = new Float64Array(set.rows);
    this.hessians = new Float64Array(set.rows);
    this.spare = new Int32Array(set.rows);
  }

  /**
   * @param order the rows to grow it from; they are left in the order of the leaves
   * @param features indexes into the binned set that this tree may use
   */
  grow(
    order: Int32Array,
    features: readonly number[],
    gradient: Float64Array,
    hessian: Float64Array,
  ): GrownTree {
    const tree: GrownTree = {
      feature: [],
      bin: [],
      threshold: [],
      left: [],
      right: [],
      missingLeft: [],
      value: [],
      gain: [],
    };
    const node = (from: number, to: number, histogram: Float64Array): Node => {
      const totals = this.totalsOf(histogram, features);
      const id = tree.feature.length;
      tree.feature.push(LEAF);
      tree.bin.push(0);
      tree.threshold.push(0);
      tree.left.push(0);
      tree.right.push(0);
      tree.missingLeft.push(false);
      tree.gain.push(0);
      const { learningRate, lambda } = this.options;
      tree.value.push((-totals.gradient / (totals.hessian + lambda)) * learningRate);
      return { id, from, to, histogram, split: this.bestSplit(histogram, totals, features) };
    };
    const open: Node[] = [
      node(0, order.length, this.histogramOf(order, 0, order.length, features, gradient, hessian)),
    ];
    for (let leaves = 1; leaves < this.options.leaves; leaves++) {
      let best = -1;
      for (let i = 0; i < open.length; i++) {
        const gain = open[i]?.split?.gain ?? 0;
        if (gain > (best < 0 ? 0 : (open[best]?.split?.gain ?? 0))) best = i;
      }
      if (best < 0) break;
      const [parent] = open.splice(best, 1) as [Node];
      const split = parent.split as Split;
      const middle = this.partition(order, parent, split);
      const small: [number, number] =
        middle - parent.from < parent.to - middle ? [parent.from, middle] : [middle, parent.to];
      const ofSmall = this.histogramOf(order, ...small, features, gradient, hessian);
      const ofLarge = parent.histogram;
      for (const feature of features) {
        const end = (feature + 1) * BINS * STATS;
        for (let i = feature * BINS * STATS; i < end; i++) ofLarge[i]! -= ofSmall[i] as number;
      }
      const smallIsLeft = small[0] === parent.from;
      const left = node(parent.from, middle, smallIsLeft ? ofSmall : ofLarge);
      const right = node(middle, parent.to, smallIsLeft ? ofLarge : ofSmall);
      tree.feature[parent.id] = split.feature;
      tree.bin[parent.id] = split.bin;
      tree.threshold[parent.id] = this.set.cuts[split.feature]?.[split.bin] ?? 0;
      tree.missingLeft[parent.id] = split.missingLeft;
      tree.left[parent.id] = left.id;
      tree.right[parent.id] = right.id;
      tree.gain[parent.id] = split.gain;
      open.push(left, right);
    }
    for (const { histogram } of open) this.free.push(histogram);
    return tree;
  }

  private histogramOf(
    order: Int32Array,
    from: number,
    to: number,
    features: readonly number[],
    gradient: Float64Array,
    hessian: Float64Array,
  ): Float64Array {
    const histogram = this.free.pop() ?? new Float64Array(this.set.columns.length * BINS * STATS);
    const { gradients, hessians } = this;
    // Side by side: otherwise each feature would jump through memory for them again.
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      gradients[i] = gradient[row] as number;
      hessians[i] = hessian[row] as number;
    }
    for (const feature of features) {
      const start = feature * BINS * STATS;
      histogram.fill(0, start, start + BINS * STATS);
      addUp(histogram, start, this.set.bins[feature] as Uint8Array, order, from, to, gradients, hessians);
    }
    return histogram;
  }

  private totalsOf(histogram: Float64Array, features: readonly number[]) {
    const totals = { gradient: 0, hessian: 0, rows: 0 };
    const start = (features[0] as number) * BINS * STATS;
    for (let i = start; i < start + BINS * STATS; i += STATS) {
      totals.gradient += histogram[i] as number;
      totals.hessian += histogram[i + 1] as number;
      totals.rows += histogram[i + 2] as number;
    }
    return totals;
  }

  private bestSplit(
    histogram: Float64Array,
    totals: { gradient: number; hessian: number; rows: number },
    features: readonly number[],
  ): Split | null {
    const { lambda, minRows } = this.options;
    if (totals.rows < 2 * minRows) return null;
    const before = (totals.gradient * totals.gradient) / (totals.hessian + lambda);
    let best: Split | null = null;
    let bestGain = MIN_GAIN;
    for (const feature of features) {
      const start = feature * BINS * STATS;
      const cuts = (this.set.cuts[feature] as Float64Array).length;
      const missing = start + MISSING_BIN * STATS;
      const missingRows = histogram[missing + 2] as number;
      let gradient = 0;
      let hessian = 0;
      let rows = 0;
      // The last bin's split is that of the missing ones from all others.
      for (let bin = 0; bin <= cuts; bin++) {
        const place = start + bin * STATS;
        gradient += histogram[place] as number;
        hessian += histogram[place + 1] as number;
        rows += histogram[place + 2] as number;
        if (bin === cuts && missingRows === 0) break;
        for (let side = 0; side < 2; side++) {
          const missingLeft = side === 1;
          if (missingLeft && (missingRows === 0 || bin === cuts)) break;
          const g = missingLeft ? gradient + (histogram[missing] as number) : gradient;
          const h = missingLeft ? hessian + (histogram[missing + 1] as number) : hessian;
          const n = missingLeft ? rows + missingRows : rows;
          if (n < minRows || totals.rows - n < minRows) continue;
          const other = totals.gradient - g;
          const gain = (g * g) / (h + lambda) + (other * other) / (totals.hessian - h + lambda) - before;
          if (gain > bestGain) {
            bestGain = gain;
            // Where none is missing, one that comes later goes with the many.
            best = { gain, feature, bin, missingLeft: missingRows > 0 ? missingLeft : n * 2 > totals.rows };
          }
        }
      }
    }
    return best;
  }

  /** Puts the rows of the left child first, otherwise in their order; returns where the right one begins. */
  private partition(order: Int32Array, { from, to }: Node, { feature, bin, missingLeft }: Split): number {
    const bins = this.set.bins[feature] as Uint8Array;
    const { spare } = this;
    let left = from;
    let right = 0;
    for (let i = from; i < to; i++) {
      const row = order[i] as number;
      const value = bins[row] as number;
      if (value === MISSING_BIN ? missingLeft : value <= bin) order[left++] = row;
      else spare[right++] = row;
    }
    order.set(spare.subarray(0, right), left);
    return left;
  }
}

/** The hottest loop of training: a function of its own, so that it is compiled on its own. */
function addUp(
  histogram: Float64Array,
  start: number,
  bins: Uint8Array,
  order: Int32Array,
  from: number,
  to: number,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let i = from; i < to; i++) {
    const place = start + bins[order[i]!]! * STATS;
    histogram[place]! += gradients[i]!;
    histogram[place + 1]! += hessians[i]!;
    histogram[place + 2]! += 1;
  }
}
