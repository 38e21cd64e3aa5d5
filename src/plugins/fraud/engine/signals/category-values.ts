import type { Signals } from '../../types';
import { SIGNAL_FIELDS } from '../fields';

/** Values are counted by as much of them: a forged one must not fill the table. */
export const MAX_CATEGORY_LENGTH = 128;

export const CATEGORY_FIELDS = SIGNAL_FIELDS.filter(({ category }) => category === true).map(
  ({ name }) => name,
);

/** The signals whose values are counted in running totals, as they are counted. */
export function categoryValues(
  signals: Signals,
  fields: readonly string[] = CATEGORY_FIELDS,
): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of fields) {
    const value = signals[field];
    if (value !== undefined) values[field] = String(value).slice(0, MAX_CATEGORY_LENGTH);
  }
  return values;
}
