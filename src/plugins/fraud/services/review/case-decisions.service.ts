import { Injectable } from '@nestjs/common';
import { isGraphQlErrorResult, Logger, type ErrorResult, type ID, type RequestContext } from '@vendure/core';
import { ChannelContextService } from '../../../domain-events';
import { RetryNotes } from '../../../inventory';
import { PatientTransaction, PaymentOperationsService, refuseCardData } from '../../../payments';
import {
  FraudCaseDecisionFailedError,
  FraudCaseEndedError,
  FraudCaseNotFoundError,
  FraudCaseTakenError,
} from '../../api/review-errors';
import { loggerCtx } from '../../constants';
import type { FraudCase } from '../../entities/fraud-case.entity';
import {
  isInBetween,
  isTaken,
  nextTryMs,
  stepsToApprove,
  stepsToReject,
  type CaseVerdict,
  type MoneyStep,
} from '../../rules/review';
import { CANCELLED, CaseEndings } from './case-endings';
import { CaseStore } from './case-store';
import { DECIDING_LEASE_MS } from './constants';
import { PaidOrders } from './paid-orders';
import { Clock } from '../clock';

export interface CaseDecision {
  readonly id: ID;
  readonly verdict: CaseVerdict;
  readonly reason: string | null;
}

/** Why a decision is not carried out yet: `again` where the shop goes on by itself. */
interface Obstacle {
  readonly problem: string;
  readonly again: boolean;
}

/**
 * What staff decide about cases, in three phases as payments are made: the decision is written down in a transaction of
 * its own; the provider is asked, with nothing open; and in a last transaction the order is cancelled where it has to be
 * and the case ends. Whoever dies in between, a worker goes on from what is written: each step finds out by itself
 * whether it is done.
 */
@Injectable()
export class CaseDecisions {
  constructor(
    private readonly store: CaseStore,
    private readonly shop: PaidOrders,
    private readonly endings: CaseEndings,
    private readonly operations: PaymentOperationsService,
    private readonly transactions: PatientTransaction,
    private readonly contexts: ChannelContextService,
    private readonly notes: RetryNotes,
    private readonly clock: Clock,
  ) {}

  async decide(ctx: RequestContext, decision: CaseDecision): Promise<FraudCase | ErrorResult> {
    const refused = refuseCardData({ reason: decision.reason }, 'input');
    if (refused !== undefined) return refused;
    const begun = await this.transactions.run(ctx, tx => this.begin(tx, decision));
    if (isGraphQlErrorResult(begun)) return begun;
    if (begun.status === 'deciding') {
      // From here on a provider may know of it: the request is not run again as a whole.
      this.notes.callsOutside(ctx);
      const obstacle = await this.carryOut(ctx, begun);
      if (obstacle !== undefined) return this.failed(ctx, begun.id, obstacle);
    }
    return (await this.store.find(ctx, begun.id)) ?? new FraudCaseNotFoundError();
  }

  /** Each by itself, one after the other: they may be of the same order. */
  async decideAll(
    ctx: RequestContext,
    ids: readonly ID[],
    verdict: CaseVerdict,
    reason: string,
  ): Promise<{ id: ID; result: FraudCase | ErrorResult }[]> {
    const results: { id: ID; result: FraudCase | ErrorResult }[] = [];
    for (const id of ids) results.push({ id, result: await this.decide(ctx, { id, verdict, reason }) });
    return results;
  }

  /** Goes on with a decision that nobody is at work on. */
  async goOn(one: FraudCase): Promise<void> {
    const ctx = await this.contexts.of(one.channelId);
    const obstacle = await this.carryOut(ctx, one);
    if (obstacle !== undefined) await this.failed(ctx, one.id, obstacle);
  }

  private async begin(
    ctx: RequestContext,
    { id, verdict, reason }: CaseDecision,
  ): Promise<FraudCase | ErrorResult> {
    const one = await this.store.lockedInScope(ctx, id);
    if (one === null) return new FraudCaseNotFoundError();
    const { activeUserId: userId = null } = ctx;
    const again = one.verdict === verdict && String(one.decidedById) === String(userId);
    if (one.status === 'deciding') {
      // Nobody is at work on one that has failed: it is tried again now.
      const waits = one.problem !== null && one.verdict === verdict;
      if (!waits) return new FraudCaseEndedError(one.status, one.verdict);
    } else if (one.status !== 'open') {
      return again ? one : new FraudCaseEndedError(one.status, one.verdict);
    } else if (isTaken(one, userId, this.clock.date()) && one.assigneeId !== null) {
      return new FraudCaseTakenError(one.assigneeId, one.assignedUntil as Date);
    } else {
      Object.assign(one, { status: 'deciding', verdict, reason, decidedById: userId, tries: 0 });
      one.decidedAt = this.clock.date();
      this.store.assign(one, userId);
      await this.store.log(ctx, id, 'deciding', reason === null ? verdict : `${verdict}: ${reason}`);
    }
    one.problem = null;
    one.problemAt = null;
    one.lookAt = this.clock.date(DECIDING_LEASE_MS);
    await this.store.save(ctx, one);
    return one;
  }

