import { ResolveField, Resolver } from '@nestjs/graphql';
import { ErrorResult } from '@vendure/core';

function typeOf(value: object, otherwise: string): string {
  return value instanceof ErrorResult ? value.__typename : otherwise;
}

@Resolver('TriggerOrderTransitionResult')
export class TriggerOrderTransitionResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value, 'Order');
  }
}

@Resolver('OrderEffectResult')
export class OrderEffectResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return typeOf(value, 'OrderEffect');
  }
}
