import { Args, Mutation, Query, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  type ID,
  Permission,
  PluginCommonModule,
  RequestContext,
  Transaction,
  TransactionalConnection,
  VendurePlugin,
} from '@vendure/core';
import gql from 'graphql-tag';
import {
  type ExpectedStock,
  type ExpectedStockSource,
  InventoryPersonalData,
  InventoryPlugin,
  PickListService,
  type PickListView,
} from '../../../src/plugins/inventory';
import { checkPersonalDataContract } from '../../../src/plugins/privacy';

interface Person {
  customerId: string;
  userId?: string;
}

/** What a test calls of the plugin's services that no API of its own reaches. */
@Resolver()
export class InventoryProbeResolver {
  constructor(
    private readonly pickLists: PickListService,
    private readonly connection: TransactionalConnection,
    private readonly personalData: InventoryPersonalData,
  ) {}

  @Query()
  @Allow(Permission.SuperAdmin)
  probePersonalData(
    @Ctx() ctx: RequestContext,
    @Args() args: { subject: Person; bystander: Person },
  ): Promise<string[]> {
    const person = (given: Person) => ({ ...given, emailAddresses: [] });
    return this.connection.withTransaction(ctx, tx =>
      checkPersonalDataContract(this.personalData, {
        ctx: tx,
        subject: person(args.subject),
        bystander: person(args.bystander),
      }),
    );
  }

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

/** Says of each variant that as many units as its id are on their way, and more at a time that nobody knows. */
export const expectedProbe: ExpectedStockSource = {
  expected: (_ctx, variantIds) =>
    Promise.resolve(
      new Map<ID, ExpectedStock[]>(
        variantIds.map(id => [
          id,
          [
            { quantity: Number(id), at: new Date('2030-01-01T00:00:00Z') },
            { quantity: 1, at: null },
          ],
        ]),
      ),
    ),
};

/** Opens the inventory's services to tests. */
@VendurePlugin({
  imports: [PluginCommonModule, InventoryPlugin],
  adminApiExtensions: {
    schema: gql`
      input ProbePerson {
        customerId: String!
        userId: String
      }
      extend type Query {
        probePersonalData(subject: ProbePerson!, bystander: ProbePerson!): [String!]!
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
