import { UserInputError } from '@vendure/core';

/** What somebody wrote, trimmed. @throws UserInputError when there is nothing, or too much */
export function checkedText(what: string, text: string, max: number): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > max) {
    throw new UserInputError(`Give a ${what} of 1 to ${max} characters.`);
  }
  return trimmed;
}

/** The same for a text that may be left out. */
export function optionalText(what: string, text: string | null | undefined, max: number): string | null {
  return text == null || text.trim() === '' ? null : checkedText(what, text, max);
}

/** @throws UserInputError for a list that is too long */
export function checkedCount<T>(what: string, list: T[], max: number): T[] {
  if (list.length > max) throw new UserInputError(`Give at most ${max} ${what}.`);
  return list;
}
