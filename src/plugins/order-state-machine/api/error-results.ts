import { ErrorResult } from '@vendure/core';

/** The trigger cannot be fired in the order's status. */
export class InvalidTransitionError extends ErrorResult {
  override readonly __typename = 'InvalidTransitionError';
  override readonly errorCode = 'INVALID_TRANSITION_ERROR';
  override readonly message: string;
  readonly from: string;
  readonly trigger: string;
  readonly allowed: string[];

  constructor({ from, trigger, allowed }: { from: string; trigger: string; allowed: string[] }) {
    super();
    this.from = from;
    this.trigger = trigger;
    this.allowed = [...new Set(allowed)];
    const possible = this.allowed.length === 0 ? 'nothing can be' : `possible: ${this.allowed.join(', ')}`;
    this.message = `${trigger} cannot be fired on an order that is ${from} (${possible}).`;
  }
}

/** The order could move, but something that must hold does not, or somebody holds it back. */
export class ConditionNotMetError extends ErrorResult {
  override readonly __typename = 'ConditionNotMetError';
  override readonly errorCode = 'CONDITION_NOT_MET_ERROR';
  override readonly message: string;
  readonly condition: string;
  readonly reason: string;

  constructor({ condition, reason }: { condition: string; reason: string }) {
    super();
    this.condition = condition;
    this.reason = reason;
    this.message = reason;
  }
}

/** Staff may do this to an effect only in some of its states. */
export class EffectStateError extends ErrorResult {
  override readonly __typename = 'EffectStateError';
  override readonly errorCode = 'EFFECT_STATE_ERROR';
  override readonly message: string;
  readonly state: string;

  constructor({ operation, state }: { operation: string; state: string }) {
    super();
    this.state = state;
    this.message = `An effect that is ${state} cannot be ${operation}.`;
  }
}

export type TransitionRefusal = InvalidTransitionError | ConditionNotMetError;
