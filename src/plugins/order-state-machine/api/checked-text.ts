import { UserInputError } from '@vendure/core';
import { MAX_NOTE_LENGTH } from '../constants';

/** What somebody wrote, trimmed. @throws UserInputError when there is nothing, or too much */
export function checkedText(what: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > MAX_NOTE_LENGTH) {
    throw new UserInputError(`Give a ${what} of 1 to ${MAX_NOTE_LENGTH} characters.`);
  }
  return trimmed;
}
