import type { Settings } from './lists.query';
import type { Problem } from './rules.query';

/** Settings as they are typed. */
export interface DraftSettings {
  challengeMediumRisk: boolean;
  failOpenBelow: string;
  failClosed: 'review' | 'block';
  ownWeights: boolean;
  rules: string;
  velocity: string;
  device: string;
  maturityDays: string;
  reviewHours: string;
  /** One a line. */
  dueMails: string;
  dueWebhook: string;
  promoteAutomatically: boolean;
  /** Such as `SEK 0.1`, one a line. */
  exchangeRates: string;
  note: string;
}

export type SettingsProblems = Readonly<Partial<Record<keyof DraftSettings, string>>>;

export function settingsDraft(settings: Settings): DraftSettings {
  const { partWeights, exchangeRates } = settings;
  return {
    challengeMediumRisk: settings.challengeMediumRisk,
    failOpenBelow: String(settings.failOpenBelow),
    failClosed: settings.failClosed,
    ownWeights: partWeights !== null,
    rules: String(partWeights?.rules ?? 1),
    velocity: String(partWeights?.velocity ?? 1),
    device: String(partWeights?.device ?? 1),
    maturityDays: String(settings.maturityDays),
    reviewHours: String(settings.reviewHours),
    dueMails: settings.dueMails.join('\n'),
    dueWebhook: settings.dueWebhook ?? '',
    promoteAutomatically: settings.promoteAutomatically,
    exchangeRates: exchangeRates.map(({ currency, rate }) => `${currency} ${rate}`).join('\n'),
    note: '',
  };
}

/** The input for the API, or what of it can be none. Addresses and currencies are the API's to judge. */
export function settingsInput(
  draft: DraftSettings,
  baseVersion: number,
): { input: Record<string, unknown> } | { problems: SettingsProblems } {
  const problems: Partial<Record<keyof DraftSettings, string>> = {};
  const number = (
    field: keyof DraftSettings,
    least: number,
    most: number,
    whole: boolean,
    message: string,
  ) => {
    const text = String(draft[field]).trim().replace(',', '.');
    const value = /^\d{1,12}(\.\d{1,9})?$/.test(text) ? Number(text) : NaN;
    const fits = value >= least && value <= most && (!whole || Number.isInteger(value));
    if (!fits) problems[field] = message;
    return value;
  };
  const weight = (field: 'rules' | 'velocity' | 'device') =>
    number(field, 0, 1, false, 'Give a number from 0 to 1.');
  const rates = lines(draft.exchangeRates).map(line => {
    const match = /^([A-Za-z]{3})\s*[:=\s]\s*(\d{1,12}(?:[.,]\d{1,9})?)$/.exec(line);
    const rate = Number(match?.[2]?.replace(',', '.') ?? NaN);
    if (match === null || !(rate > 0)) problems.exchangeRates = `Write each as SEK 0.1; not “${line}”.`;
    return { currency: match?.[1]?.toUpperCase() ?? '', rate };
  });
  const input = {
    baseVersion,
    challengeMediumRisk: draft.challengeMediumRisk,
    failOpenBelow: number('failOpenBelow', 0, 1e12, false, 'Give an amount of 0 or more.'),
    failClosed: draft.failClosed,
    partWeights: draft.ownWeights
      ? { rules: weight('rules'), velocity: weight('velocity'), device: weight('device') }
      : null,
    maturityDays: number('maturityDays', 1, 365, true, 'Give whole days from 1 to 365.'),
    reviewHours: number('reviewHours', 1, 720, true, 'Give whole hours from 1 to 720.'),
    dueMails: lines(draft.dueMails),
    dueWebhook: draft.dueWebhook.trim() || null,
    promoteAutomatically: draft.promoteAutomatically,
    exchangeRates: rates,
    note: draft.note.trim() || null,
  };
  return Object.keys(problems).length > 0 ? { problems } : { input };
}

/** What the API says about a field, or about one of the entries in it. */
export function problemOfSetting(problems: readonly Problem[], field: string): string | undefined {
  const found = problems.filter(({ path }) => path === field || path.startsWith(`${field}.`));
  return found.length === 0 ? undefined : found.map(({ message }) => message).join(' ');
}

function lines(text: string): string[] {
  return text
    .split(/[\r\n]+/)
    .map(line => line.trim())
    .filter(line => line !== '');
}
