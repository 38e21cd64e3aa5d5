import { ErrorResult } from '@vendure/core';

/** The messages are keys of `translations`; the API's interceptor puts the text in their place. */

/** The trigger cannot be fired in the order's status. */
export class InvalidTransitionError extends ErrorResult {
  override readonly __typename = 'InvalidTransitionError';
  override readonly errorCode = 'INVALID_TRANSITION_ERROR';
  override readonly message = 'INVALID_TRANSITION_ERROR';
  readonly from: string;
  readonly trigger: string;
  readonly allowed: string[];
  /** For the message. */
  readonly possible: string;

  constructor({ from, trigger, allowed }: { from: string; trigger: string; allowed: string[] }) {
    super();
    this.from = from;
    this.trigger = trigger;
    this.allowed = [...new Set(allowed)];
    this.possible = this.allowed.length === 0 ? '-' : this.allowed.join(', ');
  }
}

/** The order could move, but something that must hold does not, or somebody holds it back. */
export class ConditionNotMetError extends ErrorResult {
  override readonly __typename = 'ConditionNotMetError';
  override readonly errorCode = 'CONDITION_NOT_MET_ERROR';
  override readonly message = 'CONDITION_NOT_MET_ERROR';
  readonly condition: string;
  readonly reason: string;

  constructor({ condition, reason }: { condition: string; reason: string }) {
    super();
    this.condition = condition;
    this.reason = reason;
  }
}

/** Staff may do this to an effect only in some of its states. */
export class EffectStateError extends ErrorResult {
  override readonly __typename = 'EffectStateError';
  override readonly errorCode = 'EFFECT_STATE_ERROR';
  override readonly message = 'EFFECT_STATE_ERROR';
  readonly operation: 'retry' | 'skip';
  readonly state: string;

  constructor({ operation, state }: { operation: 'retry' | 'skip'; state: string }) {
    super();
    this.operation = operation;
    this.state = state;
  }
}

export type TransitionRefusal = InvalidTransitionError | ConditionNotMetError;

/** What an error result of core's says, as a condition that is not met: its own reason where it gives one. */
export function refusedByCore(condition: string, result: unknown): ConditionNotMetError {
  const error = result as { message: string; transitionError?: string; fulfillmentHandlerError?: string };
  const reason = error.transitionError ?? error.fulfillmentHandlerError ?? error.message;
  return new ConditionNotMetError({ condition, reason });
}
