import { I18nError, Logger, type RequestContext } from '@vendure/core';
import { loggerCtx } from '../constants';
import { isDatabaseError } from '../rules/retry-policy';
import type { RetryNotes } from './retry-notes';

type TransitionStart = (from: never, to: never, data: never) => unknown;

/** What the processes of orders, payments, fulfilments and refunds have in common. */
export interface GuardedProcess {
  onTransitionStart?: TransitionStart;
}

/**
 * Core makes an answer (`transitionError`) of whatever is thrown at the start of a transition. A refusal was written
 * for people. Anything else was not:
 *
 * - after an error of the database nothing of the request can be kept: it is noted, and thrown again or retried where
 *   the request ends;
 * - any other error refuses the transition still (a payment may have been taken: what is known must be kept), but
 *   with a sentence in place of its message, which goes to the log.
 *
 * The processes are changed in place, once all plugins have added theirs.
 */
export function guardTransitions(processes: readonly GuardedProcess[], notes: RetryNotes): void {
  for (const process of processes) {
    const start = process.onTransitionStart;
    if (start === undefined) continue;
    process.onTransitionStart = async (from: string, to: string, data: { ctx: RequestContext }) => {
      try {
        return await (start as (...args: unknown[]) => unknown).call(process, from, to, data);
      } catch (error) {
        if (error instanceof I18nError) throw error;
        if (isDatabaseError(error)) {
          notes.noteFailure(data.ctx, error);
          throw error;
        }
        const { message, stack } = error instanceof Error ? error : new Error(String(error));
        Logger.error(`The transition from ${from} to ${to} failed: ${message}`, loggerCtx, stack);
        throw new Error(data.ctx.translate('error.transition-failed', { from, to }));
      }
    };
  }
}
