import { Injectable } from '@nestjs/common';
import { ErrorResult, TransactionalConnection, type RequestContext } from '@vendure/core';
import type { RefundOrderInput } from '@vendure/common/lib/generated-types';
import type { HandlerAnswer, PaymentAttempt } from '../../entities/payment-attempt.entity';
import type { Correction } from '../../rules/reconcile';
import { alike, AttemptLedgerService, type NewAttempt } from '../ledger/attempt-ledger.service';
import { OutcomeService } from '../gate/outcome.service';
import type { BookedPayment } from './reconciliation-books';

/** Why the shop cannot take over what the provider says. */
export interface CorrectionRefused {
  readonly problem: string;
}

/**
 * Writes down what a provider has done without the shop, as if the shop had asked for it: a row of the ledger, and what
 * core makes of it. No provider is called.
 */
@Injectable()
export class DifferenceCorrections {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly ledger: AttemptLedgerService,
    private readonly outcomes: OutcomeService,
  ) {}

  /** @param staff who decides; @param ctx of the order's channel */
  async carryOut(
    staff: RequestContext,
    ctx: RequestContext,
    booked: BookedPayment,
    correction: Correction,
    reason: string,
  ): Promise<CorrectionRefused | undefined> {
    const { authorization, payment } = booked;
    const { provider, transactionId } = authorization;
    switch (correction.record) {
      case 'capture': {
        const { amount } = correction;
        const about = { kind: 'capture' as const, paymentId: authorization.paymentId, amount, request: {} };
        const captured = await this.write(
          staff,
          authorization,
          about,
          transactionId,
          { success: true },
          reason,
        );
        return this.tell(ctx, captured);
      }
      case 'refund': {
        const { amount, refundId } = correction;
        const settled = { state: 'Settled', transactionId: refundId ?? undefined, metadata: { provider } };
        // Money that no order has is given back without core.
        if (payment === null || authorization.disposition !== 'applied') {
          return this.returned(staff, booked, amount, refundId, reason);
        }
        const request: RefundOrderInput = {
          paymentId: payment.id,
          amount,
          lines: [],
          shipping: 0,
          adjustment: 0,
          reason,
        };
        const about = { kind: 'refund' as const, paymentId: payment.id, amount, request: { ...request } };
        return this.tell(ctx, await this.write(staff, authorization, about, refundId, settled, reason));
      }
      case 'void':
      case 'void_all': {
        if (payment === null) return { problem: 'The order has no such payment.' };
        const about = { kind: 'void' as const, paymentId: payment.id, amount: payment.amount };
        const voided = await this.write(
          staff,
          authorization,
          about,
          transactionId,
          { success: true },
          reason,
        );
        const refused = await this.tell(ctx, voided);
        if (refused !== undefined || correction.record === 'void') return refused;
        for (const taking of booked.takings) await this.ledger.neverMoved(staff, taking, reason);
        return undefined;
      }
    }
  }

  /** A capture that the provider made, and that no order can take: only the ledger has it. */
  async capturedOutside(
    staff: RequestContext,
    authorization: PaymentAttempt,
    amount: number,
    reason: string,
  ): Promise<void> {
    const { id, paymentId, transactionId } = authorization;
    const about = { kind: 'capture' as const, paymentId, undoesId: paymentId === null ? id : null, amount };
    await this.connection.withTransaction(staff, async tx => {
      const capture = await this.write(tx, authorization, about, transactionId, { success: true }, reason);
      await this.ledger.applied(tx, await this.ledger.locked(tx, capture.id), {});
    });
  }

  private async returned(
    staff: RequestContext,
    { authorization }: BookedPayment,
    amount: number,
    refundId: string | null,
    reason: string,
  ): Promise<undefined> {
    const answer = { state: 'Settled', transactionId: refundId ?? undefined };
    const about = { kind: 'refund' as const, undoesId: authorization.id, amount };
    await this.connection.withTransaction(staff, async tx => {
      const refund = await this.write(tx, authorization, about, refundId, answer, reason);
      await this.ledger.applied(tx, await this.ledger.locked(tx, refund.id), {});
      const current = await this.ledger.locked(tx, authorization.id);
      if (current.disposition === 'stranded') await this.ledger.returned(tx, current);
    });
    return undefined;
  }

  /** In one transaction: an attempt that were only begun would be made at the provider. */
  private write(
    ctx: RequestContext,
    authorization: PaymentAttempt,
    about: Pick<NewAttempt, 'kind' | 'amount'> & Partial<NewAttempt>,
    transactionId: string | null,
    answer: HandlerAnswer,
    reason: string,
  ): Promise<PaymentAttempt> {
    return this.connection.withTransaction(ctx, async tx => {
      const opened = await this.ledger.open(tx, { ...alike(authorization), ...about });
      const note = { kind: 'invalid' as const, code: 'decided_by_staff', message: reason };
      return this.ledger.report(tx, opened, 'decided', {
        status: 'succeeded',
        transactionId,
        answer,
        failure: note,
      });
    });
  }

  private async tell(ctx: RequestContext, attempt: PaymentAttempt): Promise<CorrectionRefused | undefined> {
    const applied = await this.outcomes.apply(ctx, attempt);
    if ('stranded' in applied) return { problem: applied.stranded };
    const refused = 'result' in applied && applied.result instanceof ErrorResult ? applied.result : undefined;
    return refused === undefined ? undefined : { problem: refused.message };
  }
}
