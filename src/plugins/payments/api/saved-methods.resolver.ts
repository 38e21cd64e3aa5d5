import { Args, Mutation, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, Permission, RequestContext, type ID } from '@vendure/core';
import { ErrorResult } from '@vendure/core/dist/common/error/generated-graphql-shop-errors';
import type { SavedPaymentMethod } from '../entities/saved-payment-method.entity';
import { SavedMethodService } from '../services/saved-methods/saved-method.service';

/** Without `@Transaction`: the provider is called between two transactions of the service's own. */
@Resolver()
export class SavedMethodsResolver {
  constructor(private readonly methods: SavedMethodService) {}

  @Query()
  @Allow(Permission.Authenticated)
  savedPaymentMethods(@Ctx() ctx: RequestContext): Promise<SavedPaymentMethod[]> {
    return this.methods.list(ctx);
  }

  @Mutation()
  @Allow(Permission.Authenticated)
  addSavedPaymentMethod(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { provider?: string | null; token: string } },
  ): Promise<SavedPaymentMethod | ErrorResult> {
    return this.methods.add(ctx, input.provider ?? undefined, input.token);
  }

  @Mutation()
  @Allow(Permission.Authenticated)
  removeSavedPaymentMethod(
    @Ctx() ctx: RequestContext,
    @Args() { id }: { id: ID },
  ): Promise<{ success: boolean } | ErrorResult> {
    return this.methods.remove(ctx, id);
  }

  @Mutation()
  @Allow(Permission.Authenticated)
  setDefaultPaymentMethod(
    @Ctx() ctx: RequestContext,
    @Args() { id }: { id: ID },
  ): Promise<SavedPaymentMethod | ErrorResult> {
    return this.methods.setDefault(ctx, id);
  }
}

function typeOf(value: object, otherwise: string): string {
  return value instanceof ErrorResult ? value.__typename : otherwise;
}

@Resolver('AddSavedPaymentMethodResult')
export class AddSavedPaymentMethodResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value, 'SavedPaymentMethod');
  }
}

@Resolver('RemoveSavedPaymentMethodResult')
export class RemoveSavedPaymentMethodResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value, 'Success');
  }
}

@Resolver('SetDefaultPaymentMethodResult')
export class SetDefaultPaymentMethodResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value, 'SavedPaymentMethod');
  }
}
