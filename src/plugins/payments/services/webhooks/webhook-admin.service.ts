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
import { PaymentWebhookStateError } from '../../api/webhook-error';
import { PaymentWebhook } from '../../entities/payment-webhook.entity';
import { WebhookInboxService } from './webhook-inbox.service';

/** The inbox for staff. A message belongs to no channel, so that only those of the default channel see it. */
@Injectable()
export class WebhookAdminService {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lists: ListQueryBuilder,
    private readonly inbox: WebhookInboxService,
  ) {}

  /** @throws ForbiddenError outside the default channel */
  async list(
    ctx: RequestContext,
    options: ListQueryOptions<PaymentWebhook> = {},
  ): Promise<PaginatedList<PaymentWebhook>> {
    requireDefaultChannel(ctx);
    // The builder lets its own order win over the caller's, so it must not get one then.
    const sorted = Object.keys(options.sort ?? {}).length > 0;
    const [items, totalItems] = await this.lists
      .build(PaymentWebhook, options, { ctx, ...(sorted ? {} : { orderBy: { id: 'DESC' } }) })
      .getManyAndCount();
    return { items, totalItems };
  }

  /** @throws ForbiddenError outside the default channel; EntityNotFoundError */
  async retry(ctx: RequestContext, id: ID): Promise<PaymentWebhook | PaymentWebhookStateError> {
    requireDefaultChannel(ctx);
    const webhook = await this.connection.getEntityOrThrow(ctx, PaymentWebhook, id);
    const retried = await this.inbox.retry(ctx, webhook);
    const now = await this.connection.getEntityOrThrow(ctx, PaymentWebhook, id);
    return retried ? now : new PaymentWebhookStateError({ state: now.state });
  }
}
