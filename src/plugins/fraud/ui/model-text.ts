import { count, percent } from './fraud-text';
import type { Figures, Model, ModelAnswer, TrainingRun } from './models.query';

type Tone = 'success' | 'warning' | 'error' | 'neutral';

export function modelState({ status, problem }: Pick<Model, 'status' | 'problem'>): {
  tone: Tone;
  text: string;
} {
  if (problem !== null) return { tone: 'error', text: 'Cannot be used' };
  switch (status) {
    case 'champion':
      return { tone: 'success', text: 'Champion: it decides' };
    case 'challenger':
      return { tone: 'warning', text: 'Challenger: in shadow' };
    case 'retired':
      return { tone: 'neutral', text: 'Retired' };
  }
}

const RUNS: Record<TrainingRun['state'], { tone: Tone; text: string }> = {
  queued: { tone: 'neutral', text: 'Waits for a worker' },
  running: { tone: 'neutral', text: 'Runs' },
  done: { tone: 'success', text: 'Made a challenger' },
  too_few_labels: { tone: 'warning', text: 'Too few known outcomes' },
  failed: { tone: 'error', text: 'Failed' },
};

export function runState({ state }: Pick<TrainingRun, 'state'>): { tone: Tone; text: string } {
  return RUNS[state];
}

/** Four places, as papers have it. */
export function rate(value: number | null): string {
  return value === null
    ? '–'
    : value.toLocaleString(undefined, { minimumFractionDigits: 4, maximumFractionDigits: 4 });
}

/** Figures of one or two models side by side. */
export interface FigureRow {
  name: string;
  values: string[];
}

const ROWS: ReadonlyArray<{ name: string; text: (figures: Figures) => string }> = [
  { name: 'Known outcomes', text: ({ rows }) => rows.toLocaleString() },
  { name: 'Frauds', text: ({ frauds }) => frauds.toLocaleString() },
  { name: 'Area under the ROC curve', text: ({ auc }) => rate(auc) },
  { name: 'Average precision', text: ({ averagePrecision }) => rate(averagePrecision) },
  { name: 'Precision of what is stopped', text: ({ precision }) => percent(precision) },
  { name: 'Recall: part of the fraud that is stopped', text: ({ recall }) => percent(recall) },
  { name: 'Good orders stopped', text: ({ goodStopped }) => goodStopped.toLocaleString() },
  { name: 'Approved (below 30)', text: ({ approvalRate }) => percent(approvalRate) },
  { name: 'Reviewed (30 to 70)', text: ({ reviewRate }) => percent(reviewRate) },
  { name: 'Declined (from 70)', text: ({ declineRate }) => percent(declineRate) },
];

export function figureRows(figures: readonly Figures[]): FigureRow[] {
  return ROWS.map(({ name, text }) => ({ name, values: figures.map(text) }));
}

/** How much of what is needed is there, 0 to 1. */
export function readyShare(have: number, needed: number): number {
  return needed <= 0 ? 1 : Math.min(1, have / needed);
}

/** Why something was refused, with all that the API says about it. */
export function refusalText(answer: Exclude<ModelAnswer, { __typename: 'FraudModel' }>): string {
  const unknown =
    answer.__typename === 'FraudModelFileError' && answer.unknownFeatures.length > 0
      ? [
          `${count(answer.unknownFeatures.length, 'unknown feature')}: ${answer.unknownFeatures.slice(0, 10).join(', ')}`,
        ]
      : [];
  const problem = 'why' in answer && !answer.message.includes(answer.why) ? [answer.why] : [];
  return [answer.message, ...problem, ...unknown].join(' ');
}

/** Bars of importance: each beside the greatest one. */
export function importanceBars(
  features: ReadonlyArray<{ name: string; importance: number }>,
): Array<{ name: string; share: number; width: number }> {
  const most = Math.max(0, ...features.map(({ importance }) => importance));
  return features.map(({ name, importance }) => ({
    name,
    share: importance,
    width: most === 0 ? 0 : importance / most,
  }));
}
