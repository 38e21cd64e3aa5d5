import { Injectable } from '@nestjs/common';
import type { ID, RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import { OrderLifecycleService } from '../../../order-state-machine';
import type { PaymentAttempt } from '../../../payments';
import type { FraudCase } from '../../entities/fraud-case.entity';
import { FraudCaseClosed, FraudCaseOpened } from '../../events/case-events';
import { closingOf, holdsMoney, wantsReview, type CaseClosing } from '../../rules/review';
import { UNITS_PER_POINT } from '../../types';
import { CaseStore } from './case-store';
import { LOOK_AT_OPEN_MS } from './constants';
import { PaidOrders } from './paid-orders';
import { Clock } from '../clock';
import { FraudSettingsService } from '../rules/settings.service';

/**
 * Brings the queue to what the shop knows of an order: opens the cases that are missing, and closes those that have
 * nothing left to decide. May run twice, at any time, after any event.
 */
@Injectable()
export class CaseFollower {
  constructor(
    private readonly store: CaseStore,
    private readonly shop: PaidOrders,
    private readonly settings: FraudSettingsService,
    private readonly locks: StockLockService,
    private readonly lifecycle: OrderLifecycleService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** In the caller's transaction. */
  async follow(ctx: RequestContext, orderId: ID): Promise<void> {
    if (!(await this.concerns(ctx, orderId))) return;
    // Whatever changes a payment of the order waits, and so does its way to the warehouse.
    await this.locks.lock(ctx, { orderIds: [orderId] });
    const order = await this.shop.order(ctx, orderId);
    if (order === null) return;
    const known = new Map(
      (await this.store.lockedOfOrder(ctx, orderId)).map(one => [String(one.attemptId), one]),
    );
    for (const attempt of await this.shop.authorizations(ctx, orderId)) {
      const found = known.get(String(attempt.id)) ?? (await this.openFor(ctx, attempt, order.code));
      if (found?.status !== 'open') continue;
      await this.rescore(ctx, found);
      const because = closingOf({
        captured: found.captured,
        attempt,
        paymentState: await this.shop.paymentState(ctx, attempt),
        orderState: order.state,
      });
      if (because !== undefined) await this.close(ctx, found, because);
    }
  }

  /** Whether there may be anything to do: nearly all orders are let go here, without a lock. */
  private async concerns(ctx: RequestContext, orderId: ID): Promise<boolean> {
    if (await this.store.hasOpen(ctx, orderId)) return true;
    for (const attempt of await this.shop.authorizations(ctx, orderId)) {
      const [last] = holdsMoney(attempt) ? await this.shop.decisions(ctx, attempt.id) : [];
      if (wantsReview(attempt, last)) return true;
    }
    return false;
  }

  private async openFor(
    ctx: RequestContext,
    attempt: PaymentAttempt,
    orderCode: string,
  ): Promise<FraudCase | null> {
    const [last] = await this.shop.decisions(ctx, attempt.id);
    if (!wantsReview(attempt, last)) return null;
    // Until the order has taken it, there is nothing to decide about: the event that says so comes.
    const state = await this.shop.paymentState(ctx, attempt);
    if (state !== 'Authorized' && state !== 'Settled') return null;
    const { reviewHours } = await this.settings.load();
    const opened = await this.store.open(ctx, {
      attemptId: attempt.id,
      orderId: attempt.orderId,
      orderCode,
      channelId: attempt.channelId,
      score: last === undefined ? null : last.units / UNITS_PER_POINT,
      recommendation: last?.recommendation ?? null,
      amount: attempt.amount,
      currencyCode: attempt.currency,
      captured: state === 'Settled',
      dueAt: this.clock.date(reviewHours * 3_600_000),
      lookAt: this.clock.date(LOOK_AT_OPEN_MS),
    });
    if (opened !== null)
      await this.outbox.publish(ctx, FraudCaseOpened.of(String(opened.orderId), factsOf(opened)));
    return opened;
  }

  /** Another decision may have come after the case was opened. */
  private async rescore(ctx: RequestContext, one: FraudCase): Promise<void> {
    const [last] = await this.shop.decisions(ctx, one.attemptId);
    if (last === undefined) return;
    const score = last.units / UNITS_PER_POINT;
    if (score === one.score && last.recommendation === one.recommendation) return;
    one.score = score;
    one.recommendation = last.recommendation;
    await this.store.save(ctx, one);
    await this.store.log(ctx, one.id, 'scored', `${score}: ${last.recommendation}`);
  }

  private async close(ctx: RequestContext, one: FraudCase, because: CaseClosing): Promise<void> {
    Object.assign(one, {
      status: 'closed',
      closedBecause: because,
      endedAt: this.clock.date(),
      lookAt: null,
      problem: null,
      problemAt: null,
    });
    this.store.assign(one, null);
    await this.store.save(ctx, one);
    await this.store.log(ctx, one.id, 'closed', because);
    await this.outbox.publish(ctx, FraudCaseClosed.of(String(one.orderId), { ...factsOf(one), because }));
    // It held the order back.
    if (because === 'payment_captured') await this.lifecycle.reconsider(ctx, one.orderId);
  }
}

/** What every event about a case says. */
export function factsOf({ id, orderId, attemptId }: FraudCase) {
  return { caseId: String(id), orderId: String(orderId), attemptId: String(attemptId) };
}
