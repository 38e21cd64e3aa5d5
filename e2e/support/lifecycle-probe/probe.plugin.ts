import { Args, Mutation, Resolver } from '@nestjs/graphql';
import {
  Allow,
  Ctx,
  Permission,
  PluginCommonModule,
  RequestContext,
  Transaction,
  TransactionalConnection,
  VendurePlugin,
  type ID,
  type Injector,
  type VendureConfig,
} from '@vendure/core';
import gql from 'graphql-tag';
import {
  OrderLifecycleService,
  OrderStateMachinePlugin,
  type GuardedTransition,
  type Refusal,
  type TransitionGuard,
} from '../../../src/plugins/order-state-machine';

/** Holds back orders of customers whose first name is Held, until a test clears them. */
class ProbeGuard implements TransitionGuard {
  readonly name = 'probe';
  readonly triggers = ['start_fulfillment'];
  private connection!: TransactionalConnection;

  init(injector: Injector): void {
    this.connection = injector.get(TransactionalConnection);
  }

  async check(ctx: RequestContext, { order }: GuardedTransition): Promise<Refusal | undefined> {
    const rows: unknown[] = await this.connection.rawConnection.query(
      `SELECT 1 FROM "order" o JOIN customer c ON c.id = o."customerId" WHERE o.id = $1 AND c."firstName" = 'Held'`,
      [order.id],
    );
    return rows.length === 0 ? undefined : { code: 'probe_review', reason: 'The probe looks at it.' };
  }
}

@Resolver()
export class LifecycleProbeResolver {
  constructor(
    private readonly connection: TransactionalConnection,
    private readonly lifecycle: OrderLifecycleService,
  ) {}

  /** Lets an order go that the guard holds back. */
  @Mutation()
  @Transaction()
  @Allow(Permission.SuperAdmin)
  async probeClear(@Ctx() ctx: RequestContext, @Args() { orderId }: { orderId: ID }): Promise<boolean> {
    await this.connection.rawConnection.query(
      `UPDATE customer SET "firstName" = 'Cleared' WHERE id = (SELECT "customerId" FROM "order" WHERE id = $1)`,
      [orderId],
    );
    await this.lifecycle.reconsider(ctx, orderId);
    return true;
  }
}

@VendurePlugin({
  imports: [PluginCommonModule, OrderStateMachinePlugin],
  adminApiExtensions: {
    schema: gql`
      extend type Mutation {
        probeClear(orderId: ID!): Boolean!
      }
    `,
    resolvers: [LifecycleProbeResolver],
  },
  compatibility: '^3.7.0',
})
export class LifecycleProbePlugin {}

/** The shop with the guard in it. */
export function withLifecycleProbe(config: VendureConfig): VendureConfig {
  OrderStateMachinePlugin.options = { ...OrderStateMachinePlugin.options, guards: [new ProbeGuard()] };
  return { ...config, plugins: [...(config.plugins ?? []), LifecycleProbePlugin] };
}
