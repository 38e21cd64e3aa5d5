/**
 * `waiting` for its time or for other effects, `requested` as a job, `running`; then `done`, `not_needed`, `failed`
 * (all attempts used, or refused for good), `unknown` (cut off where nobody can tell whether it happened), `skipped` by
 * staff, or `cancelled` with the order before it ran.
 */
export const EFFECT_STATES = [
  'waiting',
  'requested',
  'running',
  'done',
  'not_needed',
  'failed',
  'unknown',
  'skipped',
  'cancelled',
] as const;

export type EffectState = (typeof EFFECT_STATES)[number];

/** Nothing more happens by itself. */
export const ENDED: readonly EffectState[] = [
  'done',
  'not_needed',
  'failed',
  'unknown',
  'skipped',
  'cancelled',
];

/** What waits for others may go on after these. */
export function hasEnded(state: EffectState): boolean {
  return ENDED.includes(state);
}

/** What a job that comes to run an effect does. */
export type RunDecision =
  | 'run'
  /** It is over: nothing. */
  | 'over'
  /** A run was cut off, and a second one might do it twice. */
  | 'give-up';

/** @param repeatable whether a run that was cut off may simply be repeated */
export function decideRun(state: EffectState, repeatable: boolean): RunDecision {
  if (state === 'running') return repeatable ? 'run' : 'give-up';
  // A dead letter that staff sent on its way again comes here as failed.
  return state === 'requested' || state === 'failed' ? 'run' : 'over';
}

/** Staff may have it tried again. */
export function canRetry(state: EffectState): boolean {
  return state === 'failed' || state === 'unknown';
}

/** Staff may say that it is not needed, or was done by hand. */
export function canSkip(state: EffectState): boolean {
  return state === 'failed' || state === 'unknown' || state === 'waiting';
}

/** It has not ended: with the order it is cancelled. */
export function canCancel(state: EffectState): boolean {
  return state === 'waiting' || state === 'requested' || state === 'failed';
}

/**
 * It may have taken effect: with the order it is taken back. Also after an attempt that failed, where a repeated call is
 * harmless: it may have reached the other side all the same, which a lost answer does not tell. The others (mails) tell
 * a failure from an unknown outcome.
 *
 * @param attempts how often it was begun
 */
export function mayHaveHappened(state: EffectState, attempts: number, repeatable: boolean): boolean {
  if (state === 'done' || state === 'unknown') return true;
  if (!repeatable) return false;
  // The last attempt found that there is nothing to do; those before it ended without a word.
  if (state === 'not_needed') return attempts > 1;
  return attempts > 0 && (state === 'requested' || state === 'failed');
}
