import { Injectable } from '@nestjs/common';
import { CustomerGroup, TransactionalConnection, type Order, type RequestContext } from '@vendure/core';
import { billingCountry } from '../../rules/authorize-request';
import type { RoutedPaymentInput } from '../../rules/routed-payment-input';
import { RoutingService } from './routing.service';

/** Which provider a payment goes to, and which ones may take it if that one proves to be out of reach. */
@Injectable()
export class PaymentRouter {
  constructor(
    private readonly routing: RoutingService,
    private readonly connection: TransactionalConnection,
  ) {}

  /** @param amount what is to be paid now: a part of the order's total where others have paid the rest */
  async providers(
    ctx: RequestContext,
    order: Order,
    amount: number,
    input: RoutedPaymentInput,
  ): Promise<string[]> {
    const facts = {
      orderId: String(order.id),
      amount,
      currency: order.currencyCode,
      country: billingCountry(order),
      methodType: input.methodType,
      cardBrand: input.cardBrand ?? null,
      customerGroupIds: null,
      channelId: String(ctx.channelId),
    };
    const plan = await this.routing.plan(ctx, facts, () => this.groupsOf(ctx, order));
    return [...plan.providers];
  }

  private async groupsOf(ctx: RequestContext, { customer }: Order): Promise<string[]> {
    if (customer == null) return [];
    const groups = await this.connection
      .getRepository(ctx, CustomerGroup)
      .find({ select: { id: true }, where: { customers: { id: customer.id } } });
    return groups.map(({ id }) => String(id));
  }
}
