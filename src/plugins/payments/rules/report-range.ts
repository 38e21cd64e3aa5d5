/** The longest report, in days. */
export const MOST_REPORT_DAYS = 366;

export interface ReportRange {
  readonly from: Date;
  /** The first instant that does not belong to it. */
  readonly until: Date;
}

export type RangeProblem = 'not_a_day' | 'backwards' | 'too_long';

const DAY_MS = 86_400_000;

/** The days of a report, both ends included, in UTC. */
export function reportRange(from: string, to: string): ReportRange | { readonly problem: RangeProblem } {
  const first = dayOf(from);
  const last = dayOf(to);
  if (first === undefined || last === undefined) return { problem: 'not_a_day' };
  const days = (last.getTime() - first.getTime()) / DAY_MS + 1;
  if (days < 1) return { problem: 'backwards' };
  if (days > MOST_REPORT_DAYS) return { problem: 'too_long' };
  return { from: first, until: new Date(last.getTime() + DAY_MS) };
}

/** @returns nothing for what is no day of the calendar, such as 2026-02-30 */
function dayOf(text: string): Date | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const day = new Date(`${text}T00:00:00.000Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? day : undefined;
}
