import { UserInputError } from '@vendure/core';
import { DEFAULT_PAGE, MAX_PAGE } from './constants';

export interface PageOptions {
  skip?: number | null;
  take?: number | null;
}

/** @throws UserInputError for a page that is too long, or begins before the first entry */
export function pageOf(options: PageOptions | null | undefined): { skip: number; take: number } {
  const skip = options?.skip ?? 0;
  const take = options?.take ?? DEFAULT_PAGE;
  if (skip < 0 || take < 1 || take > MAX_PAGE)
    throw new UserInputError('error.fraud-page', { max: MAX_PAGE });
  return { skip, take };
}
