import { Args, Query, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, Permission, RequestContext, type ID } from '@vendure/core';
import { MAX_PAGE, MAX_RECOUNT } from '../constants';
import { PageOutOfRangeError, TooManyError } from '../errors';
import { pageOf } from '../rules/page';
import { StockLedgerService } from '../services/stock-ledger.service';
import type { LedgerFilter, RecountRow, StockLedgerPage } from '../types';

/** What staff read of the stock's past. */
@Resolver()
export class StockLedgerResolver {
  constructor(private readonly ledger: StockLedgerService) {}

  @Query()
  @Allow(Permission.ReadCatalog, Permission.ReadProduct)
  stockLedger(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: (Omit<LedgerFilter, 'take'> & { take?: number | null }) | null },
  ): Promise<StockLedgerPage> {
    const page = pageOf({ take: options?.take });
    if (page === undefined) throw new PageOutOfRangeError(MAX_PAGE);
    return this.ledger.entries(ctx, { ...options, take: page.take });
  }

  @Query()
  @Allow(Permission.ReadCatalog, Permission.ReadProduct)
  stockRecount(
    @Ctx() ctx: RequestContext,
    @Args() { productVariantIds }: { productVariantIds: ID[] },
  ): Promise<RecountRow[]> {
    if (productVariantIds.length > MAX_RECOUNT) throw new TooManyError(MAX_RECOUNT);
    return this.ledger.recount(ctx, productVariantIds);
  }
}
