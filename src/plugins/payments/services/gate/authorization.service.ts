import { Injectable } from '@nestjs/common';
import { isGraphQlErrorResult, type RequestContext } from '@vendure/core';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { AttemptLedgerService } from '../ledger/attempt-ledger.service';
import { OutcomeService, type Applied } from './outcome.service';
import { PaymentOperationsService } from './payment-operations.service';
import { RiskService } from './risk.service';

/** Why stranded money was not wanted; the words of the architecture. */
export const FLAGGED = 'Transaction flagged for potential fraud';

/**
 * What follows an authorization: the risk is looked at again, the order takes the payment, and the money is captured.
 * Every step is in the ledger, so whoever comes next goes on from there.
 */
@Injectable()
export class AuthorizationService {
  constructor(
    private readonly ledger: AttemptLedgerService,
    private readonly outcomes: OutcomeService,
    private readonly operations: PaymentOperationsService,
    private readonly risk: RiskService,
  ) {}

  /** @param also what else belongs into the transaction in which the order takes the payment */
  async complete<T>(
    ctx: RequestContext,
    authorized: PaymentAttempt,
    also?: (tx: RequestContext, result: T) => Promise<void>,
  ): Promise<Applied<T> | { readonly blocked: true }> {
    let attempt = authorized;
    if (attempt.status === 'authorized' && attempt.risk === null && this.risk.looksTwice) {
      attempt = await this.ledger.assessed(ctx, attempt, await this.risk.after(ctx, attempt));
    }
    if (attempt.risk === 'block') {
      await this.ledger.stranded(ctx, attempt, FLAGGED);
      return { blocked: true };
    }
    const applied = await this.outcomes.apply(ctx, attempt, also);
    const taken = 'result' in applied && !isGraphQlErrorResult(applied.result);
    if (taken && attempt.toCapture) await this.capture(ctx, attempt);
    return applied;
  }

  /** Takes the money of an authorization that was approved. What goes wrong is tried again later. */
  async capture(ctx: RequestContext, { id }: PaymentAttempt): Promise<void> {
    const attempt = await this.ledger.find(ctx, id);
    if (attempt?.toCapture !== true || attempt.disposition !== 'applied' || attempt.paymentId === null)
      return;
    const result = await this.operations.capture(ctx, attempt.paymentId);
    // A refusal stays: the payment is reserved, and staff see why.
    const open = isGraphQlErrorResult(result) && IN_BETWEEN.includes(result.errorCode);
    if (!open) await this.ledger.captured(ctx, attempt);
  }
}

const IN_BETWEEN = ['PAYMENT_IN_PROGRESS_ERROR', 'PAYMENT_OUTCOME_UNKNOWN_ERROR'];
