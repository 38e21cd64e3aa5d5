import { count } from './fraud-text';
import type { ListChange, Purpose } from './lists.query';

export const PURPOSES: Record<Purpose, string> = {
  allow: 'Approves whom it names',
  block: 'Declines whom it names',
  hosting: 'Addresses of data centres',
  tor: 'Exit nodes of Tor',
  proxy: 'Addresses of proxies',
  rules: 'For rules that name it',
};

/** As many as one upload may have. */
export const MAX_LINES = 100_000;

/** Lines that have a value: the others are passed over, as the API does. */
export function valueLines(text: string): number {
  return text.split(/\r\n|\r|\n/).filter(line => line.trim() !== '' && !line.trimStart().startsWith('#'))
    .length;
}

/** What is wrong with what is to be added; nothing if it can be sent. */
export function uploadProblem(text: string): string | undefined {
  const lines = valueLines(text);
  if (lines === 0) return 'Give at least one value, each on a line of its own.';
  return lines > MAX_LINES
    ? `At most ${MAX_LINES.toLocaleString()} values at once; these are ${lines.toLocaleString()}.`
    : undefined;
}

/** What became of entries that were sent, such as `3 values added, 1 was there already`. */
export function changeText({ added, present, duplicates, removed, refused }: ListChange): string {
  return [
    `${count(added, 'value')} added`,
    ...(present > 0 ? [`${present.toLocaleString()} there already`] : []),
    ...(duplicates > 0 ? [`${duplicates.toLocaleString()} more than once`] : []),
    ...(removed > 0 ? [`${removed.toLocaleString()} taken out`] : []),
    ...(refused > 0 ? [`${refused.toLocaleString()} not taken`] : []),
  ].join(', ');
}

/** Why a list can have no such name; nothing if it can. */
export function nameProblem(name: string): string | undefined {
  return /^[a-z0-9_-]{1,64}$/.test(name.trim())
    ? undefined
    : 'Give 1 to 64 small letters, digits, dashes and underscores.';
}
