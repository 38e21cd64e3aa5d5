/** Decisions about attempts of one week, and what is known of them. */
export interface WeekCounts {
  /** Its Monday, YYYY-MM-DD, UTC. */
  readonly week: string;
  readonly decisions: number;
  readonly approved: number;
  readonly reviewed: number;
  readonly declined: number;
  readonly good: number;
  readonly frauds: number;
  readonly fraudsStopped: number;
  readonly goodStopped: number;
}

export interface DriftWeek extends WeekCounts {
  readonly precision: number | null;
  readonly recall: number | null;
}

/** Precision and recall of what was stopped, as far as outcomes are known. */
export function weekOf(counts: WeekCounts): DriftWeek {
  const { frauds, fraudsStopped, goodStopped } = counts;
  const stopped = fraudsStopped + goodStopped;
  return {
    ...counts,
    precision: stopped === 0 ? null : fraudsStopped / stopped,
    recall: frauds === 0 ? null : fraudsStopped / frauds,
  };
}
