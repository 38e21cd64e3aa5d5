import { LIFECYCLE_STATUSES } from '../types';
import type { Lifecycle, StateGraph } from './lifecycle';
import type { LifecycleTransition } from './lifecycle-table';

/** What exists beside the table. */
export interface KnownParts {
  readonly conditions: readonly string[];
  readonly actions: readonly {
    readonly code: string;
    /** Whether it can be taken back, or leaves nothing that would have to be. */
    readonly compensated: boolean;
    readonly after?: readonly string[];
    /** Core's states that a move with this action must lead to: elsewhere it would do nothing. */
    readonly onlyInto?: readonly string[];
  }[];
  /** Core's own process: what it can do, the table must know. */
  readonly coreStates: StateGraph;
  /** Moves of core that this shop forbids, as `from>to`. */
  readonly forbidden: readonly string[];
}

/**
 * What is wrong with a table: a shop does not start with one. Every status must be reachable, every name known, every
 * outside action of an order that can still be cancelled have its compensation, and every move that core can make
 * have a meaning.
 */
export function lifecycleProblems(lifecycle: Lifecycle, known: KnownParts): string[] {
  return [
    ...unknownNames(lifecycle, known),
    ...misplaced(lifecycle, known),
    ...ambiguous(lifecycle.transitions),
    ...unreachable(lifecycle.transitions),
    ...missingCompensations(lifecycle, known),
    ...circularWaits(known),
    ...unknownMoves(lifecycle, known),
  ];
}

function unknownNames({ transitions, coreMoves }: Lifecycle, known: KnownParts): string[] {
  const conditions = new Set(known.conditions);
  const actions = new Set(known.actions.map(({ code }) => code));
  const problems = [...transitions, ...coreMoves].flatMap(row => [
    ...(row.conditions ?? [])
      .filter(code => !conditions.has(code))
      .map(code => `${row.trigger}: no condition is called "${code}"`),
    ...(row.actions ?? [])
      .filter(code => !actions.has(code))
      .map(code => `${row.trigger}: no action is called "${code}"`),
  ]);
  const statuses: readonly string[] = LIFECYCLE_STATUSES;
  for (const { trigger, from, to, moves } of transitions) {
    for (const status of [from, to])
      if (!statuses.includes(status)) problems.push(`${trigger}: no status is called "${status}"`);
    if (!/^[a-z][a-z0-9_]*$/.test(trigger))
      problems.push(`"${trigger}" is no name for a trigger (snake_case)`);
    if (moves.length === 0)
      problems.push(`${trigger} from ${from}: no move of the order's state carries it out`);
  }
  return [...new Set(problems)];
}

/** What the inventory does by itself on entering a state happens there and nowhere else. */
function misplaced({ transitions, coreMoves }: Lifecycle, { actions }: KnownParts): string[] {
  const rows = [...transitions, ...coreMoves.map(row => ({ ...row, moves: [row] }))];
  return actions.flatMap(({ code, onlyInto }) =>
    onlyInto === undefined
      ? []
      : rows
          .filter(row => (row.actions ?? []).includes(code))
          .flatMap(row => row.moves)
          .filter(({ to }) => !onlyInto.includes(to))
          .map(
            ({ from, to }) =>
              `${code} does nothing from ${from} to ${to}: it belongs to ${onlyInto.join(', ')}`,
          ),
  );
}

/** A trigger does one thing to an order, and a move has one meaning. */
function ambiguous(transitions: readonly LifecycleTransition[]): string[] {
  const problems: string[] = [];
  const seen = new Map<string, LifecycleTransition>();
  const once = (key: string, row: LifecycleTransition, what: string) => {
    const other = seen.get(key);
    if (other !== undefined && other !== row) problems.push(`${what} has two meanings`);
    seen.set(key, row);
  };
  for (const row of transitions) {
    once(`trigger ${row.trigger} ${row.from}`, row, `${row.trigger} from ${row.from}`);
    for (const { from, to } of row.moves)
      once(`move ${from} ${to} ${row.from}`, row, `${from} to ${to} of an order that is ${row.from}`);
  }
  return problems;
}

function unreachable(transitions: readonly LifecycleTransition[]): string[] {
  const reached = new Set<string>(['pending']);
  for (let grown = true; grown;) {
    const next = transitions.filter(({ from, to }) => reached.has(from) && !reached.has(to));
    for (const { to } of next) reached.add(to);
    grown = next.length > 0;
  }
  return LIFECYCLE_STATUSES.filter(status => !reached.has(status)).map(
    status => `nothing leads to ${status}`,
  );
}

/** Statuses from which an order can still be cancelled, now or later. */
function missingCompensations({ transitions }: Lifecycle, known: KnownParts): string[] {
  const cancellable = new Set(transitions.filter(row => row.to === 'cancelled').map(row => row.from));
  const uncompensated = new Set(known.actions.filter(action => !action.compensated).map(({ code }) => code));
  const missing = transitions
    .filter(row => cancellable.has(row.to))
    .flatMap(row => (row.actions ?? []).filter(code => uncompensated.has(code)))
    .map(code => `${code} has no compensation, but an order can be cancelled after it`);
  return [...new Set(missing)];
}

function circularWaits({ actions }: KnownParts): string[] {
  const after = new Map(actions.map(action => [action.code, action.after ?? []]));
  const waitsFor = (code: string, path: readonly string[]): boolean =>
    path.includes(code) || (after.get(code) ?? []).some(next => waitsFor(next, [...path, code]));
  return [
    ...actions
      .filter(({ code }) => waitsFor(code, []))
      .map(({ code }) => `${code} waits for itself, through what it runs after`),
    ...actions.flatMap(({ code, after: names = [] }) =>
      names.filter(name => !after.has(name)).map(name => `${code} runs after "${name}", which is no action`),
    ),
  ];
}

function unknownMoves(lifecycle: Lifecycle, { coreStates, forbidden }: KnownParts): string[] {
  return Object.entries(coreStates).flatMap(([from, { to: targets }]) =>
    targets
      .filter(to => !forbidden.includes(`${from}>${to}`))
      .filter(to => lifecycle.meaningOf(from, to, 'pending') === undefined)
      .map(to => `the platform can move an order from ${from} to ${to}, which the table does not know`),
  );
}
