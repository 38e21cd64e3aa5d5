import { Args, Mutation, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { RefundOrderInput } from '@vendure/common/lib/generated-types';
import {
  Allow,
  Ctx,
  ErrorResult,
  Permission,
  RequestContext,
  type ID,
  type Order,
  type PaymentState,
} from '@vendure/core';
import type { PaymentAttempt } from '../entities/payment-attempt.entity';
import { AttemptDecisions, type AttemptDecision } from '../services/ledger/attempt-decisions';
import { AttemptLedgerService } from '../services/ledger/attempt-ledger.service';
import { PaymentOperationsService } from '../services/gate/payment-operations.service';

/** Core's mutations, without their transactions: each calls the provider between two of its own. */
@Resolver()
export class PaymentsAdminResolver {
  constructor(
    private readonly operations: PaymentOperationsService,
    private readonly decisions: AttemptDecisions,
  ) {}

  @Mutation()
  @Allow(Permission.UpdateOrder)
  settlePayment(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }) {
    return this.operations.capture(ctx, id);
  }

  @Mutation()
  @Allow(Permission.UpdateOrder)
  capturePayment(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { paymentId: ID; amount: number } },
  ) {
    return this.operations.capture(ctx, input.paymentId, input.amount);
  }

  @Mutation()
  @Allow(Permission.UpdateOrder)
  cancelPayment(@Ctx() ctx: RequestContext, @Args() { id }: { id: ID }) {
    return this.operations.void(ctx, id);
  }

  @Mutation()
  @Allow(Permission.UpdateOrder)
  transitionPaymentToState(
    @Ctx() ctx: RequestContext,
    @Args() { id, state }: { id: ID; state: PaymentState },
  ) {
    return this.operations.transition(ctx, id, state);
  }

  @Mutation()
  @Allow(Permission.UpdateOrder)
  refundOrder(@Ctx() ctx: RequestContext, @Args() { input }: { input: RefundOrderInput }) {
    return this.operations.refund(ctx, input);
  }

  @Mutation()
  @Allow(Permission.UpdateOrder)
  decidePaymentAttempt(@Ctx() ctx: RequestContext, @Args() { input }: { input: AttemptDecision }) {
    return this.decisions.decide(ctx, input);
  }
}

@Resolver('DecidePaymentAttemptResult')
export class DecidePaymentAttemptResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'PaymentAttempt';
  }
}

@Resolver('CapturePaymentResult')
export class CapturePaymentResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'Payment';
  }
}

@Resolver('Order')
export class OrderAttemptsResolver {
  constructor(private readonly ledger: AttemptLedgerService) {}

  @ResolveField()
  paymentAttempts(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<PaymentAttempt[]> {
    return this.ledger.ofOrder(ctx, order.id);
  }
}

@Resolver('PaymentAttempt')
export class PaymentAttemptResolver {
  constructor(private readonly ledger: AttemptLedgerService) {}

  @ResolveField()
  currencyCode(@Parent() { currency }: PaymentAttempt): string {
    return currency;
  }

  @ResolveField()
  entries(@Ctx() ctx: RequestContext, @Parent() { id }: PaymentAttempt) {
    return this.ledger.entries(ctx, [id]);
  }
}
