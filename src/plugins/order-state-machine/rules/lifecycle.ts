import type { LifecycleStatus } from '../types';
import type { CoreMove, Follow, LifecycleTransition } from './lifecycle-table';

/** What a move of core's state means for the order. */
export interface MoveMeaning {
  readonly trigger: string;
  readonly status: Follow;
  readonly conditions: readonly string[];
  readonly actions: readonly string[];
}

/** The states of core's process, as each allows the next ones. */
export type StateGraph = Readonly<Record<string, { readonly to: readonly string[] }>>;

/** The table, ready to be asked. Checked by `lifecycleProblems` before it is used. */
export class Lifecycle {
  constructor(
    readonly transitions: readonly LifecycleTransition[],
    readonly coreMoves: readonly CoreMove[],
  ) {}

  /** All triggers that people may fire, in the order of the table. */
  get triggers(): string[] {
    return [...new Set(this.transitions.filter(row => row.automatic !== true).map(row => row.trigger))];
  }

  /** What a trigger does to an order of this status and state; undefined when it may not be fired now. */
  find(trigger: string, status: LifecycleStatus, state: string): LifecycleTransition | undefined {
    return this.transitions.find(
      row =>
        row.trigger === trigger &&
        row.from === status &&
        row.automatic !== true &&
        row.moves.some(({ from }) => from === state),
    );
  }

  /** What may be fired now. */
  possible(status: LifecycleStatus, state: string): LifecycleTransition[] {
    return this.transitions.filter(row => this.find(row.trigger, status, state) === row);
  }

  /** What a move of the order's state means; undefined for one that the table does not know, which is refused. */
  meaningOf(from: string, to: string, status: LifecycleStatus): MoveMeaning | undefined {
    const makes = (row: LifecycleTransition) =>
      row.moves.some(candidate => candidate.from === from && candidate.to === to);
    const row = this.transitions.find(candidate => candidate.from === status && makes(candidate));
    if (row !== undefined) return meaning(row.trigger, row.to, row);
    const core = this.coreMoves.find(candidate => candidate.from === from && candidate.to === to);
    if (core !== undefined) return meaning(core.trigger, core.status, core);
    // An order whose status was never recorded, or recorded by an older table: the move itself tells.
    const other = this.transitions.find(makes);
    return other === undefined ? undefined : meaning(other.trigger, other.to, other);
  }

  /** The actions of a trigger that leads to a status: also when core led there by another move. */
  actionsOf(trigger: string, to: LifecycleStatus): readonly string[] {
    return this.transitions.find(row => row.trigger === trigger && row.to === to)?.actions ?? [];
  }

  /** Core's states with the next ones, of all moves that change the state. */
  stateGraph(): Record<string, { to: string[] }> {
    const graph: Record<string, { to: string[] }> = {};
    const moves = [...this.transitions.flatMap(row => row.moves), ...this.coreMoves];
    for (const { from, to } of moves) {
      if (from === to) continue;
      const next = (graph[from] ??= { to: [] });
      if (!next.to.includes(to)) next.to.push(to);
      graph[to] ??= { to: [] };
    }
    return graph;
  }
}

function meaning(
  trigger: string,
  status: Follow,
  { conditions = [], actions = [] }: Pick<LifecycleTransition, 'conditions' | 'actions'>,
): MoveMeaning {
  return { trigger, status, conditions, actions };
}
