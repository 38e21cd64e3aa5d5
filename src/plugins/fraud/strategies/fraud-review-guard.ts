import type { Injector, RequestContext } from '@vendure/core';
import type { GuardedTransition, Refusal, TransitionGuard } from '../../order-state-machine';
import { ReviewHolds } from '../services/review/review-holds';

/** Keeps orders from being prepared as long as somebody has to look at their payment. */
export class FraudReviewGuard implements TransitionGuard {
  readonly name = 'fraud-review';
  readonly triggers = ['start_fulfillment'];
  private holds: ReviewHolds | undefined;

  init(injector: Injector): void {
    this.holds = injector.get(ReviewHolds);
  }

  async check(ctx: RequestContext, { order }: GuardedTransition): Promise<Refusal | undefined> {
    if ((await this.holds?.holds(ctx, order.id)) !== true) return undefined;
    return { code: 'fraud_review', reason: 'A payment of the order is under review for fraud.' };
  }
}
