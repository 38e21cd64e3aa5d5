/**
 * - `adding`: written before the provider is asked; becomes `active`, or is cleared away
 * - `active`: can be paid with
 * - `removing`: gone for the shopper, and to be deleted at the provider
 */
export const SAVED_METHOD_STATES = ['adding', 'active', 'removing'] as const;
export type SavedMethodState = (typeof SAVED_METHOD_STATES)[number];

/** How many a customer may have, those that are being added included. */
export const MOST_SAVED_METHODS = 20;

/** An addition that has not ended by then has ended without us (ms). Far longer than a call may take. */
export const ADDING_ENDS_MS = 10 * 60_000;

/** When a removal whose call was never made is taken up (ms). */
export const REMOVING_ENDS_MS = 60_000;

const FIRST_PAUSE_MS = 5 * 60_000;
const LONGEST_PAUSE_MS = 24 * 3_600_000;

/** How long is waited before the provider is asked again (ms): doubled each time, up to a day. */
export function pauseAfter(attempts: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempts, 20));
}

/** What may stand for a method in a request: printable ASCII, of a length that providers stay below. */
export function isToken(token: string): boolean {
  return /^[\x21-\x7e]{1,255}$/.test(token);
}
