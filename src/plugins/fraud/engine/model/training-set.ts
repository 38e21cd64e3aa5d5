/** Attempts whose outcome is known, as numbers. Plain arrays of bytes: they can be handed to another thread. */
export interface TrainingSet {
  readonly names: readonly string[];
  /** Row by row, in the order of the names; NaN where it is not known. */
  readonly values: Float64Array;
  /** 1 for fraud. */
  readonly labels: Uint8Array;
  /** When the attempt was made. */
  readonly at: Float64Array;
  /** What the rules gave, 0-100: no feature, but where it is known, what rules count for beside the model is learned. */
  readonly rules?: Float64Array;
}

export interface Sample {
  readonly features: Readonly<Record<string, number>>;
  readonly at: number;
  readonly fraud: boolean;
}

/** More features than that are a mistake of whoever made them; the most common ones are kept. */
export const MAX_FEATURES = 600;

export function trainingSetOf(samples: readonly Sample[]): TrainingSet {
  const uses = new Map<string, number>();
  for (const { features } of samples) {
    for (const name in features) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const names = [...uses]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, MAX_FEATURES)
    .map(([name]) => name)
    .sort();
  const set = {
    names,
    values: new Float64Array(samples.length * names.length),
    labels: new Uint8Array(samples.length),
    at: new Float64Array(samples.length),
  };
  samples.forEach(({ features, at, fraud }, row) => {
    names.forEach((name, column) => {
      set.values[row * names.length + column] = features[name] ?? NaN;
    });
    set.labels[row] = Number(fraud);
    set.at[row] = at;
  });
  return set;
}
