/** The largest number that a column of type `integer`, as all ids are, can hold. */
export const MAX_ID = 2_147_483_647;

/** What an impossible id becomes: a number that no entity has. Vendure itself does so with `abc`. */
export const NO_SUCH_ID = -1;

/**
 * An id from a client as the database knows it. Anything that can't be an id (`1.5`, `1e99`, `99999999999`) is
 * an id that nothing has, so that it is answered like any unknown one, and never reaches the database, which
 * would fail on it.
 */
export function decodeEntityId(id: string): number {
  const digits = /^\d{1,10}$/.test(id) ? Number(id) : NO_SUCH_ID;
  return digits > MAX_ID ? NO_SUCH_ID : digits;
}
