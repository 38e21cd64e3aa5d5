import type { DeliveryState, ResolvedHandler } from '../types';

export type DeliveryAction = 'retry' | 'discard';

export interface Refusal {
  code: 'NOT_FOUND' | 'NOT_DEAD' | 'RUNNING' | 'FINISHED';
  message: string;
}

const FINISHED: ReadonlySet<DeliveryState> = new Set(['done', 'discarded']);

/** Why staff cannot do this to a delivery in this state (undefined: it does not exist); nothing when they can. */
export function refusal(action: DeliveryAction, state: DeliveryState | undefined): Refusal | undefined {
  if (state === undefined) return { code: 'NOT_FOUND', message: 'There is no such delivery.' };
  if (action === 'retry') {
    return state === 'dead'
      ? undefined
      : { code: 'NOT_DEAD', message: `Only a dead letter can be retried; this delivery is ${state}.` };
  }
  if (FINISHED.has(state))
    return { code: 'FINISHED', message: `Nothing is left to discard: this delivery is ${state}.` };
  if (state === 'running')
    return { code: 'RUNNING', message: 'Its handler runs at this moment. Try again when it has ended.' };
  return undefined;
}

/** What a retry of a delivery would do, in words. */
export function explainRun(
  state: DeliveryState,
  handler: Pick<ResolvedHandler, 'kind'> | undefined,
): { wouldRun: boolean; explanation: string } {
  if (handler === undefined)
    return { wouldRun: false, explanation: 'This release does not have its handler.' };
  const how =
    handler.kind === 'effect'
      ? 'as a job, with the same idempotency key as before'
      : 'in a transaction of its own';
  switch (state) {
    case 'dead':
      return { wouldRun: true, explanation: `A retry runs it ${how}.` };
    case 'ready':
      return { wouldRun: true, explanation: `It runs by itself at its time, ${how}.` };
    case 'waiting':
      return {
        wouldRun: true,
        explanation: `It runs by itself after the earlier events of its aggregate, ${how}.`,
      };
    case 'queued':
    case 'running':
      return { wouldRun: false, explanation: 'It is being run already.' };
    case 'done':
      return { wouldRun: false, explanation: 'It is done. A replay would run it again.' };
    case 'discarded':
      return { wouldRun: false, explanation: 'It was discarded. A replay would run it.' };
  }
}
