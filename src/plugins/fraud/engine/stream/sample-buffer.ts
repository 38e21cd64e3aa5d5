import { MAX_FEATURES, type TrainingSet } from '../model/training-set';

const UNKNOWN = 2;

interface Kept {
  readonly at: number;
  readonly vector: Float64Array;
  readonly rules: number;
  label: 0 | 1 | typeof UNKNOWN;
}

export interface SampleLimits {
  /** Numbers that are held at once (8 bytes each). */
  readonly values: number;
  /** Rows of one training. */
  readonly trainingRows: number;
}

const DEFAULTS: SampleLimits = { values: 40_000_000, trainingRows: 150_000 };

/** The feature vectors of the newest attempts, as they were when the attempts were scored, until their outcome is known. */
export class SampleBuffer {
  private readonly limits: SampleLimits;
  private readonly columns = new Map<string, number>();
  private readonly kept = new Map<string, Kept>();
  private held = 0;

  constructor(limits: Partial<SampleLimits> = {}) {
    this.limits = { ...DEFAULTS, ...limits };
  }

  add(id: string, at: number, features: Readonly<Record<string, number>>, rules: number): void {
    if (this.kept.has(id)) return;
    for (const name in features) {
      if (!this.columns.has(name) && this.columns.size < MAX_FEATURES)
        this.columns.set(name, this.columns.size);
    }
    const vector = new Float64Array(this.columns.size).fill(NaN);
    for (const name in features) {
      const column = this.columns.get(name);
      if (column !== undefined) vector[column] = features[name] as number;
    }
    this.kept.set(id, { at, vector, rules, label: UNKNOWN });
    this.held += vector.length;
    for (const [oldest, { vector: gone }] of this.kept) {
      if (this.held <= this.limits.values) break;
      this.kept.delete(oldest);
      this.held -= gone.length;
    }
  }

  label(id: string, fraud: boolean): void {
    const sample = this.kept.get(id);
    if (sample) sample.label = fraud ? 1 : 0;
  }

  /**
   * The newest with a known outcome. Where only frauds are ever told of, what was made before the newest fraud that is known
   * and was not told of is good.
   */
  labelled(): TrainingSet {
    const all = [...this.kept.values()];
    let onlyFrauds = true;
    let horizon = -Infinity;
    for (const { label, at } of all) {
      if (label === 0) onlyFrauds = false;
      if (label === 1) horizon = Math.max(horizon, at);
    }
    const rows = all
      .filter(({ label, at }) => label !== UNKNOWN || (onlyFrauds && at <= horizon))
      .sort((a, b) => a.at - b.at)
      .slice(-this.limits.trainingRows);
    const names = [...this.columns.keys()];
    const values = new Float64Array(rows.length * names.length).fill(NaN);
    rows.forEach(({ vector }, row) => values.set(vector, row * names.length));
    return {
      names,
      values,
      labels: Uint8Array.from(rows, ({ label }) => Number(label === 1)),
      at: Float64Array.from(rows, ({ at }) => at),
      rules: Float64Array.from(rows, ({ rules }) => rules),
    };
  }
}
