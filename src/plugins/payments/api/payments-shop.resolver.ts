import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ACTIVE_ORDER_INPUT_FIELD_NAME,
  Allow,
  Ctx,
  type Customer,
  NoActiveOrderError,
  Permission,
  RequestContext,
} from '@vendure/core';
import { CustomerPaymentsService } from '../services/gate/customer-payments.service';
import { PaymentErrorResult } from './error-results';
import { forShop } from './for-shop';
import { PaymentGateService, type PaymentInput } from '../services/gate/payment-gate.service';

interface PaymentArgs {
  input: PaymentInput;
  [ACTIVE_ORDER_INPUT_FIELD_NAME]?: Record<string, unknown>;
}

interface InitiateArgs {
  input: { method: string } & Record<string, unknown>;
  [ACTIVE_ORDER_INPUT_FIELD_NAME]?: Record<string, unknown>;
}

/** Core's mutation, without its transaction: the gate has its own ones, and calls the provider between them. */
@Resolver()
export class PaymentsShopResolver {
  constructor(private readonly gate: PaymentGateService) {}

  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async addPaymentToOrder(@Ctx() ctx: RequestContext, @Args() args: PaymentArgs) {
    if (!ctx.authorizedAsOwnerOnly) return new NoActiveOrderError();
    return answer(await this.gate.pay(ctx, args[ACTIVE_ORDER_INPUT_FIELD_NAME], args.input));
  }

  @Mutation()
  @Allow(Permission.UpdateOrder, Permission.Owner)
  async initiatePayment(@Ctx() ctx: RequestContext, @Args() args: InitiateArgs) {
    if (!ctx.authorizedAsOwnerOnly) return new NoActiveOrderError();
    const { method, ...metadata } = args.input;
    return answer(
      await this.gate.initiate(ctx, args[ACTIVE_ORDER_INPUT_FIELD_NAME], {
        method,
        metadata: given(metadata),
      }),
    );
  }
}

@Resolver('InitiatePaymentResult')
export class InitiatePaymentResultResolver {
  @ResolveField()
  __resolveType(value: { __typename: string }): string {
    return value.__typename;
  }
}

@Resolver('Customer')
export class CustomerPaymentsResolver {
  constructor(private readonly payments: CustomerPaymentsService) {}

  @ResolveField('payments')
  ofCustomer(
    @Ctx() ctx: RequestContext,
    @Parent() customer: Customer,
    @Args() args: { skip?: number | null; take?: number | null },
  ) {
    return this.payments.list(ctx, customer.id, args);
  }
}

function answer<T extends object>(result: T) {
  return result instanceof PaymentErrorResult ? forShop(result) : result;
}

/** GraphQL gives null for what was set to nothing. */
function given(input: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value != null));
}
