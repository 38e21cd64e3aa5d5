import { Injectable } from '@nestjs/common';
import {
  ListQueryBuilder,
  TransactionalConnection,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
  type RequestContext,
} from '@vendure/core';
import { requireDefaultChannel } from '../../api/default-channel';
import type { PaymentAttempt } from '../../entities/payment-attempt.entity';
import { PaymentDispute } from '../../entities/payment-dispute.entity';
import type { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { disputeOf, mergeDispute } from '../../rules/dispute';

const MOST_OF_AN_ORDER = 100;

/** Keeps what providers tell of disputes. The only writer of its table. */
@Injectable()
export class DisputesService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lists: ListQueryBuilder,
  ) {}

  /** Brings a dispute to what a message says of it; the message may come twice, late and in any order. */
  async take(ctx: RequestContext, webhook: PaymentWebhook, attempt: PaymentAttempt | null): Promise<void> {
    const { provider, transactionId, dispute } = webhook;
    if (dispute === null) return;
    const told = disputeOf(
      { ...dispute, respondBy: dispute.respondBy === null ? null : new Date(dispute.respondBy) },
      webhook.occurredAt ?? webhook.receivedAt,
    );
    const key = { provider, providerDisputeId: dispute.disputeId };
    const links =
      attempt === null
        ? { transactionId }
        : {
            transactionId: transactionId ?? attempt.transactionId,
            orderId: attempt.orderId,
            attemptId: attempt.id,
            paymentId: attempt.paymentId,
          };
    await this.connection.withTransaction(ctx, async tx => {
      const disputes = this.connection.getRepository(tx, PaymentDispute);
      // Whoever comes second waits for the first here, and merges.
      await disputes
        .createQueryBuilder()
        .insert()
        .values({ ...key, ...told, ...links })
        .orIgnore()
        .execute();
      const known = await disputes.findOneOrFail({
        where: key,
        lock: { mode: 'pessimistic_write' },
        loadEagerRelations: false,
      });
      await disputes.save(Object.assign(known, mergeDispute(known, told), links), { reload: false });
    });
  }

  /** The newest first. */
  ofOrder(ctx: RequestContext, orderId: ID): Promise<PaymentDispute[]> {
    return this.connection.getRepository(ctx, PaymentDispute).find({
      where: { orderId },
      relations: { order: true, attempt: true },
      order: { openedAt: 'DESC', id: 'DESC' },
      take: MOST_OF_AN_ORDER,
    });
  }

  /** @throws ForbiddenError outside the default channel */
  async list(
    ctx: RequestContext,
    options: ListQueryOptions<PaymentDispute> = {},
  ): Promise<PaginatedList<PaymentDispute>> {
    requireDefaultChannel(ctx);
    // The builder lets its own order win over the caller's, so it must not get one then.
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    const [items, totalItems] = await this.lists
      .build(PaymentDispute, options, {
        ctx,
        relations: ['order', 'attempt'],
        ...(sorted ? {} : { orderBy: { id: 'DESC' } }),
      })
      .getManyAndCount();
    return { items, totalItems };
  }
}
