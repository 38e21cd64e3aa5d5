import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DEFAULT_CHANNEL_CODE } from '@vendure/common/lib/shared-constants';
import { Allow, Ctx, ErrorResult, RequestContext, Transaction, type ID } from '@vendure/core';
import { paymentRoutingPermission } from '../constants';
import { PageOutOfRangeError, RoutingChannelError } from '../errors';
import type { PaymentFacts, RoutePlan } from '../rules/routing';
import { ProviderRegistry } from '../services/providers/provider-registry';
import {
  RoutingService,
  type RoutingVersionSummary,
  type RoutingView,
  type SaveRoutingInput,
} from '../services/routing/routing.service';
import type { ProviderCapabilities } from '../types';
import type { PaymentRoutingInvalidError, PaymentRoutingStaleError } from './routing-error-results';

const DEFAULT_VERSIONS = 20;
const MAX_VERSIONS = 100;

interface RouteInput extends Partial<Omit<PaymentFacts, 'orderId' | 'customerGroupIds' | 'channelId'>> {
  orderId?: ID | null;
  customerGroupIds?: ID[] | null;
  channelId?: ID | null;
  rules?: unknown;
}

@Resolver()
export class PaymentRoutingResolver {
  constructor(private readonly routing: RoutingService) {}

  @Query()
  @Allow(paymentRoutingPermission.Read)
  paymentRouting(@Ctx() ctx: RequestContext): Promise<RoutingView> {
    requireDefaultChannel(ctx);
    return this.routing.view(ctx);
  }

  @Query()
  @Allow(paymentRoutingPermission.Read)
  paymentRoutingVersion(
    @Ctx() ctx: RequestContext,
    @Args() { version }: { version: number },
  ): Promise<RoutingView | undefined> {
    requireDefaultChannel(ctx);
    return this.routing.version(ctx, version);
  }

  @Query()
  @Allow(paymentRoutingPermission.Read)
  paymentRoutingVersions(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: { skip?: number | null; take?: number | null } | null },
  ): Promise<{ items: RoutingVersionSummary[]; totalItems: number }> {
    requireDefaultChannel(ctx);
    const skip = options?.skip ?? 0;
    const take = options?.take ?? DEFAULT_VERSIONS;
    if (skip < 0 || take < 1 || take > MAX_VERSIONS) throw new PageOutOfRangeError(MAX_VERSIONS);
    return this.routing.versions(ctx, { skip, take });
  }

  @Query()
  @Allow(paymentRoutingPermission.Read)
  explainPaymentRoute(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: RouteInput },
  ): Promise<RoutePlan | PaymentRoutingInvalidError> {
    requireDefaultChannel(ctx);
    return this.routing.explain(ctx, factsOf(input), input.rules);
  }

  @Transaction()
  @Mutation()
  @Allow(paymentRoutingPermission.Update)
  savePaymentRouting(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: SaveRoutingInput },
  ): Promise<RoutingView | PaymentRoutingInvalidError | PaymentRoutingStaleError> {
    requireDefaultChannel(ctx);
    return this.routing.saveTable(ctx, input);
  }
}

@Resolver('PaymentRouting')
export class PaymentRoutingEntityResolver {
  constructor(private readonly registry: ProviderRegistry) {}

  @ResolveField()
  providers(): ({ code: string; isDefault: boolean } & ProviderCapabilities)[] {
    const first = this.registry.default()?.code;
    return this.registry.codes().flatMap(code => {
      const provider = this.registry.find(code);
      return provider === undefined ? [] : [{ code, isDefault: code === first, ...provider.capabilities }];
    });
  }
}

@Resolver('SavePaymentRoutingResult')
export class SavePaymentRoutingResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'PaymentRouting';
  }
}

@Resolver('ExplainPaymentRouteResult')
export class ExplainPaymentRouteResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'PaymentRoute';
  }
}

/** Staff of one channel must not decide about the payments of another. */
function requireDefaultChannel({ channel }: RequestContext): void {
  if (channel.code !== DEFAULT_CHANNEL_CODE) throw new RoutingChannelError();
}

function factsOf(input: RouteInput): PaymentFacts {
  const textOf = (id: ID | null | undefined) => (id === null || id === undefined ? null : String(id));
  return {
    orderId: textOf(input.orderId),
    amount: input.amount ?? null,
    currency: input.currency?.trim().toUpperCase() || null,
    country: input.country?.trim().toUpperCase() || null,
    methodType: input.methodType ?? null,
    cardBrand: input.cardBrand?.trim().toLowerCase() || null,
    customerGroupIds: input.customerGroupIds?.map(String) ?? null,
    channelId: textOf(input.channelId),
  };
}
