import type { DriftDay, DriftLevel, Measure, Week } from './drift.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

/** Above the first, something has moved; above the second, it is another one. */
export const PSI_LIMITS = [
  { name: '0.1 moved', value: 0.1 },
  { name: '0.25 drifted', value: 0.25 },
] as const;

export const LEVELS: Record<DriftLevel, { tone: Tone; text: string }> = {
  stable: { tone: 'success', text: 'Stable' },
  moved: { tone: 'warning', text: 'Moved' },
  drifted: { tone: 'error', text: 'Drifted' },
  too_few: { tone: 'neutral', text: 'Too few payments to say' },
};

export function psiText(psi: number | null): string {
  return psi === null
    ? '–'
    : psi.toLocaleString(undefined, { minimumFractionDigits: 3, maximumFractionDigits: 3 });
}

/** A feature's name as a line over days, with a gap where no report has it. */
export interface PsiLine {
  name: string;
  values: Array<number | null>;
}

/** The score and the features that moved most on the last day, as many as a chart can tell apart. */
export function psiLines(days: readonly DriftDay[], most: number): PsiLine[] {
  const last = days[days.length - 1];
  if (last === undefined) return [];
  const features = [...last.features].sort((a, b) => (b.psi ?? -1) - (a.psi ?? -1)).slice(0, most - 1);
  return [
    { name: 'Score', values: days.map(({ score }) => score.psi) },
    ...features.map(({ name }) => ({
      name,
      values: days.map(day => day.features.find(feature => feature.name === name)?.psi ?? null),
    })),
  ];
}

/** A part of all; nothing where there is none at all. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** Week by week what part was approved, and how well what was stopped was chosen, as far as outcomes are known. */
export function weekLines(weeks: readonly Week[]) {
  return {
    labels: weeks.map(({ week }) => week),
    approval: weeks.map(({ approved, decisions }) => share(approved, decisions)),
    precision: weeks.map(({ precision }) => precision),
    recall: weeks.map(({ recall }) => recall),
  };
}

/** Those that moved most first; those of which nothing can be said at the end. */
export function byPsi(measures: readonly Measure[]): Measure[] {
  return [...measures].sort((a, b) => (b.psi ?? -1) - (a.psi ?? -1));
}

const DAY_MS = 86_400_000;

/** So many days that end today, as the API wants them. */
export function driftDays(count: number, now: Date): { from: string; to: string } {
  const day = (time: number) => new Date(time).toISOString().slice(0, 10);
  return { from: day(now.getTime() - (count - 1) * DAY_MS), to: day(now.getTime()) };
}
