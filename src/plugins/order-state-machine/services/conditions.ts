import { Injectable } from '@nestjs/common';
import { OrderService, type Order, type RequestContext } from '@vendure/core';
import { PickListService } from '../../inventory';
import { balanceOfPayments } from '../rules/payment-balance';
import type { Refusal } from '../types';

export type Condition = (ctx: RequestContext, order: Order) => Promise<Refusal | undefined>;

/** What the table's conditions mean. Each gives the reason why it does not hold, in words for staff. */
@Injectable()
export class Conditions {
  private readonly byCode: Readonly<Record<string, Condition>> = {
    payment_confirmed: (ctx, order) => this.paymentConfirmed(ctx, order),
    all_items_available: (ctx, order) => this.allItemsAvailable(ctx, order),
    fully_refunded: (ctx, order) => this.fullyRefunded(ctx, order),
  };

  constructor(
    private readonly orders: OrderService,
    private readonly pickLists: PickListService,
  ) {}

  get codes(): string[] {
    return Object.keys(this.byCode);
  }

  /** The first of these that does not hold. */
  async firstUnmet(
    ctx: RequestContext,
    order: Order,
    codes: readonly string[],
  ): Promise<Refusal | undefined> {
    for (const code of codes) {
      const condition = this.byCode[code];
      if (condition === undefined) throw new Error(`No condition is called "${code}".`);
      const refusal = await condition(ctx, order);
      if (refusal !== undefined) return refusal;
    }
    return undefined;
  }

  private async paymentConfirmed(ctx: RequestContext, order: Order): Promise<Refusal | undefined> {
    const { settled, taken } = balanceOfPayments(await this.paymentsOf(ctx, order));
    const code = 'payment_confirmed';
    // What the shop gave back out of goodwill has been paid all the same.
    if (taken >= order.totalWithTax) {
      if (settled > 0 || order.totalWithTax === 0) return undefined;
      return { code, reason: 'All that was paid has been refunded.' };
    }
    const missing = order.totalWithTax - taken;
    return {
      code,
      reason: `${missing} of ${order.totalWithTax} (${order.currencyCode}, minor units) is not paid yet.`,
    };
  }

  private async allItemsAvailable(ctx: RequestContext, order: Order): Promise<Refusal | undefined> {
    const missing = await this.pickLists.missing(ctx, order.id);
    if (missing.length === 0) return undefined;
    const items = missing.map(({ name, quantity }) => `${quantity} × ${name}`).join(', ');
    return { code: 'all_items_available', reason: `Not allocated to any location yet: ${items}.` };
  }

  private async fullyRefunded(ctx: RequestContext, order: Order): Promise<Refusal | undefined> {
    const { settled, authorized, taken } = balanceOfPayments(await this.paymentsOf(ctx, order));
    const code = 'fully_refunded';
    if (taken === 0) return { code, reason: 'Nothing was paid, so there is nothing to refund.' };
    if (authorized > 0) return { code, reason: 'A payment is still authorized: cancel it first.' };
    if (settled <= 0) return undefined;
    return {
      code,
      reason: `${settled} (${order.currencyCode}, minor units) of the payments is not refunded yet: refund it first.`,
    };
  }

  /** Core has loaded them, with their refunds, for its own transitions. */
  private async paymentsOf(ctx: RequestContext, order: Order) {
    const loaded = order.payments as Order['payments'] | undefined;
    return loaded ?? this.orders.getOrderPayments(ctx, order.id);
  }
}
