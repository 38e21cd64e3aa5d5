import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  ErrorResult,
  RequestContext,
  type Administrator,
  type ID,
  type ListQueryOptions,
  type Order,
  type PaginatedList,
} from '@vendure/core';
import { reconciliationPermission } from '../constants';
import type { PaymentDifference } from '../entities/payment-difference.entity';
import type { PaymentDispute } from '../entities/payment-dispute.entity';
import type { PaymentReconciliationRun } from '../entities/payment-reconciliation-run.entity';
import type { DifferenceAction } from '../rules/reconcile';
import {
  DailyReportService,
  type DailyReport,
  type ReportInput,
} from '../services/reconciliation/daily-report.service';
import {
  DifferenceResolutionService,
  type ResolveDifferenceInput,
} from '../services/reconciliation/difference-resolution.service';
import { DisputesService } from '../services/reconciliation/disputes.service';
import { ReconciliationQueries } from '../services/reconciliation/reconciliation-queries';
import { ReconciliationQueue } from '../services/reconciliation/reconciliation-queue';
import { requireDefaultChannel } from './default-channel';

/** What staff see of the reconciliation, and do about it. Providers are called by it: no transaction is open around. */
@Resolver()
export class ReconciliationResolver {
  constructor(
    private readonly queries: ReconciliationQueries,
    private readonly resolution: DifferenceResolutionService,
    private readonly queue: ReconciliationQueue,
    private readonly disputes: DisputesService,
    private readonly reports: DailyReportService,
  ) {}

  @Query()
  @Allow(reconciliationPermission.Read)
  paymentDifferences(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: ListQueryOptions<PaymentDifference> },
  ): Promise<PaginatedList<PaymentDifference>> {
    return this.queries.differences(ctx, options);
  }

  @Query()
  @Allow(reconciliationPermission.Read)
  paymentDifference(
    @Ctx() ctx: RequestContext,
    @Args() { id }: { id: ID },
  ): Promise<PaymentDifference | null> {
    return this.queries.difference(ctx, id);
  }

  @Query()
  @Allow(reconciliationPermission.Read)
  paymentReconciliationRuns(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: ListQueryOptions<PaymentReconciliationRun> },
  ): Promise<PaginatedList<PaymentReconciliationRun>> {
    return this.queries.runs(ctx, options);
  }

  @Query()
  @Allow(reconciliationPermission.Read)
  paymentDisputes(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: ListQueryOptions<PaymentDispute> },
  ): Promise<PaginatedList<PaymentDispute>> {
    return this.disputes.list(ctx, options);
  }

  @Query()
  @Allow(reconciliationPermission.Read)
  paymentDailyReport(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: ReportInput },
  ): Promise<DailyReport> {
    return this.reports.report(ctx, input);
  }

  @Mutation()
  @Allow(reconciliationPermission.Update)
  resolvePaymentDifference(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: ResolveDifferenceInput },
  ): Promise<PaymentDifference | ErrorResult> {
    return this.resolution.resolve(ctx, input);
  }

  @Mutation()
  @Allow(reconciliationPermission.Update)
  reconcilePayments(@Ctx() ctx: RequestContext): Promise<PaymentReconciliationRun> {
    requireDefaultChannel(ctx);
    return this.queue.start(ctx);
  }
}

@Resolver('PaymentDifference')
export class PaymentDifferenceResolver {
  constructor(private readonly queries: ReconciliationQueries) {}

  @ResolveField()
  actions(@Parent() { status, possible }: PaymentDifference): readonly DifferenceAction[] {
    return status === 'open' ? possible : [];
  }

  @ResolveField()
  resolvedBy(
    @Ctx() ctx: RequestContext,
    @Parent() difference: PaymentDifference,
  ): Promise<Administrator | undefined> {
    return this.queries.resolvedBy(ctx, difference);
  }
}

@Resolver('ResolvePaymentDifferenceResult')
export class ResolvePaymentDifferenceResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'PaymentDifference';
  }
}

@Resolver('Order')
export class OrderDisputesResolver {
  constructor(private readonly disputes: DisputesService) {}

  @ResolveField()
  paymentDisputes(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<PaymentDispute[]> {
    return this.disputes.ofOrder(ctx, order.id);
  }
}
