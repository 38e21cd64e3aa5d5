import { Args, Mutation, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, Permission, RequestContext, Transaction } from '@vendure/core';
import { MAX_THRESHOLDS } from '../constants';
import { TooManyError } from '../errors';
import { StockWatchService } from '../services/stock-watch.service';
import type { StockThresholdInput } from '../types';

@Resolver()
export class StockThresholdsResolver {
  constructor(private readonly watch: StockWatchService) {}

  @Transaction()
  @Mutation()
  @Allow(Permission.UpdateCatalog, Permission.UpdateProduct)
  async setStockThresholds(
    @Ctx() ctx: RequestContext,
    @Args() { input }: { input: StockThresholdInput[] },
  ): Promise<boolean> {
    if (input.length > MAX_THRESHOLDS) throw new TooManyError(MAX_THRESHOLDS);
    await this.watch.setThresholds(ctx, input);
    return true;
  }
}
