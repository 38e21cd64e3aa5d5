const DAY = 86_400_000;
/** Where all outcomes came at once, nobody can say how long it takes: at least so long, or this share of their span. */
const ASSUMED_DELAY = 7 * DAY;
const LEAST_SHARE = 1 / 8;
/** Later than that, most attempts that are learned from would have seen none. */
const MOST_SHARE = 1 / 4;
/** A handful of early ones are exceptions. */
const QUICK_ONES = 0.05;
/** Where attempts saw less than that share of what they could have, a model cannot learn what outcomes are worth. */
const SEEN_SHARE = 0.5;

export interface KnownOutcome {
  /** When the attempt was made. */
  readonly at: number;
  readonly knownAt: number;
}

/**
 * How long after an attempt its outcome shall count as known for what is learned from, where the outcomes came too late for
 * that: all in one batch before a training, for instance. Null where they came in good time.
 */
export function delayToAssume(outcomes: readonly KnownOutcome[]): number | null {
  if (outcomes.length === 0) return null;
  const made = Float64Array.from(outcomes, ({ at }) => at).sort();
  const delays = Float64Array.from(outcomes, ({ at, knownAt }) => Math.max(0, knownAt - at)).sort();
  const span = (made[made.length - 1] as number) - (made[0] as number);
  const quick = delays[Math.floor((delays.length - 1) * QUICK_ONES)] as number;
  const delay = Math.min(span * MOST_SHARE, Math.max(quick, Math.min(ASSUMED_DELAY, span * LEAST_SHARE)));
  const middle = made[Math.floor(made.length / 2)] as number;
  const seen = outcomes.filter(({ knownAt }) => knownAt < middle).length;
  const possible = outcomes.filter(({ at }) => at + delay < middle).length;
  return seen < possible * SEEN_SHARE ? delay : null;
}
