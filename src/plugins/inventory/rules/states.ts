/** From each state, where it may go. The diagrams of the README are checked against these tables. */
type Machine<S extends string> = Readonly<Record<S, readonly S[]>>;

export type StockHoldState = 'active' | 'consumed' | 'released' | 'expired';

/** `active` leads to itself: a payment attempt makes the hold longer. */
export const HOLD_STATES: Machine<StockHoldState> = {
  active: ['active', 'consumed', 'released', 'expired'],
  consumed: [],
  released: [],
  expired: [],
};

export type PickListState = 'open' | 'picked' | 'cancelled';

export const PICK_LIST_STATES: Machine<PickListState> = {
  open: ['open', 'picked', 'cancelled'],
  picked: ['cancelled'],
  cancelled: [],
};

/** The states from which one may be reached in a step. */
export function sourcesOf<S extends string>(machine: Machine<S>, target: S): S[] {
  return (Object.keys(machine) as S[]).filter(state => machine[state].includes(target));
}
