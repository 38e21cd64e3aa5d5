import { Injectable } from '@nestjs/common';
import {
  assertFound,
  EntityNotFoundError,
  OrderService,
  type ErrorResult,
  type ID,
  type RequestContext,
} from '@vendure/core';
import { PaymentAttemptDecidedError } from '../../api/error-results';
import type { HandlerAnswer, PaymentAttempt } from '../../entities/payment-attempt.entity';
import { AttemptLedgerService } from './attempt-ledger.service';
import { OutcomeService } from '../gate/outcome.service';
import { ProviderRegistry } from '../providers/provider-registry';

export interface AttemptDecision {
  readonly id: ID;
  readonly moved: boolean;
  readonly transactionId?: string | null;
  readonly reason: string;
}

/** What staff say of attempts that nobody else can find out about: those of handlers that cannot be asked. */
@Injectable()
export class AttemptDecisions {
  constructor(
    private readonly orders: OrderService,
    private readonly ledger: AttemptLedgerService,
    private readonly outcomes: OutcomeService,
    private readonly registry: ProviderRegistry,
  ) {}

  async decide(
    ctx: RequestContext,
    { id, moved, transactionId, reason }: AttemptDecision,
  ): Promise<PaymentAttempt | ErrorResult> {
    const attempt = await this.ledger.find(ctx, id);
    // An order of another channel is not found.
    if (attempt === null || (await this.orders.findOne(ctx, attempt.orderId, [])) === undefined) {
      throw new EntityNotFoundError('PaymentAttempt', id);
    }
    const open = attempt.status === 'unknown' || attempt.status === 'open';
    if (!open || this.registry.find(attempt.provider) !== undefined) {
      return new PaymentAttemptDecidedError(attempt.status);
    }
    const note = { kind: 'invalid' as const, code: 'decided_by_staff', message: reason };
    const decided = await this.ledger.report(
      ctx,
      attempt,
      'decided',
      moved
        ? {
            status: 'succeeded',
            transactionId: transactionId ?? null,
            failure: note,
            answer: answerOf(attempt, transactionId ?? null),
          }
        : { status: 'failed', failure: note },
    );
    if (decided.answer !== null) await this.outcomes.apply(ctx, decided);
    return assertFound(this.ledger.find(ctx, id).then(found => found ?? undefined));
  }
}

/** What the handler would have answered. */
function answerOf({ kind, amount }: PaymentAttempt, transactionId: string | null): HandlerAnswer {
  if (kind === 'authorize') {
    return { amount, state: 'Settled', transactionId: transactionId ?? undefined, metadata: {} };
  }
  if (kind === 'refund') return { state: 'Settled', transactionId: transactionId ?? undefined, metadata: {} };
  return { success: true };
}
