import { Injectable } from '@nestjs/common';
import { isGraphQlErrorResult, type RequestContext } from '@vendure/core';
import { OutboxService } from '../../../domain-events';
import { StockLockService } from '../../../inventory';
import { OrderLifecycleService, statusOf } from '../../../order-state-machine';
import type { FraudCase } from '../../entities/fraud-case.entity';
import { FraudCaseDecided } from '../../events/case-events';
import { factsOf } from './case-follower';
import { CaseStore } from './case-store';
import { PaidOrders } from './paid-orders';
import { Clock } from '../clock';

/** The reason that the shopper may see with the cancellation and the refund: nothing of the review. */
export const CANCELLED = 'Cancelled by the shop';

/** The goods have left: a cancellation would put units into stock that are not there. */
const SENT: readonly string[] = ['shipped', 'delivered'];
const OVER: readonly string[] = ['cancelled', 'refunded', 'returned'];

/** The last transaction of a decision, once the money is where it belongs. */
@Injectable()
export class CaseEndings {
  constructor(
    private readonly store: CaseStore,
    private readonly shop: PaidOrders,
    private readonly locks: StockLockService,
    private readonly lifecycle: OrderLifecycleService,
    private readonly outbox: OutboxService,
    private readonly clock: Clock,
  ) {}

  /** @returns why it cannot end yet */
  async end(
    ctx: RequestContext,
    { id, orderId }: FraudCase,
  ): Promise<{ problem: string; again: true } | undefined> {
    await this.locks.lock(ctx, { orderIds: [orderId], stockOfOrders: true, cancels: 'all' });
    const one = await this.store.locked(ctx, id);
    if (one.status !== 'deciding') return undefined;
    const approved = one.verdict === 'approve';
    const cancelled = approved ? { text: null } : await this.cancel(ctx, one);
    if ('problem' in cancelled) return { ...cancelled, again: true };
    const userId = one.decidedById === null ? '' : String(one.decidedById);
    Object.assign(one, {
      status: approved ? 'approved' : 'rejected',
      endedAt: this.clock.date(),
      problem: null,
      problemAt: null,
      lookAt: null,
    });
    this.store.assign(one, null);
    await this.store.save(ctx, one);
    await this.store.log(ctx, id, approved ? 'approved' : 'rejected', cancelled.text);
    await this.outbox.publish(
      ctx,
      FraudCaseDecided.of(String(orderId), { ...factsOf(one), fraud: !approved, userId }),
    );
    // It was held back; a capture tells by itself that the order is paid.
    if (approved && one.captured) await this.lifecycle.reconsider(ctx, orderId);
    return undefined;
  }

  private async cancel(
    ctx: RequestContext,
    { orderId, decidedById }: FraudCase,
  ): Promise<{ text: string | null } | { problem: string }> {
    const order = await this.shop.order(ctx, orderId);
    if (order === null || OVER.includes(statusOf(order))) return { text: null };
    if (SENT.includes(statusOf(order))) return { text: 'The order was sent already: it is not cancelled.' };
    const result = await this.lifecycle.trigger(ctx, orderId, {
      trigger: 'cancel',
      note: CANCELLED,
      actor: { kind: 'staff', userId: decidedById },
    });
    return isGraphQlErrorResult(result) ? { problem: whyNot(result) } : { text: null };
  }
}

function whyNot(error: { message: string; reason?: string }): string {
  return error.reason ?? error.message;
}
