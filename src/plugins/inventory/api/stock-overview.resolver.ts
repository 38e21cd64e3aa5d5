import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, Permission, RequestContext } from '@vendure/core';
import { MAX_PAGE } from '../constants';
import { PageOutOfRangeError } from '../errors';
import { pageOf } from '../rules/page';
import { StockOverviewService } from '../services/stock-overview.service';
import type { StockOverviewFilter, StockOverviewRow } from '../types';

/** What staff read of the stock as it is. */
@Resolver()
export class StockOverviewResolver {
  constructor(private readonly overview: StockOverviewService) {}

  @Query()
  @Allow(Permission.ReadCatalog, Permission.ReadProduct)
  stockOverview(
    @Ctx() ctx: RequestContext,
    @Args()
    {
      options,
    }: {
      options?: (Omit<StockOverviewFilter, 'skip' | 'take'> & { skip?: number; take?: number }) | null;
    },
  ): Promise<{ items: StockOverviewRow[]; totalItems: number }> {
    const page = pageOf(options);
    if (page === undefined) throw new PageOutOfRangeError(MAX_PAGE);
    return this.overview.overview(ctx, { ...options, ...page });
  }
}
