import { Args, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, ErrorResult, RequestContext } from '@vendure/core';
import { requireDefaultChannel } from '../../payments';
import type { FraudDriftReport } from '../entities/fraud-drift-report.entity';
import { DriftService } from '../services/drift/drift.service';
import { modelsPermission } from '../services/models/permission';
import type { FraudDriftRangeError } from './models-errors';

/** Drift reports, for staff. They concern all channels. */
@Resolver()
export class FraudDriftResolver {
  constructor(private readonly drift: DriftService) {}

  @Query()
  @Allow(modelsPermission.Read)
  fraudDriftReports(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: { from: string; to: string } },
  ): Promise<{ items: FraudDriftReport[] } | FraudDriftRangeError> {
    requireDefaultChannel(ctx);
    return this.drift.range(ctx, input);
  }

  @Query()
  @Allow(modelsPermission.Read)
  fraudDriftReport(@Ctx() ctx: RequestContext): Promise<FraudDriftReport | null> {
    requireDefaultChannel(ctx);
    return this.drift.newest(ctx);
  }

  /** Without a transaction: it reads for a while, and writes at the end. */
  @Mutation()
  @Allow(modelsPermission.Update)
  makeFraudDriftReport(@Ctx() ctx: RequestContext): Promise<FraudDriftReport> {
    requireDefaultChannel(ctx);
    return this.drift.make(ctx);
  }
}

@Resolver('FraudDriftReport')
export class FraudDriftReportResolver {
  @ResolveField()
  approvalRate(@Parent() { rates }: FraudDriftReport): number | null {
    return rates.approval;
  }

  @ResolveField()
  reviewRate(@Parent() { rates }: FraudDriftReport): number | null {
    return rates.review;
  }

  @ResolveField()
  declineRate(@Parent() { rates }: FraudDriftReport): number | null {
    return rates.decline;
  }

  @ResolveField()
  referenceApprovalRate(@Parent() { referenceRates }: FraudDriftReport): number | null {
    return referenceRates.approval;
  }

  @ResolveField()
  referenceReviewRate(@Parent() { referenceRates }: FraudDriftReport): number | null {
    return referenceRates.review;
  }

  @ResolveField()
  referenceDeclineRate(@Parent() { referenceRates }: FraudDriftReport): number | null {
    return referenceRates.decline;
  }
}

@Resolver('FraudDriftReportsResult')
export class FraudDriftReportsResultResolver {
  @ResolveField()
  __resolveType(value: object): string {
    return value instanceof ErrorResult ? value.__typename : 'FraudDriftReports';
  }
}
