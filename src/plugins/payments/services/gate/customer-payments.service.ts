import { Injectable } from '@nestjs/common';
import { Payment, TransactionalConnection, type ID, type RequestContext } from '@vendure/core';
import { refundedOf } from '../../rules/coverage';

const DEFAULT_TAKE = 20;
const MOST = 100;

export interface CustomerPayment {
  readonly id: ID;
  readonly createdAt: Date;
  readonly orderCode: string;
  readonly amount: number;
  readonly refunded: number;
  readonly currencyCode: string;
  readonly state: string;
  readonly method: string;
}

/** What customers see of their payments. */
@Injectable()
export class CustomerPaymentsService {
  constructor(private readonly connection: TransactionalConnection) {}

  async list(
    ctx: RequestContext,
    customerId: ID,
    { skip, take }: { skip?: number | null; take?: number | null },
  ): Promise<{ items: CustomerPayment[]; totalItems: number }> {
    const [payments, totalItems] = await this.connection.getRepository(ctx, Payment).findAndCount({
      where: { order: { customer: { id: customerId }, channels: { id: ctx.channelId } } },
      relations: { order: true, refunds: true },
      order: { id: 'DESC' },
      skip: Math.max(0, skip ?? 0),
      take: Math.min(MOST, Math.max(1, take ?? DEFAULT_TAKE)),
    });
    const items = payments.map(({ id, createdAt, amount, state, method, order, refunds }) => ({
      id,
      createdAt,
      orderCode: order.code,
      amount,
      refunded: refundedOf(refunds),
      currencyCode: order.currencyCode,
      state,
      method,
    }));
    return { items, totalItems };
  }
}
