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

/** It has not begun: with the order it is cancelled. */
export function canCancel(state: EffectState): boolean {
  return state === 'waiting' || state === 'requested' || state === 'failed';
}

/** It may have happened: with the order it is taken back. */
export function needsCompensation(state: EffectState): boolean {
  return state === 'done' || state === 'unknown';
}
