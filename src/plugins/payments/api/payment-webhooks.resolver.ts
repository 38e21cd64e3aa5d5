import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  ErrorResult,
  RequestContext,
  Transaction,
  type ID,
  type ListQueryOptions,
  type PaginatedList,
} from '@vendure/core';
import { webhooksPermission } from '../constants';
import type { PaymentWebhook } from '../entities/payment-webhook.entity';
import { WebhookAdminService } from '../services/webhooks/webhook-admin.service';
import type { PaymentWebhookStateError } from './webhook-error';

/** What staff see of the inbox, and do with it. */
@Resolver()
export class PaymentWebhooksResolver {
  constructor(private readonly webhooks: WebhookAdminService) {}

  @Query()
  @Allow(webhooksPermission.Read)
  paymentWebhooks(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: ListQueryOptions<PaymentWebhook> },
  ): Promise<PaginatedList<PaymentWebhook>> {
    return this.webhooks.list(ctx, options);
  }

  @Mutation()
  @Transaction()
  @Allow(webhooksPermission.Update)
  retryPaymentWebhook(
    @Ctx() ctx: RequestContext,
    @Args() { id }: { id: ID },
  ): Promise<PaymentWebhook | PaymentWebhookStateError> {
    return this.webhooks.retry(ctx, id);
  }
}

@Resolver('RetryPaymentWebhookResult')
export class RetryPaymentWebhookResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'PaymentWebhook';
  }
}
