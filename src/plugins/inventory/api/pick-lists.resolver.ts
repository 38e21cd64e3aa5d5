import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { Allow, Ctx, Order, Permission, RequestContext, type ID } from '@vendure/core';
import { MAX_PAGE } from '../constants';
import { PageOutOfRangeError } from '../errors';
import { pageOf } from '../rules/page';
import type { PickListState } from '../rules/states';
import { PickListService } from '../services/pick-list.service';
import type { PickListView } from '../types';

interface PickListsOptions {
  stockLocationId?: ID | null;
  state?: PickListState | null;
  skip?: number | null;
  take?: number | null;
}

/** What warehouses see of the orders. */
@Resolver()
export class PickListsResolver {
  constructor(private readonly pickListService: PickListService) {}

  @Query()
  @Allow(Permission.ReadOrder)
  pickLists(
    @Ctx() ctx: RequestContext,
    @Args() { options }: { options?: PickListsOptions | null },
  ): Promise<{ items: PickListView[]; totalItems: number }> {
    const page = pageOf(options);
    if (page === undefined) throw new PageOutOfRangeError(MAX_PAGE);
    const { stockLocationId, state } = options ?? {};
    return this.pickListService.list(ctx, { stockLocationId, state: state ?? 'open', ...page });
  }
}

@Resolver('Order')
export class OrderPickListsResolver {
  constructor(private readonly pickListService: PickListService) {}

  @ResolveField()
  pickLists(@Ctx() ctx: RequestContext, @Parent() order: Order): Promise<PickListView[]> {
    return this.pickListService.ofOrder(ctx, order.id);
  }
}
