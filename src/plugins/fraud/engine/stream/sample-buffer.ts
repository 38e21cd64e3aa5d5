import type { Transaction } from '../../types';
import type { KnownOutcome } from './outcome-delay';
import { MAX_FEATURES, type TrainingSet } from '../model/training-set';

const UNKNOWN = 2;

interface Kept {
  readonly transaction: Transaction;
  readonly rules: number;
  vector: Float64Array;
  label: 0 | 1 | typeof UNKNOWN;
  /** Infinity as long as the outcome is not known. */
  knownAt: number;
}

type Features = Readonly<Record<string, number>>;

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

  add(transaction: Transaction, features: Features, rules: number): void {
    const { id } = transaction;
    if (this.kept.has(id)) return;
    const vector = this.vectorOf(features);
    this.kept.set(id, { transaction, rules, vector, label: UNKNOWN, knownAt: Infinity });
    this.held += vector.length;
    for (const [oldest, { vector: gone }] of this.kept) {
      if (this.held <= this.limits.values) break;
      this.kept.delete(oldest);
      this.held -= gone.length;
    }
  }

  label(id: string, fraud: boolean, knownAt: number): void {
    const sample = this.kept.get(id);
    if (!sample) return;
    sample.label = fraud ? 1 : 0;
    sample.knownAt = knownAt;
  }

  /** Of all outcomes that are known: when the attempt was made, and since when it is known. */
  outcomes(): KnownOutcome[] {
    return [...this.kept.values()]
      .filter(({ label }) => label !== UNKNOWN)
      .map(({ transaction, knownAt }) => ({ at: transaction.at, knownAt }));
  }

  /** Makes the features of what is learned from anew. */
  renew(featuresOf: (transaction: Transaction) => Features): void {
    for (const row of this.rows()) {
      this.held -= row.vector.length;
      row.vector = this.vectorOf(featuresOf(row.transaction));
      this.held += row.vector.length;
    }
  }

  labelled(): TrainingSet {
    const rows = this.rows();
    const names = [...this.columns.keys()];
    const values = new Float64Array(rows.length * names.length).fill(NaN);
    rows.forEach(({ vector }, row) => values.set(vector, row * names.length));
    return {
      names,
      values,
      labels: Uint8Array.from(rows, ({ label }) => Number(label === 1)),
      at: Float64Array.from(rows, ({ transaction }) => transaction.at),
      rules: Float64Array.from(rows, ({ rules }) => rules),
    };
  }

  /**
   * The newest with a known outcome, in order. Where only frauds are ever told of, what was made before the newest fraud
   * that is known and was not told of is good.
   */
  private rows(): Kept[] {
    const all = [...this.kept.values()];
    let onlyFrauds = true;
    let horizon = -Infinity;
    for (const { label, transaction } of all) {
      if (label === 0) onlyFrauds = false;
      if (label === 1) horizon = Math.max(horizon, transaction.at);
    }
    return all
      .filter(({ label, transaction }) => label !== UNKNOWN || (onlyFrauds && transaction.at <= horizon))
      .sort((a, b) => a.transaction.at - b.transaction.at)
      .slice(-this.limits.trainingRows);
  }

  private vectorOf(features: Features): Float64Array {
    for (const name in features) {
      if (!this.columns.has(name) && this.columns.size < MAX_FEATURES)
        this.columns.set(name, this.columns.size);
    }
    const vector = new Float64Array(this.columns.size).fill(NaN);
    for (const name in features) {
      const column = this.columns.get(name);
      if (column !== undefined) vector[column] = features[name] as number;
    }
    return vector;
  }
}
