import { DEFAULT_PAGE, MAX_PAGE } from '../constants';

export interface Page {
  skip: number;
  take: number;
}

/** The part of a list that was asked for; nothing when no list may be read that way. */
export function pageOf(options?: { skip?: number | null; take?: number | null } | null): Page | undefined {
  const skip = options?.skip ?? 0;
  const take = options?.take ?? DEFAULT_PAGE;
  return skip < 0 || take < 1 || take > MAX_PAGE ? undefined : { skip, take };
}
