import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  type ID,
  Permission,
  PluginCommonModule,
  RequestContext,
  Transaction,
  VendurePlugin,
} from '@vendure/core';
import gql from 'graphql-tag';
import { InventoryPlugin, PickListService, type PickListView } from '../../../src/plugins/inventory';

/** What a test calls of the plugin's services that no API of its own reaches. */
@Resolver()
export class InventoryProbeResolver {
  constructor(private readonly pickLists: PickListService) {}

  @Query()
  @Allow(Permission.SuperAdmin)
  async probeMissing(@Ctx() ctx: RequestContext, @Args() { orderId }: { orderId: ID }): Promise<string[]> {
    const missing = await this.pickLists.missing(ctx, orderId);
    return missing.map(({ orderLineId, quantity }) => `${orderLineId}: ${quantity}`);
  }

  @Mutation()
  @Transaction()
  @Allow(Permission.SuperAdmin)
  probeAllocate(@Ctx() ctx: RequestContext, @Args() { orderId }: { orderId: ID }): Promise<PickListView[]> {
    return this.pickLists.allocate(ctx, orderId);
  }

  @Mutation()
  @Transaction()
  @Allow(Permission.SuperAdmin)
  async probeMarkPicked(@Ctx() ctx: RequestContext, @Args() { orderId }: { orderId: ID }): Promise<boolean> {
    await this.pickLists.markPicked(ctx, orderId);
    return true;
  }

  @Mutation()
  @Transaction()
  @Allow(Permission.SuperAdmin)
  async probeCancelPicks(@Ctx() ctx: RequestContext, @Args() { orderId }: { orderId: ID }): Promise<boolean> {
    await this.pickLists.cancel(ctx, orderId);
    return true;
  }
}

/** Opens the inventory's services to tests. */
@VendurePlugin({
  imports: [PluginCommonModule, InventoryPlugin],
  adminApiExtensions: {
    schema: gql`
      extend type Query {
        probeMissing(orderId: ID!): [String!]!
      }
      extend type Mutation {
        probeAllocate(orderId: ID!): [PickList!]!
        probeMarkPicked(orderId: ID!): Boolean!
        probeCancelPicks(orderId: ID!): Boolean!
      }
    `,
    resolvers: [InventoryProbeResolver],
  },
})
export class InventoryProbePlugin {}
