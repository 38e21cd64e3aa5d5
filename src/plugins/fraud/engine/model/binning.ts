import type { TrainingSet } from './training-set';

/** Bins of a feature; one byte holds them and the bin of what is missing. */
export const MISSING_BIN = 255;
const MAX_BINS = 250;
/** Half of the cuts are for the ends of a distribution: fraud is rare, and is found there. */
const EVEN_CUTS = MAX_BINS / 2;
const TAIL_DECADES = 4;
/** Enough to find the cuts by; sorting all values of all features would take longer than a few trees. */
const MAX_SORTED = 50_000;

/** A training set by bins: what trees are grown from. Only features that differ are in it. */
export interface BinnedSet {
  readonly rows: number;
  /** Columns of the training set. */
  readonly columns: readonly number[];
  /** Values up to the cut are in its bin or an earlier one. By feature. */
  readonly cuts: readonly Float64Array[];
  /** By feature, then by row. */
  readonly bins: readonly Uint8Array[];
}

export function binned(set: TrainingSet, rows: Int32Array): BinnedSet {
  const columns: number[] = [];
  const allCuts: Float64Array[] = [];
  const bins: Uint8Array[] = [];
  const width = set.names.length;
  for (let column = 0; column < width; column++) {
    const cuts = cutsOf(set, rows, column);
    const missing = rows.some(row => Number.isNaN(set.values[row * width + column]));
    if (cuts.length === 0 && !missing) continue;
    const own = new Uint8Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      own[i] = binOf(cuts, set.values[(rows[i] as number) * width + column] as number);
    }
    if (cuts.length === 0 && own.every(bin => bin === own[0])) continue;
    columns.push(column);
    allCuts.push(cuts);
    bins.push(own);
  }
  return { rows: rows.length, columns, cuts: allCuts, bins };
}

/** Between two neighbouring values each, in order. */
function cutsOf(set: TrainingSet, rows: Int32Array, column: number): Float64Array {
  const step = Math.max(1, Math.floor(rows.length / MAX_SORTED));
  const values = new Float64Array(Math.ceil(rows.length / step));
  let count = 0;
  for (let i = 0; i < rows.length; i += step) {
    const value = set.values[(rows[i] as number) * set.names.length + column] as number;
    if (!Number.isNaN(value)) values[count++] = value;
  }
  const sorted = values.subarray(0, count).sort();
  const cuts: number[] = [];
  for (const share of shares()) {
    const place = Math.min(sorted.length - 1, Math.floor(sorted.length * share));
    const value = sorted[place] as number;
    let next = place + 1;
    while (next < sorted.length && sorted[next] === value) next = firstAbove(sorted, value, next);
    if (next >= sorted.length) break;
    const cut = between(value, sorted[next] as number);
    if (cuts.length === 0 || cut > (cuts[cuts.length - 1] as number)) cuts.push(cut);
  }
  return Float64Array.from(cuts);
}

/** Where cuts are wanted: shares of the values, in order. */
function shares(): number[] {
  const all: number[] = [0];
  for (let i = 1; i < EVEN_CUTS; i++) all.push(i / EVEN_CUTS);
  const tail = Math.floor((MAX_BINS - EVEN_CUTS) / 2) - 1;
  for (let i = 1; i <= tail; i++) {
    const distance = 10 ** (-1 - ((TAIL_DECADES - 1) * i) / tail);
    all.push(distance, 1 - distance);
  }
  return all.sort((a, b) => a - b);
}

function firstAbove(sorted: Float64Array, value: number, from: number): number {
  let low = from;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sorted[middle] as number) <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Not above the lower one where there is no number between. */
function between(low: number, high: number): number {
  const middle = low + (high - low) / 2;
  return middle < high ? middle : low;
}

function binOf(cuts: Float64Array, value: number): number {
  if (Number.isNaN(value)) return MISSING_BIN;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (value <= (cuts[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}
