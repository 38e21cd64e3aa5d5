/** A tree by nodes; the first one is its root. */
export interface Tree {
  /** Index of a feature; -1 for a leaf. */
  readonly feature: readonly number[];
  /** Values up to it go left. */
  readonly threshold: readonly number[];
  readonly left: readonly number[];
  readonly right: readonly number[];
  /** Where a missing value goes. */
  readonly missingLeft: readonly boolean[];
  /** What the node would add to the log-odds, if it were a leaf. */
  readonly value: readonly number[];
}

/** Trees whose values add up to log-odds. */
export interface Forest {
  readonly base: number;
  readonly trees: readonly Tree[];
}

export const LEAF = -1;

/** A vector: by the index of the feature, NaN for what is missing. */
export function marginOf({ base, trees }: Forest, vector: Float64Array): number {
  let margin = base;
  for (const tree of trees) margin += tree.value[leafOf(tree, vector)] as number;
  return margin;
}

/**
 * What each feature moved the log-odds by, along the paths (Saabas): with the bias they add up to the margin. The bias is
 * what an attempt has of which nothing is known.
 */
export function contributionsOf(
  { base, trees }: Forest,
  vector: Float64Array,
): { bias: number; byFeature: Float64Array } {
  let bias = base;
  const byFeature = new Float64Array(vector.length);
  for (const tree of trees) {
    bias += tree.value[0] as number;
    let node = 0;
    let feature = tree.feature[0] as number;
    while (feature !== LEAF) {
      const child = childOf(tree, node, vector[feature] as number);
      byFeature[feature]! += (tree.value[child] as number) - (tree.value[node] as number);
      node = child;
      feature = tree.feature[node] as number;
    }
  }
  return { bias, byFeature };
}

function leafOf(tree: Tree, vector: Float64Array): number {
  let node = 0;
  let feature = tree.feature[0] as number;
  while (feature !== LEAF) {
    node = childOf(tree, node, vector[feature] as number);
    feature = tree.feature[node] as number;
  }
  return node;
}

function childOf(tree: Tree, node: number, value: number): number {
  const left = Number.isNaN(value)
    ? (tree.missingLeft[node] as boolean)
    : value <= (tree.threshold[node] as number);
  return (left ? tree.left[node] : tree.right[node]) as number;
}
