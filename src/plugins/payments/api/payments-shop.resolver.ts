import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  ACTIVE_ORDER_INPUT_FIELD_NAME,
  Allow,
  Ctx,
  NoActiveOrderError,
  Permission,
  RequestContext,
} from '@vendure/core';
import { PaymentGateService, type PaymentInput } from '../services/payment-gate.service';

interface PaymentArgs {
  input: PaymentInput;
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
    return this.gate.pay(ctx, args[ACTIVE_ORDER_INPUT_FIELD_NAME], args.input);
  }
}
