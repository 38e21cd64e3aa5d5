import { Injectable } from '@nestjs/common';
import { TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { In } from 'typeorm';
import { FraudCase } from '../../entities/fraud-case.entity';
import { holdsMoney, wantsReview } from '../../rules/review';
import { PaidOrders } from './paid-orders';

/** Which orders wait for a review. */
@Injectable()
export class ReviewHolds {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly shop: PaidOrders,
  ) {}

  /** Whether a payment of the order is to be looked at, also where its case is not opened yet. */
  async holds(ctx: RequestContext, orderId: ID): Promise<boolean> {
    const attempts = await this.shop.authorizations(ctx, orderId);
    const cases = await this.connection
      .getRepository(ctx, FraudCase)
      .find({ where: { attemptId: In(attempts.map(({ id }) => id)) } });
    const byAttempt = new Map(cases.map(one => [String(one.attemptId), one]));
    for (const attempt of attempts) {
      const one = byAttempt.get(String(attempt.id));
      if (one === undefined) {
        const [last] = holdsMoney(attempt) ? await this.shop.decisions(ctx, attempt.id) : [];
        if (wantsReview(attempt, last)) return true;
      } else if (one.status === 'open' || (one.status === 'deciding' && one.verdict === 'reject')) {
        return true;
      }
    }
    return false;
  }
}
