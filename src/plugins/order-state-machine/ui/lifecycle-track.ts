import type { Status, Step } from './timeline.query';

/** The way of an order that is sent. */
export const MAIN_WAY: readonly Status[] = [
  'pending',
  'payment_pending',
  'payment_confirmed',
  'processing',
  'ready_to_ship',
  'shipped',
  'delivered',
];

/** Where an order leaves it. */
export const EXITS: readonly Status[] = ['cancelled', 'returned', 'refunded'];

/**
 * `done`: the order was there on its way; `passed`: it went on without having been there; `here`: it is there now;
 * `ahead`: not reached.
 */
export type Place = 'done' | 'passed' | 'here' | 'ahead';

export interface Station {
  status: Status;
  place: Place;
  /** When the order came there last; nothing if never. */
  at: string | undefined;
}

/** The life cycle as it is for one order. An order that went back to an earlier status has the later ones ahead again. */
export function lifecycleTrack(
  current: Status,
  history: readonly Step[],
): { main: Station[]; exits: Station[] } {
  const furthest = MAIN_WAY.includes(current)
    ? MAIN_WAY.indexOf(current)
    : lastOnMainWay(history.map(({ status }) => status));
  const station = (status: Status, behind: boolean): Station => {
    const at = arrival(status, history);
    if (status === current) return { status, place: 'here', at };
    if (!behind) return { status, place: 'ahead', at: undefined };
    return { status, place: at === undefined ? 'passed' : 'done', at };
  };
  return {
    main: MAIN_WAY.map((status, index) => station(status, index <= furthest)),
    exits: EXITS.map(status => station(status, arrival(status, history) !== undefined)),
  };
}

function lastOnMainWay(statuses: readonly Status[]): number {
  const last = [...statuses].reverse().find(status => MAIN_WAY.includes(status));
  return last === undefined ? 0 : MAIN_WAY.indexOf(last);
}

/** The start of the last stay at a status: steps that do not change the status are no arrivals. */
function arrival(status: Status, history: readonly Step[]): string | undefined {
  for (let index = history.length - 1; index >= 0; index--) {
    if (history[index]?.status === status && history[index - 1]?.status !== status) {
      return history[index]?.timestamp;
    }
  }
  return undefined;
}
