import { AsyncLocalStorage } from 'node:async_hooks';
import type { Order, Payment, PaymentMethod, PaymentMethodHandler, RequestContext } from '@vendure/core';
import type { HandlerAnswer } from '../../entities/payment-attempt.entity';
import type { AttemptKind } from '../../rules/attempt-status';
import { pluginProviderOf } from '../../rules/plugin-handlers';
import { ROUTED_HANDLER_CODE } from '../../strategies/routed-payment.handler';

/** A call that core was about to make of a payment method handler. */
export interface HandlerCall {
  readonly kind: AttemptKind;
  readonly handler: PaymentMethodHandler;
  readonly method: PaymentMethod;
  readonly order: Order;
  /** None yet for an authorization. */
  readonly payment: Payment | null;
  /** In minor units. */
  readonly amount: number;
  /** What the storefront sent with an authorization. */
  readonly metadata: Readonly<Record<string, unknown>>;
  /** Makes the call, with any context. */
  invoke(ctx: RequestContext): Promise<unknown>;
}

/** The provider that a call goes to: of a routed payment, the one that authorized it. */
export function providerOf({ handler, payment }: Pick<HandlerCall, 'handler' | 'payment'>): string {
  const provider: unknown = payment?.metadata?.provider;
  if (handler.code === ROUTED_HANDLER_CODE && typeof provider === 'string') return provider;
  return pluginProviderOf(handler.code) ?? handler.code;
}

/** Ends core's work at the point where it would call the provider; nothing of that work has been written by then. */
export class CallReached extends Error {
  constructor(readonly call: HandlerCall) {
    super('The payment method handler was reached.');
  }
}

/** The order, or what is to be paid of it, is not what the provider was asked for. */
export class OrderChangedError extends Error {
  constructor(asked: number, wanted: number) {
    super(`The payment is of ${asked}, but ${wanted} are to be paid now.`);
  }
}

type Pass =
  | { readonly mode: 'plan' }
  | {
      readonly mode: 'replay';
      readonly kind: AttemptKind;
      readonly amount: number;
      readonly answer: HandlerAnswer;
    };

const passes = new AsyncLocalStorage<Pass>();

/**
 * Runs one of core's payment services up to the call of the handler: with all of core's own checks, and without the
 * call.
 *
 * @returns the call that it came to, or what the service answered before
 */
export async function planCall<T>(work: () => Promise<T>): Promise<{ call: HandlerCall } | { refused: T }> {
  try {
    return { refused: await passes.run({ mode: 'plan' }, work) };
  } catch (error) {
    if (error instanceof CallReached) return { call: error.call };
    throw error;
  }
}

/** Runs one of core's payment services with a handler that only repeats what the provider has answered before. */
export function replay<T>(
  outcome: { kind: AttemptKind; amount: number; answer: HandlerAnswer },
  work: () => Promise<T>,
): Promise<T> {
  return passes.run({ mode: 'replay', ...outcome }, work);
}

/** What a handler that is behind the gate does when core calls it. */
export async function throughGate(
  call: HandlerCall,
  direct: (call: HandlerCall) => Promise<unknown>,
): Promise<unknown> {
  const pass = passes.getStore();
  if (pass === undefined) return direct(call);
  if (pass.mode === 'plan') throw new CallReached(call);
  if (pass.kind !== call.kind) throw new Error(`A ${pass.kind} cannot answer a ${call.kind}.`);
  // Of what is reserved, less may be taken.
  const fits = pass.kind === 'capture' ? pass.amount <= call.amount : pass.amount === call.amount;
  if (!fits) throw new OrderChangedError(pass.amount, call.amount);
  return pass.answer;
}
