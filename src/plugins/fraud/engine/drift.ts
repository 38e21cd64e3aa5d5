/** How far a distribution has moved. */
export type DriftLevel = 'stable' | 'moved' | 'drifted' | 'too_few';

export interface DriftBin {
  readonly label: string;
  /** Parts of all, 0-1. */
  readonly reference: number;
  readonly current: number;
}

export interface DriftMeasure {
  readonly name: string;
  readonly psi: number | null;
  readonly level: DriftLevel;
  readonly bins: readonly DriftBin[];
}

/** The usual reading of a PSI (Siddiqi, Credit Risk Scorecards, 2006). */
export const PSI_MOVED = 0.1;
export const PSI_DRIFTED = 0.25;

/** Bins of equal size in the reference, beside one for what is missing. */
export const PSI_BINS = 10;

/** An empty bin would make the index infinite. */
const LEAST_SHARE = 0.0001;

/**
 * With fewer rows the index is mostly chance: without any drift its mean is about (bins - 1) * (1/n + 1/m), which for 11
 * bins and 300 rows on both sides is 0.07.
 */
export const PSI_ROWS = 300;

/**
 * The population stability index of a number, sum of (current - reference) * ln(current / reference) over the bins. The
 * bins' edges are deciles of the reference; equal values are never torn apart, so a value that is very frequent has a bin
 * of its own and there may be fewer bins.
 *
 * @param reference NaN for a missing value; neither side has to be sorted
 */
export function psiOf(name: string, reference: Float64Array, current: Float64Array): DriftMeasure {
  const edges = edgesOf(reference);
  const before = sharesOf(reference, edges);
  const now = sharesOf(current, edges);
  const bins = before.map((share, index) => ({
    label: labelOf(edges, index),
    reference: share,
    current: now[index] ?? 0,
  }));
  if (reference.length < PSI_ROWS || current.length < PSI_ROWS) {
    return { name, psi: null, level: 'too_few', bins };
  }
  const psi = bins.reduce((sum, bin) => {
    const a = Math.max(bin.reference, LEAST_SHARE);
    const b = Math.max(bin.current, LEAST_SHARE);
    return sum + (b - a) * Math.log(b / a);
  }, 0);
  return { name, psi, level: levelOf(psi), bins };
}

export function levelOf(psi: number): DriftLevel {
  if (psi > PSI_DRIFTED) return 'drifted';
  return psi >= PSI_MOVED ? 'moved' : 'stable';
}

const SEVERITY: readonly DriftLevel[] = ['too_few', 'stable', 'moved', 'drifted'];

/** The worst of several. */
export function worstOf(levels: readonly DriftLevel[]): DriftLevel {
  const worst = Math.max(0, ...levels.map(level => SEVERITY.indexOf(level)));
  return SEVERITY[worst] ?? 'too_few';
}

/** Where a new bin begins: values of the reference that are seen, rising. */
function edgesOf(reference: Float64Array): number[] {
  const known = reference.filter(value => !Number.isNaN(value)).sort();
  const edges: number[] = [];
  const [least] = known;
  if (least === undefined) return edges;
  // Whatever is as small as the smallest belongs together: it is often half of all, such as a count of 0.
  let last = least;
  for (let bin = 1; bin < PSI_BINS; bin += 1) {
    const at = known[Math.floor((bin * known.length) / PSI_BINS)] ?? last;
    const edge = at > last ? at : known.find(value => value > last);
    if (edge === undefined) break;
    if (at <= last && edges.length > 0) continue;
    edges.push(edge);
    last = edge;
  }
  return edges;
}

/** The part of each bin; the last one is of what is missing. */
function sharesOf(values: Float64Array, edges: readonly number[]): number[] {
  const counts = new Array<number>(edges.length + 2).fill(0);
  for (const value of values) {
    const bin = Number.isNaN(value) ? edges.length + 1 : binOf(value, edges);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map(count => (values.length === 0 ? 0 : count / values.length));
}

function binOf(value: number, edges: readonly number[]): number {
  const found = edges.findIndex(edge => value < edge);
  return found === -1 ? edges.length : found;
}

function labelOf(edges: readonly number[], index: number): string {
  if (index > edges.length) return 'missing';
  const from = edges[index - 1];
  const to = edges[index];
  if (from === undefined) return to === undefined ? 'all' : `< ${short(to)}`;
  return to === undefined ? `>= ${short(from)}` : `${short(from)} - ${short(to)}`;
}

function short(value: number): string {
  return String(Number(value.toPrecision(4)));
}
