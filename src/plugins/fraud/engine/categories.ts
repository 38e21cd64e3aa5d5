import type { Transaction } from '../types';
import { fieldOf } from './fields';

/** More of them would be columns of somebody's export, not signs of fraud. */
const MAX_CATEGORIES = 60;
/** Longer texts are no categories. */
const MAX_LENGTH = 120;

/**
 * The signals whose values are looked up by what became of earlier ones: texts with few values, and of fields that nobody
 * described texts and whole numbers (a code or an id as often as a quantity).
 */
export function categoriesOf({ signals }: Pick<Transaction, 'signals'>): string[] {
  const names: string[] = [];
  for (const name in signals) {
    if (isCategory(name, signals[name])) names.push(name);
    if (names.length === MAX_CATEGORIES) break;
  }
  return names;
}

function isCategory(name: string, value: unknown): boolean {
  const field = fieldOf(name);
  if (field) return field.category === true;
  // Places are measured, not counted.
  if (name.startsWith('velocity.') || name.startsWith('place.')) return false;
  return typeof value === 'string' ? value.length <= MAX_LENGTH : Number.isSafeInteger(value);
}
