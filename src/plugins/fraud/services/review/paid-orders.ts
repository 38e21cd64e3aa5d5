import { Injectable } from '@nestjs/common';
import { Order, Payment, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { AttemptLedgerService, type PaymentAttempt } from '../../../payments';
import { FraudDecision } from '../../entities/fraud-decision.entity';
import type { HeldPayment } from '../../rules/review';

/** What the queue has to know of an order, as the shop has it now. Reads only. */
@Injectable()
export class PaidOrders {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly ledger: AttemptLedgerService,
  ) {}

  order(ctx: RequestContext, id: ID): Promise<Order | null> {
    return this.connection.getRepository(ctx, Order).findOne({ where: { id }, loadEagerRelations: false });
  }

  /** Its attempts to pay, the oldest first. */
  async authorizations(ctx: RequestContext, orderId: ID): Promise<PaymentAttempt[]> {
    return (await this.ledger.ofOrder(ctx, orderId)).filter(({ kind }) => kind === 'authorize');
  }

  attempt(ctx: RequestContext, id: ID): Promise<PaymentAttempt | null> {
    return this.ledger.find(ctx, id);
  }

  async paymentState(ctx: RequestContext, attempt: PaymentAttempt | null): Promise<string | null> {
    if (attempt?.paymentId == null) return null;
    const payment = await this.connection
      .getRepository(ctx, Payment)
      .findOne({ where: { id: attempt.paymentId } });
    return payment?.state ?? null;
  }

  /** Its payments, with what was given back of them or is being given back. */
  async payments(ctx: RequestContext, orderId: ID): Promise<HeldPayment[]> {
    const payments = await this.connection.getRepository(ctx, Payment).find({
      where: { order: { id: orderId } },
      relations: { refunds: true },
      order: { id: 'ASC' },
    });
    return Promise.all(
      payments.map(async ({ id, state, amount, refunds }) => {
        const given = refunds.reduce(
          (sum, refund) => sum + (refund.state === 'Failed' ? 0 : refund.total),
          0,
        );
        return { id, state, amount, refunded: given + (await this.ledger.refundsUnderWay(ctx, id)) };
      }),
    );
  }

  /** What was decided about an attempt, the last first. */
  decisions(ctx: RequestContext, attemptId: ID): Promise<FraudDecision[]> {
    return this.connection
      .getRepository(ctx, FraudDecision)
      .find({ where: { attemptId }, order: { id: 'DESC' }, take: 2 });
  }
}