  private async carryOut(ctx: RequestContext, one: FraudCase): Promise<Obstacle | undefined> {
    try {
      const moved =
        one.verdict === 'approve' ? await this.approve(ctx, one) : await this.giveBack(ctx, one.orderId);
      return moved ?? (await this.transactions.run(ctx, tx => this.endings.end(tx, one)));
    } catch (error) {
      const { message } = error as Error;
      Logger.error(`The decision about fraud case ${one.id} was cut off: ${message}`, loggerCtx);
      return { problem: message, again: true };
    }
  }

  private async approve(
    ctx: RequestContext,
    { attemptId, orderId }: FraudCase,
  ): Promise<Obstacle | undefined> {
    const attempt = await this.shop.attempt(ctx, attemptId);
    const payments = await this.shop.payments(ctx, orderId);
    const steps = stepsToApprove(payments.find(({ id }) => String(id) === String(attempt?.paymentId)));
    if (steps === undefined) return { problem: 'The payment is not reserved any more.', again: false };
    return this.move(ctx, steps);
  }

  private async giveBack(ctx: RequestContext, orderId: ID): Promise<Obstacle | undefined> {
    return this.move(ctx, stepsToReject(await this.shop.payments(ctx, orderId)));
  }

  /** Has the providers do it; what they are busy with already is waited for. */
  private async move(ctx: RequestContext, steps: readonly MoneyStep[]): Promise<Obstacle | undefined> {
    for (const step of steps) {
      const result = await this.ask(ctx, step);
      if (isGraphQlErrorResult(result))
        return { problem: textOf(result), again: isInBetween(result.errorCode) };
      if (result.state !== wantedState(step) && result.state !== 'Pending') {
        return { problem: `The payment's ${step.kind} ended as ${result.state}.`, again: false };
      }
    }
    return undefined;
  }

  private ask(ctx: RequestContext, step: MoneyStep): Promise<{ state: string } | ErrorResult> {
    const { paymentId } = step;
    switch (step.kind) {
      case 'capture':
        return this.operations.capture(ctx, paymentId);
      case 'void':
        return this.operations.void(ctx, paymentId);
      case 'refund': {
        const whole = { lines: [], shipping: 0, adjustment: 0 };
        return this.operations.refund(ctx, { ...whole, paymentId, amount: step.amount, reason: CANCELLED });
      }
    }
  }

  /** Keeps why it failed. Where the shop cannot go on by itself, the case is open again. */
  private async failed(ctx: RequestContext, id: ID, { problem, again }: Obstacle): Promise<ErrorResult> {
    return this.transactions.run(ctx, async tx => {
      const one = await this.store.locked(tx, id);
      if (one.status !== 'deciding') return new FraudCaseEndedError(one.status, one.verdict);
      const news = one.problem !== problem || !again;
      one.problem = problem.slice(0, 500);
      one.problemAt = this.clock.date();
      one.tries += 1;
      one.status = again ? 'deciding' : 'open';
      one.lookAt = this.clock.date(nextTryMs(one.tries));
      await this.store.save(tx, one);
      // A provider that stays away for hours is one entry.
      if (news && one.tries <= 1) await this.store.log(tx, id, 'failed', problem);
      return new FraudCaseDecisionFailedError(one.problem, one.status);
    });
  }
}

function wantedState({ kind }: MoneyStep): string {
  return kind === 'void' ? 'Cancelled' : 'Settled';
}

/** Errors whose message is only a code. */
const TEXTS: Readonly<Record<string, string>> = {
  PAYMENT_IN_PROGRESS_ERROR: 'The payment is being changed at this moment.',
  PAYMENT_OUTCOME_UNKNOWN_ERROR: 'The provider did not answer; it is asked again what became of the payment.',
  PAYMENT_RETURNED_ERROR: 'The money moved and could not be used for the order: it is given back.',
};

/** What the provider or core says. */
function textOf(error: ErrorResult): string {
  const { paymentErrorMessage, transitionError } = error as {
    paymentErrorMessage?: string;
    transitionError?: string;
  };
  return paymentErrorMessage || transitionError || TEXTS[error.errorCode] || error.message;
}
