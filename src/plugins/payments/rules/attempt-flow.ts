import type { ProviderFailure } from '../types';
import {
  blocksOthers,
  hasNotArrived,
  isUndecided,
  mergeStatus,
  movedMoney,
  NEVER_ARRIVED,
  type AttemptKind,
  type AttemptStatus,
  type Disposition,
} from './attempt-status';

/*
 * What happens next with an attempt. Pure, and used by the services and by the model of them all
 * (`attempt-flow.model.spec.ts`), which tries every order in which things can happen.
 */

type Failure = Pick<ProviderFailure, 'kind' | 'code'> | null;

/** What the ledger knows of an attempt. */
export interface KnownAttempt {
  readonly kind: AttemptKind;
  readonly status: AttemptStatus;
  readonly disposition: Disposition;
  readonly failureCode: string | null;
  readonly toCapture: boolean;
  readonly refundPending: boolean;
  /** How often it was looked at since its status changed. */
  readonly looks: number;
}

/**
 * What one more report makes of an attempt.
 *
 * @returns nothing where it says no more than was known
 */
export function afterReport(
  known: Pick<KnownAttempt, 'status'>,
  report: { readonly status: AttemptStatus; readonly failure?: Failure | undefined },
): { status: AttemptStatus; failureCode: string | null; looks: number } | undefined {
  const status = mergeStatus(known.status, report.status);
  if (status === known.status) return undefined;
  return { status, failureCode: report.failure?.code.slice(0, 100) ?? null, looks: 0 };
}

/**
 * Whether money that is found belongs to nobody: the attempt was over, and another one of its order has begun since.
 *
 * @param other whether another authorization of the order keeps others away
 */
export function comesTooLate(before: KnownAttempt, after: KnownAttempt, other: boolean): boolean {
  const wasOver = !blocksOthers(before.status, before.disposition);
  return other && wasOver && after.kind === 'authorize' && blocksOthers(after.status, after.disposition);
}

/** Whether another provider may be asked for the money: only where it is proven that the first never acted. */
export function mayAskAnother({ status }: Pick<KnownAttempt, 'status'>, failure: Failure): boolean {
  return status === 'failed' && failure?.kind === 'unavailable';
}

/** Whether an order still wants what one provider could not be asked for: it may have been paid, or changed, meanwhile. */
export function isStillDue(
  amount: number,
  order: { readonly total: number; readonly covered: number },
): boolean {
  return order.total - order.covered === amount;
}

/**
 * Whether an answer says nothing of an operation: that the provider is out of reach now does not say that it was so
 * before.
 *
 * @param again whether it may have been asked before
 */
export function saysNothing(failure: Failure, again: boolean): boolean {
  return again && failure?.kind === 'unavailable';
}

/** What it means that a provider knows of no such payment: none has arrived yet. */
export const NOT_THERE = {
  status: 'failed',
  failure: {
    kind: 'unavailable',
    code: NEVER_ARRIVED,
    message: 'The provider knows of no such payment.',
  },
} as const;

/**
 * How often an attempt was looked at in its status, after one more look.
 *
 * @param before as the look has found it
 * @param now as it is at the look's end
 * @param heard whether its provider has said anything
 */
export function looksAfter(
  before: Pick<KnownAttempt, 'status'>,
  now: Pick<KnownAttempt, 'status' | 'failureCode' | 'looks'>,
  heard: boolean,
): number {
  if (before.status !== now.status) return now.looks;
  // It is given up after so many answers: silence is none.
  return hasNotArrived(now) && !heard ? now.looks : now.looks + 1;
}

/** What is to be done with what is known of an attempt. */
export type NextStep = 'nothing' | 'complete' | 'apply' | 'capture' | 'end-refund';

/** @param attempt `answered` once there is something to tell core of */
export function nextStep(attempt: KnownAttempt & { readonly answered: boolean }): NextStep {
  const { kind, status, disposition, answered, toCapture, refundPending } = attempt;
  if (disposition === 'none' && answered) return kind === 'authorize' ? 'complete' : 'apply';
  if (toCapture) return 'capture';
  return refundPending && !isUndecided(status) ? 'end-refund' : 'nothing';
}

/** How stranded money goes back: what is reserved is voided, what was taken refunded. */
export function wayBack({
  kind,
  status,
  disposition,
}: Pick<KnownAttempt, 'kind' | 'status' | 'disposition'>): 'void' | 'refund' | undefined {
  if (kind !== 'authorize' || disposition !== 'stranded' || !movedMoney(status)) return undefined;
  return status === 'authorized' ? 'void' : 'refund';
}

/** Whether an authorization can be taken back for another one: its shopper has not confirmed it yet. */
export function mayBeAbandoned({
  status,
  disposition,
}: Pick<KnownAttempt, 'status' | 'disposition'>): boolean {
  return disposition === 'none' && isUndecided(status);
}

/**
 * Whether core is told of an attempt's outcome now.
 *
 * @param beingTakenBack whether somebody asks its provider to void it: what comes of that has to be known first
 */
export function mayBeTold(
  { disposition, answered }: Pick<KnownAttempt, 'disposition'> & { readonly answered: boolean },
  beingTakenBack: boolean,
): boolean {
  return disposition === 'none' && answered && !beingTakenBack;
}
