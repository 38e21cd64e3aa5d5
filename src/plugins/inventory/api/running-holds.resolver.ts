import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, Permission, RequestContext } from '@vendure/core';
import { MAX_PAGE } from '../constants';
import { PageOutOfRangeError } from '../errors';
import { pageOf } from '../rules/page';
import { RunningHoldsService } from '../services/running-holds.service';
import type { RunningHold, RunningHoldsFilter } from '../types';

/** What staff read of the checkouts that keep stock. */
@Resolver()
export class RunningHoldsResolver {
  constructor(private readonly holds: RunningHoldsService) {}

  @Query()
  @Allow(Permission.ReadCatalog, Permission.ReadProduct)
  runningStockHolds(
    @Ctx() ctx: RequestContext,
    @Args()
    {
      options,
    }: {
      options?: (Omit<RunningHoldsFilter, 'skip' | 'take'> & { skip?: number; take?: number }) | null;
    },
  ): Promise<{ items: RunningHold[]; totalItems: number }> {
    const page = pageOf(options);
    if (page === undefined) throw new PageOutOfRangeError(MAX_PAGE);
    return this.holds.list(ctx, { ...options, ...page });
  }
}
