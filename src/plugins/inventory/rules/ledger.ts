/** What the stock ledger has entries of. The first five are core's stock movements. */
export type LedgerKind =
  | 'ALLOCATION'
  | 'SALE'
  | 'RELEASE'
  | 'CANCELLATION'
  | 'ADJUSTMENT'
  | 'HOLD_PLACED'
  | 'HOLD_CONSUMED'
  | 'HOLD_RELEASED'
  | 'HOLD_EXPIRED';

interface Effect {
  onHand: -1 | 0 | 1;
  allocated: -1 | 0 | 1;
  held: -1 | 0 | 1;
}

/** What a unit of an entry does to the stock of its location. Core counts the units of a sale below zero. */
export const EFFECTS: Readonly<Record<LedgerKind, Effect>> = {
  ALLOCATION: { onHand: 0, allocated: 1, held: 0 },
  SALE: { onHand: 1, allocated: 1, held: 0 },
  RELEASE: { onHand: 0, allocated: -1, held: 0 },
  CANCELLATION: { onHand: 1, allocated: 0, held: 0 },
  ADJUSTMENT: { onHand: 1, allocated: 0, held: 0 },
  HOLD_PLACED: { onHand: 0, allocated: 0, held: 1 },
  HOLD_CONSUMED: { onHand: 0, allocated: 0, held: -1 },
  HOLD_RELEASED: { onHand: 0, allocated: 0, held: -1 },
  HOLD_EXPIRED: { onHand: 0, allocated: 0, held: -1 },
};

export const LEDGER_KINDS = Object.keys(EFFECTS) as LedgerKind[];

export function effectOf(kind: LedgerKind, quantity: number) {
  const { onHand, allocated, held } = EFFECTS[kind];
  // No minus zero: it would be another value to a client that compares.
  const times = (sign: number) => (sign === 0 ? 0 : sign * quantity);
  return { onHand: times(onHand), allocated: times(allocated), held: times(held) };
}

/** The kinds of core's movements as SQL that sums one part of their effect. */
export function effectSql(part: keyof Effect, type: string, quantity: string): string {
  const cases = (Object.entries(EFFECTS) as [LedgerKind, Effect][])
    .filter(([kind, effect]) => !kind.startsWith('HOLD_') && effect[part] !== 0)
    .map(([kind, effect]) => `WHEN '${kind}' THEN ${effect[part] < 0 ? '-' : ''}${quantity}`);
  return cases.length === 0 ? '0' : `CASE ${type} ${cases.join(' ')} ELSE 0 END`;
}

/** Where entries come from. At one moment a hold is placed before anything moves, and ends after it. */
export const RANKS = { placed: 0, movement: 1, ended: 2 } as const;

/** The place of an entry in the ledger, which is sorted by it. */
export interface LedgerKey {
  /** Microseconds since 1970, as PostgreSQL keeps them. */
  micros: string;
  rank: number;
  id: number;
}

export function encodeCursor({ micros, rank, id }: LedgerKey): string {
  return Buffer.from(`${micros}.${rank}.${id}`).toString('base64url');
}

/** Nothing for what is no cursor. */
export function decodeCursor(cursor: string): LedgerKey | undefined {
  const match = /^(\d{1,17})\.([0-2])\.(\d{1,10})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (match === null) return undefined;
  const [, micros = '', rank, id] = match;
  const key = { micros, rank: Number(rank), id: Number(id) };
  return key.id <= 2_147_483_647 ? key : undefined;
}
